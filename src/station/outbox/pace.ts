import type { Clock } from "../../clock/mod.ts";

/** Lets so many through in a second, in the order in which they ask. */
export class Pace {
  readonly #clock: Clock;
  readonly #everyMs: number;
  /** When the next may go, on the monotonic clock. */
  #next = 0;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#everyMs = 1_000 / perSecond;
  }

  /** Resolves when it is the caller's turn, or when `signal` is aborted. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = this.#clock.monotonic();
    const mine = Math.max(now, this.#next);
    this.#next = mine + this.#everyMs;
    if (mine > now) await this.#clock.sleep(mine - now, signal);
  }
}
