import type { Clock } from "../clock/mod.ts";
import type { Log } from "../log/mod.ts";
import { ASKED, type CloseCause } from "./cause.ts";
import { killSocket } from "./runtime_kill.ts";
import { endPings, listenToPeer, type PeerListener, sendPing } from "./runtime_ping.ts";
import type { Transport } from "./transport.ts";

/** What a {@link DenoTransport} needs of the program. */
export interface TransportWorld {
  readonly clock: Pick<Clock, "monotonic">;
  readonly log: Log;
}

/** What the runtime says when a connection breaks, and what that means. First match wins. */
const BREAKS = [
  [/Frame too large/, "protocol", "the CSMS sent a frame of more than 64 MiB"],
  [/Invalid UTF-8/, "protocol", "the CSMS sent a text frame that is not UTF-8"],
  [/Reserved bits/, "protocol", "the CSMS sent a frame with reserved bits set (is it compressed?)"],
  [/Invalid close (code|frame)/, "protocol", "the CSMS sent a close frame with an invalid code"],
  [/Invalid (value|opcode|fragment|continuation)|Control frame|Ping frame/, "protocol", null],
  [/Connection reset/, "lost", "the CSMS, or something on the way to it, reset the connection"],
  [/Failed to send/, "lost", "the connection ended while a frame was on its way out"],
  [/timed out/, "lost", "the network stopped answering"],
  [/EOF|close_notify/, "lost", "the connection ended without a close frame"],
] as const satisfies readonly (readonly [RegExp, CloseCause["kind"], string | null])[];

const EVENTS = ["open", "message", "error", "close"] as const;

/**
 * A native WebSocket as a {@link Transport}. It is one from the moment that `opened` says `null`. It hears
 * the events itself: a handler of its own for each costs 300 bytes, which 10,000 sockets feel.
 */
export class DenoTransport implements Transport, PeerListener, EventListenerObject {
  /** `null` once it is open, or the runtime's words for why it never will be. */
  readonly opened: Promise<string | null>;
  readonly closed: Promise<CloseCause>;
  readonly #socket: WebSocket;
  readonly #onText: (text: string) => void;
  readonly #world: TransportWorld;
  /** Whether the runtime tells of every frame; else only texts are heard. */
  readonly #hearsAll: boolean;
  #heardAt: number;
  #settleOpened: ((said: string | null) => void) | null;
  readonly #settleClosed: (cause: CloseCause) => void;
  #broke: string | null = null;
  #asked = false;
  #isOver = false;
  #hasWarned = false;

  /** @param socket just made: no event of it may be missed */
  constructor(socket: WebSocket, onText: (text: string) => void, world: TransportWorld) {
    this.#socket = socket;
    this.#onText = onText;
    this.#world = world;
    this.#hearsAll = listenToPeer(socket, this);
    this.#heardAt = world.clock.monotonic();
    const opening = Promise.withResolvers<string | null>();
    const closing = Promise.withResolvers<CloseCause>();
    this.opened = opening.promise;
    this.closed = closing.promise;
    this.#settleOpened = opening.resolve;
    this.#settleClosed = closing.resolve;
    socket.binaryType = "arraybuffer";
    for (const type of EVENTS) socket.addEventListener(type, this, { once: type === "open" });
  }

  handleEvent(event: Event): void {
    if (this.#isOver) return;
    switch (event.type) {
      case "message":
        return this.#received((event as MessageEvent).data);
      case "open":
        return this.#opened(null);
      case "error":
        this.#broke = (event as ErrorEvent).message;
        return;
      case "close":
        this.#opened(this.#broke ?? "the socket was closed");
        return this.#end(this.#why(event as CloseEvent));
    }
  }

  get subprotocol(): string {
    return this.#socket.protocol;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  heard(): void {
    this.#heardAt = this.#world.clock.monotonic();
  }

  ping(): boolean {
    return sendPing(this.#socket);
  }

  close(code: number, reason: string): void {
    this.#asked = true;
    this.#socket.close(code, reason);
  }

  abandon(cause: CloseCause): void {
    if (!killSocket(this.#socket)) this.#socket.close();
    this.#end(cause);
  }

  #opened(said: string | null): void {
    this.#settleOpened?.(said);
    this.#settleOpened = null;
  }

  #received(data: string | ArrayBuffer): void {
    if (!this.#hearsAll) this.heard();
    if (typeof data === "string") return this.#onText(data);
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#world.log.warn(
      "The CSMS sent a binary frame, which OCPP-J does not know: they are ignored",
      {
        url: this.#socket.url,
        bytes: data.byteLength,
      },
    );
  }

  #end(cause: CloseCause): void {
    // Whoever comes first has said it all.
    this.#isOver = true;
    endPings(this.#socket);
    this.#settleClosed(cause);
  }

  #why(event: CloseEvent): CloseCause {
    if (this.#broke !== null) return breakCause(this.#broke);
    if (this.#asked) return ASKED;
    const { code, reason } = event;
    const how = code === 1005 ? "without a code" : `with ${code}`;
    const said = reason === "" ? "" : `: ${reason}`;
    return { kind: "peer-closed", message: `the CSMS closed it ${how}${said}`, code, reason };
  }
}

function breakCause(text: string): CloseCause {
  for (const [pattern, kind, message] of BREAKS) {
    if (!pattern.test(text)) continue;
    return { kind, message: message ?? `the CSMS broke the WebSocket protocol: ${text}` };
  }
  return { kind: "lost", message: `the connection broke: ${text}` };
}
