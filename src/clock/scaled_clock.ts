import type { Cancel, Clock } from "./clock.ts";
import { sleepOn } from "./sleep.ts";

/** A clock whose durations are `speed` times as long as those of real time. */
export interface ScaledClock extends Clock {
  /** How many of its milliseconds pass in a real one. */
  readonly speed: number;
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
  if (!(speed > 0 && speed < Infinity)) {
    throw new RangeError(`Cannot scale a clock by ${speed}: the speed must be a number above 0`);
  }
  return new Scaled(clock, speed);
}

class Scaled implements ScaledClock {
  readonly speed: number;
  readonly #clock: Clock;

  constructor(clock: Clock, speed: number) {
    this.#clock = clock;
    this.speed = speed;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic() * this.speed;
  }

  after(ms: number, run: () => void): Cancel {
    return this.#clock.after(ms / this.speed, run);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }
}
