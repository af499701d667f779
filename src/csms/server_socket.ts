import type { Cancel, Clock } from "../clock/mod.ts";
import { killSocket } from "../connection/mod.ts";
import { resumeReading, stopReading } from "./runtime_socket.ts";

/** What the owner of a {@link ServerSocket} hears. What it throws ends nothing but that one event. */
export interface SocketOwner {
  opened(): void;
  received(text: string): void;
  /** Exactly once, whoever ended it; 1006 when it ended without a close frame. */
  gone(code: number): void;
  failed(thrown: unknown): void;
}

/** How long a station may take to answer a close before its connection is dropped. */
const CLOSE_TIMEOUT_MS = 3000;

/** A station that lets so much pile up does not read any more. */
const MOST_BUFFERED_BYTES = 16 * 1024 * 1024;

/** A server's end of a WebSocket: it can go deaf, vanish, and never waits for a peer for ever. */
export class ServerSocket {
  readonly #socket: WebSocket;
  readonly #clock: Pick<Clock, "after">;
  readonly #owner: SocketOwner;
  /** What the runtime had read already when reading stopped. */
  #held: string[] | null = null;
  #gone = false;
  #closing: Cancel | null = null;
  /** A close that was asked for while the upgrade was under way. */
  #asOpened: { readonly code: number; readonly reason: string } | null = null;

  constructor(socket: WebSocket, clock: Pick<Clock, "after">, owner: SocketOwner) {
    this.#socket = socket;
    this.#clock = clock;
    this.#owner = owner;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code, wasClean }) => this.#end(wasClean ? code : 1006);
    // The close event that follows says enough. Only a dial that fails before it opens has none.
    socket.onerror = () => socket.readyState === WebSocket.CONNECTING && this.#end(1006);
  }

  /** `false`: nobody is there any more, or nobody reads. */
  send(text: string): boolean {
    if (this.#gone || this.#held !== null || this.#socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    if (this.#socket.bufferedAmount > MOST_BUFFERED_BYTES) {
      this.kill();
      return false;
    }
    this.#socket.send(text);
    return true;
  }

  /** Closes in good order, or drops a station that does not answer. */
  close(code: number, reason: string): void {
    if (this.#gone || this.#closing !== null) return;
    this.resumeReading();
    this.#closing = this.#clock.after(CLOSE_TIMEOUT_MS, () => this.kill());
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#asOpened = { code, reason };
    else this.#socket.close(code, reason);
  }

  /** Drops the TCP connection, as a crash would. */
  kill(): void {
    if (this.#gone) return;
    if (!killSocket(this.#socket)) this.#socket.close();
    this.#end(1006);
  }

  /** Reads and sends nothing from now on. */
  stopReading(): void {
    if (this.#gone || this.#held !== null || this.#closing !== null) return;
    this.#held = [];
    if (this.#socket.readyState === WebSocket.OPEN) this.#goDeaf("running");
  }

  /** Reads on; nothing that the station sent meanwhile is lost. */
  resumeReading(): void {
    const held = this.#held;
    if (this.#gone || held === null) return;
    this.#held = null;
    resumeReading(this.#socket);
    for (const text of held) this.#received(text);
  }

  #opened(): void {
    // Killed or gone while the upgrade was under way: there was nothing yet to drop.
    if (this.#gone) return void killSocket(this.#socket);
    if (this.#asOpened !== null) {
      return this.#socket.close(this.#asOpened.code, this.#asOpened.reason);
    }
    if (this.#held !== null) this.#goDeaf("opening");
    this.#tell(() => this.#owner.opened());
  }

  #goDeaf(when: "opening" | "running"): void {
    if (stopReading(this.#socket, when)) return;
    this.#owner.failed(new Error("This runtime does not let a server stop reading"));
  }

  #received(data: unknown): void {
    if (this.#gone || typeof data !== "string") return;
    if (this.#held !== null) this.#held.push(data);
    else this.#tell(() => this.#owner.received(data));
  }

  #end(code: number): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#closing?.();
    this.#tell(() => this.#owner.gone(code));
  }

  #tell(event: () => void): void {
    try {
      event();
    } catch (thrown) {
      this.#owner.failed(thrown);
    }
  }
}
