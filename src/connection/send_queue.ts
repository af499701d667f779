import type { Cancel, Clock } from "../clock/mod.ts";
import type { CloseCause } from "./cause.ts";
import type { SendStatus } from "./outcome.ts";
import type { Transport } from "./transport.ts";

/** Hears once what became of a queued message: `null` the socket took it, else why it never did. */
export type Settled = (lost: CloseCause | null) => void;

/** A socket that holds more than this gets nothing more to hold. */
export const HIGH_WATER_BYTES = 1024 * 1024;

/** A socket that takes nothing for so long has a dead peer. */
export const STALL_MS = 30_000;

/** The runtime tells nobody when a socket has drained: we look, soon at first, then less often. */
const FIRST_LOOK_MS = 10;
const LAST_LOOK_MS = 1_000;

/** For {@link SendQueue}. */
export interface SendQueueOptions {
  readonly clock: Clock;
  /** How many messages may wait. */
  readonly sendQueue: number;
  readonly onSent: (text: string) => void;
}

/**
 * Keeps the order, and the memory, of what goes out: straight to the socket while it keeps up, then a
 * bounded queue, then `full`. A socket that stops taking bytes altogether is abandoned: pings cannot
 * tell, since they would wait behind the bytes.
 */
export class SendQueue {
  readonly #transport: Transport;
  readonly #options: SendQueueOptions;
  #waiting: { readonly text: string; readonly settled: Settled | undefined }[] = [];
  #cancelLook: Cancel | null = null;
  #progressAt = 0;
  #heldBefore = 0;
  #stopped = false;

  constructor(transport: Transport, options: SendQueueOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  get length(): number {
    return this.#waiting.length;
  }

  send(text: string, settled?: Settled): SendStatus {
    if (this.#stopped) return "offline";
    const held = this.#transport.bufferedBytes;
    if (this.#waiting.length === 0 && held <= HIGH_WATER_BYTES) {
      this.#hand(text, held);
      // What was handed in before this is still there: the socket lags, so keep an eye on it.
      if (held > 0 || text.length > HIGH_WATER_BYTES) this.#look();
      return "sent";
    }
    if (this.#waiting.length >= this.#options.sendQueue) return "full";
    this.#waiting.push({ text, settled });
    this.#look();
    return "queued";
  }

  /** The socket is closing and takes nothing any more. What waits hears of its {@link SendQueue.end}. */
  stop(): void {
    this.#stopped = true;
    this.#cancelLook?.();
    this.#cancelLook = null;
  }

  /** The socket is gone: nothing waits any longer. */
  end(cause: CloseCause): void {
    this.stop();
    const lost = this.#waiting;
    this.#waiting = [];
    for (const { settled } of lost) settled?.(cause);
  }

  /** @param held what the socket holds already */
  #hand(text: string, held: number): void {
    this.#transport.send(text);
    // What we put in must not hide what the peer took out.
    if (this.#cancelLook !== null) this.#heldBefore += this.#transport.bufferedBytes - held;
    this.#options.onSent(text);
  }

  #look(): void {
    if (this.#cancelLook !== null) return;
    this.#progressAt = this.#options.clock.monotonic();
    this.#heldBefore = Infinity;
    this.#lookAfter(FIRST_LOOK_MS);
  }

  #lookAfter(ms: number): void {
    this.#cancelLook = this.#options.clock.after(ms, () => {
      this.#cancelLook = null;
      const held = this.#transport.bufferedBytes;
      const now = this.#options.clock.monotonic();
      if (held < this.#heldBefore) this.#progressAt = now;
      this.#flush();
      this.#heldBefore = this.#transport.bufferedBytes;
      if (this.#heldBefore === 0 && this.#waiting.length === 0) return;
      if (now - this.#progressAt < STALL_MS) return this.#lookAfter(Math.min(2 * ms, LAST_LOOK_MS));
      const message = `the CSMS read nothing for ${STALL_MS / 1000} s while ${held} bytes waited`;
      this.#transport.abandon({ kind: "stalled", message });
    });
  }

  #flush(): void {
    let handed = 0;
    while (handed < this.#waiting.length) {
      const held = this.#transport.bufferedBytes;
      if (held > HIGH_WATER_BYTES) break;
      const { text, settled } = this.#waiting[handed++]!;
      this.#hand(text, held);
      settled?.(null);
    }
    if (handed > 0) this.#waiting.splice(0, handed);
  }
}
