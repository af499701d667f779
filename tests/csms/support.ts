import { seededRandom, VirtualClock } from "../../src/clock/mod.ts";
import { Csms, type CsmsOptions, startCsms } from "../../src/csms/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import { Inbox } from "../support/inbox.ts";

/** A CSMS on a free port, and the clock that it lives by. */
export async function testCsms(
  options: Partial<Omit<CsmsOptions, "clock">> = {},
): Promise<{ csms: Csms; clock: VirtualClock } & AsyncDisposable> {
  const clock = new VirtualClock();
  const csms = await startCsms({ random: seededRandom(1), log: silentLog, ...options, clock });
  return { csms, clock, [Symbol.asyncDispose]: () => csms.stop() };
}

/** A bare WebSocket that plays a station. */
export class TestStation {
  readonly socket: WebSocket;
  /** The subprotocol, or `undefined` when the dial fails. */
  readonly opened: Promise<string | undefined>;
  /** The first close event. */
  readonly closed: Promise<CloseEvent>;
  error = "";
  readonly #texts = new Inbox<string>();

  constructor(url: string, options: WebSocketOptions = { protocols: ["ocpp1.6"] }) {
    const socket = this.socket = new WebSocket(url, options);
    const { promise: opened, resolve: open } = Promise.withResolvers<string | undefined>();
    const { promise: closed, resolve: close } = Promise.withResolvers<CloseEvent>();
    this.opened = opened;
    this.closed = closed;
    socket.onopen = () => open(socket.protocol);
    socket.onmessage = ({ data }) => this.#texts.put(data);
    socket.onerror = (event) => this.error = event instanceof ErrorEvent ? event.message : "?";
    socket.onclose = (event) => {
      open(undefined);
      close(event);
    };
  }

  /** The next text that comes. */
  next(): Promise<string> {
    return this.#texts.take();
  }

  say(...frame: unknown[]): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Sends a frame and gives the next one that comes. */
  async ask(...frame: unknown[]): Promise<unknown> {
    this.say(...frame);
    return JSON.parse(await this.next());
  }

  async close(): Promise<void> {
    this.socket.close(1000);
    await this.closed;
  }
}

/** A station that has done its handshake and reads nothing afterwards, so it answers no close either. */
export async function deafStation({ port }: Csms, path: string): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const lines = [
    `GET ${path} HTTP/1.1`,
    "Host: localhost",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Protocol: ocpp1.6",
  ];
  await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
  await connection.read(new Uint8Array(1024));
  return connection;
}
