import type { Cancel, Clock, Timer } from "../clock/mod.ts";
import type { CloseCause } from "./cause.ts";
import type { SendStatus } from "./outcome.ts";
import type { Transport } from "./transport.ts";
import { SendQueue, type Settled } from "./send_queue.ts";

/** What a session needs from its client. Durations are milliseconds. */
export interface SessionOptions {
  readonly clock: Clock;
  readonly sendQueue: number;
  readonly pingIntervalMs: number;
  readonly closeTimeoutMs: number;
  /** A session that lasts this long is a good one. */
  readonly goodAfterMs: number;
  /** Where the runtime has no pings: makes the peer answer something. `false`: not possible now. */
  readonly probe: () => boolean;
  /** Hears of each text that the socket took. */
  readonly onSent: (text: string) => void;
}

const NO_PONG = {
  kind: "no-pong",
  message: "the CSMS did not answer a ping in time",
} as const satisfies CloseCause;

/** One open socket, from its handshake to its end: what it sends, and whether the peer still lives. */
export class Session {
  readonly subprotocol: string;
  readonly #transport: Transport;
  readonly #options: SessionOptions;
  readonly #queue: SendQueue;
  /** On the clock's monotonic scale. */
  readonly #openedAt: number;
  #madeSense = false;
  #over = false;
  /** When to look whether the peer has been silent for too long. Made when pings are first wanted. */
  #watch: Timer | null = null;
  #pingIntervalMs = 0;
  /** When the peer was asked to say something, on the monotonic clock; -1: it was not. */
  #askedAt = -1;
  #cancelClose: Cancel | null = null;

  constructor(transport: Transport, options: SessionOptions) {
    this.#transport = transport;
    this.#options = options;
    this.subprotocol = transport.subprotocol;
    this.#openedAt = options.clock.monotonic();
    this.#queue = new SendQueue(transport, options);
    this.setPingInterval(options.pingIntervalMs);
  }

  /** Waits for the end, lets go of every timer, and tells whoever waits in the queue. */
  ended(): Promise<CloseCause> {
    return this.#transport.closed.then((cause) => {
      this.#over = true;
      this.#watch?.stop();
      this.#cancelClose?.();
      this.#queue.end(cause);
      return cause;
    });
  }

  /** Whether it carried a frame that made sense, or has lasted. */
  get isGood(): boolean {
    const { clock, goodAfterMs } = this.#options;
    return this.#madeSense || clock.monotonic() - this.#openedAt >= goodAfterMs;
  }

  /** Messages that wait behind a slow socket. */
  get queued(): number {
    return this.#queue.length;
  }

  /** @param settled for a queued message: `null` once the socket took it, or why it never did */
  send(text: string, settled?: Settled): SendStatus {
    return this.#queue.send(text, settled);
  }

  /** What the peer said made sense: that is what makes a session a good one. */
  understood(): void {
    this.#madeSense = true;
  }

  /** Takes effect at once. 0 = no pings. */
  setPingInterval(intervalMs: number): void {
    if (this.#over || this.#cancelClose !== null) return;
    this.#pingIntervalMs = intervalMs;
    this.#askedAt = -1;
    if (intervalMs === 0) return this.#watch?.stop();
    this.#watch ??= this.#options.clock.timer(() => this.#look());
    this.#watch.set(intervalMs);
  }

  /** Closes politely, and by force when the peer does not answer in time. */
  close(reason: string): void {
    const { clock, closeTimeoutMs } = this.#options;
    if (this.#cancelClose !== null) return;
    // After our close frame nothing may follow (RFC 6455 §5.5.1).
    this.#queue.stop();
    this.#watch?.stop();
    this.#transport.close(1000, reason);
    this.#cancelClose = clock.after(closeTimeoutMs, () => {
      const message = `closed by this side; the CSMS did not answer within ${closeTimeoutMs} ms`;
      this.#transport.abandon({ kind: "close-timeout", message });
    });
  }

  /** Pings after an interval of silence, and gives up after as long again. */
  #look(): void {
    const now = this.#options.clock.monotonic();
    const { heardAt } = this.#transport;
    const leftMs = heardAt + this.#pingIntervalMs - now;
    if (leftMs > 0) {
      this.#watch?.set(leftMs);
    } else if (heardAt < this.#askedAt) {
      this.#transport.abandon(NO_PONG);
    } else {
      // Where the runtime has no pings, the owner makes the peer say something.
      const isAsked = this.#transport.ping() || this.#options.probe();
      this.#askedAt = isAsked ? now : -1;
      this.#watch?.set(this.#pingIntervalMs);
    }
  }
}
