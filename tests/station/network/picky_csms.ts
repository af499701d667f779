/** A CALL as it came in. */
interface Heard {
  readonly action: string;
  readonly payload: Record<string, unknown>;
}

/** A CSMS over real sockets that chooses the version, and accepts whatever it hears. */
export class PickyCsms implements AsyncDisposable {
  readonly url: string;
  /** On the connection of now. */
  calls: Heard[] = [];
  /** How many connections there were. */
  connects = 0;
  /** What the last station offered. */
  offered = "";
  /** The action that gets no answer. */
  ignored = "";
  #subprotocol: string;
  #socket: WebSocket | null = null;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  #called = 0;
  readonly #waiting = new Set<() => void>();

  constructor(subprotocol: string) {
    this.#subprotocol = subprotocol;
    const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
    this.#server = Deno.serve(options, (request) => this.#welcome(request));
    this.url = `ws://127.0.0.1:${this.#server.addr.port}`;
  }

  /** From now on it chooses this; who is there must come again. */
  speak(subprotocol: string): void {
    this.#subprotocol = subprotocol;
    this.calls = [];
    this.#socket?.close(1001);
    this.#socket = null;
  }

  /** Calls, and waits for no answer. */
  call(action: string, payload: Record<string, unknown>): void {
    this.#socket?.send(JSON.stringify([2, `picky-${++this.#called}`, action, payload]));
  }

  /** Resolves once an action came on the connection of now. */
  heard(action: string): Promise<void> {
    return this.#until(() => this.calls.some((call) => call.action === action));
  }

  connected(): Promise<void> {
    return this.#until(() => this.#socket !== null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket?.close();
    await this.#server.shutdown();
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #welcome(request: Request): Response {
    this.offered = request.headers.get("sec-websocket-protocol") ?? "";
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol: this.#subprotocol });
    socket.onopen = () => {
      this.#socket = socket;
      this.calls = [];
      this.connects++;
      this.#look();
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#hear(socket, JSON.parse(data));
    };
    return response;
  }

  #hear(socket: WebSocket, [type, id, action, payload]: unknown[]): void {
    if (type !== 2) return;
    this.calls.push({ action: String(action), payload: payload as Heard["payload"] });
    if (action !== this.ignored) {
      socket.send(JSON.stringify([3, id, answerTo(String(action), this.#subprotocol)]));
    }
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

function answerTo(action: string, subprotocol: string): object {
  const currentTime = new Date().toISOString();
  switch (action) {
    case "BootNotification":
      return { status: "Accepted", currentTime, interval: 300 };
    case "Heartbeat":
      return { currentTime };
    case "Authorize":
      return subprotocol === "ocpp1.6"
        ? { idTagInfo: { status: "Accepted" } }
        : { idTokenInfo: { status: "Accepted" } };
    case "SignCertificate":
      return { status: "Accepted" };
    case "StartTransaction":
      return { idTagInfo: { status: "Accepted" }, transactionId: 1 };
    default:
      return {};
  }
}
