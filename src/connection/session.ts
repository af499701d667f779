import type { Cancel, Clock } from "../clock/mod.ts";
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

/** One open socket, from its handshake to its end: what it sends, and whether the peer still lives. */
export class Session {
  readonly subprotocol: string;
  readonly #transport: Transport;
  readonly #options: SessionOptions;
  readonly #queue: SendQueue;
  /** On the clock's monotonic scale, as is `#heardAt`. */
  readonly #openedAt: number;
  #heardAt = 0;
  #madeSense = false;
  #over = false;
  #cancelWatch: Cancel | null = null;
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
      this.#cancelWatch?.();
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

  /** The peer said something. */
  heard(): void {
    // Where the runtime watches, nobody asks when it was, and reading the clock costs.
    if (this.#cancelWatch !== null) this.#heardAt = this.#options.clock.monotonic();
  }

  /** What the peer said made sense: that is what makes a session a good one. */
  understood(): void {
    this.#madeSense = true;
  }

  /** Takes effect at once. 0 = no pings. */
  setPingInterval(intervalMs: number): void {
    if (this.#over) return;
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    if (this.#transport.keepAlive(intervalMs) || intervalMs === 0) return;
    this.#heardAt = this.#options.clock.monotonic();
    this.#watch(intervalMs, intervalMs, false);
  }

  /** Closes politely, and by force when the peer does not answer in time. */
  close(reason: string): void {
    const { clock, closeTimeoutMs } = this.#options;
    if (this.#cancelClose !== null) return;
    // After our close frame nothing may follow (RFC 6455 §5.5.1).
    this.#queue.stop();
    this.#transport.close(1000, reason);
    this.#cancelClose = clock.after(closeTimeoutMs, () => {
      const message = `closed by this side; the CSMS did not answer within ${closeTimeoutMs} ms`;
      this.#transport.abandon({ kind: "close-timeout", message });
    });
  }

  /** The fallback for runtimes without pings: probes after silence, gives up after as long again. */
  #watch(waitMs: number, intervalMs: number, probed: boolean): void {
    this.#cancelWatch = this.#options.clock.after(waitMs, () => {
      const silentMs = this.#options.clock.monotonic() - this.#heardAt;
      if (silentMs < intervalMs) return this.#watch(intervalMs - silentMs, intervalMs, false);
      if (probed && silentMs >= 2 * intervalMs) {
        const message = `the CSMS was silent for ${silentMs / 1000} s`;
        return this.#transport.abandon({ kind: "no-pong", message });
      }
      this.#watch(intervalMs, intervalMs, this.#options.probe());
    });
  }
}
