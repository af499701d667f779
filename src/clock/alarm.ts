import type { Clock, Timer } from "./clock.ts";

/**
 * One alarm that is set and taken back far more often than it rings, like the timeout of a call that
 * is answered: the timer behind it is left to run, and looked at when it fires, since setting and
 * clearing a timer for each call would cost more than the call.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { VirtualClock } from "./mod.ts";
 *
 * const clock = new VirtualClock();
 * const alarm = new Alarm(clock);
 * alarm.set(100, () => assert.fail("taken back"));
 * alarm.unset();
 * await clock.advance(50);
 * let rang = 0;
 * alarm.set(100, () => rang = clock.monotonic());
 * await clock.advance(100);
 * assert.equal(rang, 150);
 * ```
 */
export class Alarm {
  readonly #clock: Pick<Clock, "monotonic" | "timer">;
  #run: (() => void) | null = null;
  #dueAt = 0;
  /** Made when it is first needed. It fires at `#firesAt`, never after an alarm that is set is due. */
  #timer: Timer | null = null;
  /** `Infinity`: it is not set. */
  #firesAt = Infinity;

  constructor(clock: Pick<Clock, "monotonic" | "timer">) {
    this.#clock = clock;
  }

  /**
   * Calls `run` once after `ms`, in place of what was set before. Returns the moment that it counts
   * from, since reading the monotonic clock is the costly part.
   */
  set(ms: number, run: () => void): number {
    const now = this.#clock.monotonic();
    this.#run = run;
    this.#dueAt = now + ms;
    if (this.#firesAt > this.#dueAt) this.#wait(ms, now);
    return now;
  }

  /** It will not ring. The timer goes on, for the next time. */
  unset(): void {
    this.#run = null;
  }

  /** It will not ring, and leaves nothing behind. It can be set again. */
  stop(): void {
    this.#run = null;
    this.#timer?.stop();
    this.#firesAt = Infinity;
  }

  #wait(ms: number, now: number): void {
    this.#firesAt = now + ms;
    this.#timer ??= this.#clock.timer(() => this.#fired());
    this.#timer.set(ms);
  }

  #fired(): void {
    this.#firesAt = Infinity;
    const run = this.#run;
    if (run === null) return;
    const now = this.#clock.monotonic();
    if (this.#dueAt > now) return this.#wait(this.#dueAt - now, now);
    this.#run = null;
    run();
  }
}
