import type { Cancel, Clock } from "../../clock/mod.ts";

/** After a pause of the event loop no more than this is made up for, in milliseconds. */
const MOST_MADE_UP_MS = 100;

/**
 * Lets so many through in a second, in the order in which they ask. Who goes away before its turn leaves
 * its place to the next: connections that come and go must not keep the others waiting.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #everyMs: number;
  /** When the next may go, on the monotonic clock. */
  #next = 0;
  /** In the order in which they asked. */
  readonly #waiting = new Set<() => void>();
  #cancel: Cancel | null = null;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#everyMs = 1_000 / perSecond;
  }

  /** Resolves when it is the caller's turn, or when `signal` is aborted. */
  turn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    if (this.#waiting.size === 0 && this.#clock.monotonic() >= this.#next) {
      this.#next = this.#clock.monotonic() + this.#everyMs;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const go = () => {
        signal.removeEventListener("abort", go);
        this.#waiting.delete(go);
        if (this.#waiting.size === 0) this.#disarm();
        resolve();
      };
      this.#waiting.add(go);
      signal.addEventListener("abort", go, { once: true });
      this.#arm();
    });
  }

  #arm(): void {
    const waitMs = Math.max(0, this.#next - this.#clock.monotonic());
    this.#cancel ??= this.#clock.after(waitMs, () => this.#let());
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Timers ring late: all go whose turn it is by now. */
  #let(): void {
    this.#cancel = null;
    const now = this.#clock.monotonic();
    this.#next = Math.max(this.#next, now - MOST_MADE_UP_MS);
    for (const go of this.#waiting) {
      if (this.#next > now) break;
      this.#next += this.#everyMs;
      go();
    }
    if (this.#waiting.size > 0) this.#arm();
  }
}
