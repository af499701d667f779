/**
 * A CSMS that counts: it keeps a book of every transaction, takes a message that it has had for a resend
 * when id and text are the same, and says what does not add up.
 *
 * @module
 */
import type { Payload } from "../../src/ocpp/mod.ts";
import { type Book, Books } from "./books.ts";

/** What becomes of a message of a transaction. */
export type Fate = "answer" | "error" | "silence" | "cut" | "cut-after";

type Frame = [type: number, id: string, action: string, payload: Payload];

/** One that listens. Dispose it. */
export class Ledger implements AsyncDisposable {
  readonly books = new Books();
  /** Asked for each message of a transaction that is no resend. */
  fate: (station: string) => Fate = () => "answer";
  /** How many messages came again as they were. */
  resends = 0;
  /** Answers by station and message id, with the text that they answered. */
  readonly #known = new Map<string, { readonly text: string; readonly answer: string }>();
  readonly #sockets = new Set<WebSocket>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#upgrade(request),
    );
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.close(3000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await this.#server.shutdown();
  }

  #upgrade(request: Request): Response {
    const station = decodeURIComponent(new URL(request.url).pathname.slice(1));
    const [protocol = ""] = (request.headers.get("sec-websocket-protocol") ?? "").split(/,\s*/);
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol, idleTimeout: 0 });
    this.#sockets.add(socket);
    socket.onclose = () => this.#sockets.delete(socket);
    socket.onerror = () => {};
    socket.onmessage = ({ data }) => this.#received(socket, station, protocol, data);
    return response;
  }

  #received(socket: WebSocket, station: string, protocol: string, text: string): void {
    const [type, id, action, payload] = JSON.parse(text) as Frame;
    if (type !== 2) return;
    const send = (answer: string) => socket.readyState === WebSocket.OPEN && socket.send(answer);
    if (!BOOKED.has(action)) {
      send(JSON.stringify([3, id, ordinary(action, protocol)]));
      if (action === "BootNotification" && protocol === "ocpp1.6") send(SETTING);
      return;
    }
    const key = `${station} ${id}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      this.resends++;
      if (known.text !== text) this.books.complain(station, `${id} came again and differs`);
      send(known.answer);
      return;
    }
    const fate = this.fate(station);
    if (fate === "silence") return;
    if (fate === "cut") return socket.close(3000);
    if (fate === "error") return void send(JSON.stringify([4, id, "InternalError", "", {}]));
    const answer = JSON.stringify([3, id, this.books.enter(station, action, payload)]);
    this.#known.set(key, { text, answer });
    if (fate === "cut-after") return socket.close(3000);
    send(answer);
  }

  /** The transactions that are not over. */
  get open(): readonly Book[] {
    return this.books.all.filter(({ ends }) => ends === 0);
  }
}

const BOOKED = new Set(["StartTransaction", "StopTransaction", "MeterValues", "TransactionEvent"]);

/** The end of a 1.6 transaction is to repeat what was said in its course. */
const SETTING = JSON.stringify([2, "setting", "ChangeConfiguration", {
  key: "StopTxnSampledData",
  value: "Energy.Active.Import.Register",
}]);

function ordinary(action: string, protocol: string): Payload {
  switch (action) {
    case "BootNotification":
      return { status: "Accepted", interval: 300, currentTime: new Date().toISOString() };
    case "Heartbeat":
      return { currentTime: new Date().toISOString() };
    case "Authorize":
      return { [protocol === "ocpp1.6" ? "idTagInfo" : "idTokenInfo"]: { status: "Accepted" } };
    default:
      return {};
  }
}
