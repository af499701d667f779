import type { Cancel, Clock, Timer } from "./clock.ts";

/** A clock whose durations are `speed` times as long as those of real time. */
export interface ScaledClock extends Clock {
  /**
   * How many of its milliseconds pass in a real one. When it changes `monotonic` does not jump, and what
   * is waited for already comes when it was to come. @throws RangeError when it is no number above 0
   */
  speed: number;
}

/**
 * A clock on which cars and meters live faster: `monotonic`, `after` and `sleep` run at `speed`,
 * `now` stays the real wall clock.
 *
 * @throws RangeError when `speed` is no number above 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { VirtualClock } from "./mod.ts";
 *
 * const real = new VirtualClock();
 * const fast = scaledClock(real, 60);
 * let rang = false;
 * fast.after(3_600_000, () => rang = true);
 * await real.advance(60_000);
 * assert(rang && fast.monotonic() === 3_600_000);
 * ```
 */
export function scaledClock(clock: Clock, speed: number): ScaledClock {
  return new Scaled(clock, speed);
}

class Scaled implements ScaledClock {
  readonly #clock: Clock;
  #speed: number;
  /** Where this clock stood, and where the real one, when the speed changed last. */
  #from = 0;
  #since: number;

  constructor(clock: Clock, speed: number) {
    this.#clock = clock;
    this.#speed = checked(speed);
    this.#since = clock.monotonic();
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    checked(speed);
    this.#from = this.monotonic();
    this.#since = this.#clock.monotonic();
    this.#speed = speed;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#from + (this.#clock.monotonic() - this.#since) * this.#speed;
  }

  after(ms: number, run: () => void): Cancel {
    return this.#clock.after(ms / this.#speed, run);
  }

  timer(run: () => void): Timer {
    const timer = this.#clock.timer(run);
    return { set: (ms) => timer.set(ms / this.#speed), stop: () => timer.stop() };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.sleep(ms / this.#speed, signal);
  }
}

function checked(speed: number): number {
  if (speed > 0 && speed < Infinity) return speed;
  throw new RangeError(`Cannot scale a clock by ${speed}: the speed must be a number above 0`);
}
