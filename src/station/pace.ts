import type { Cancel, Clock, ScaledClock } from "../clock/mod.ts";

/**
 * The clock that cars and meters of one station live by. Its speed may change while it runs: `monotonic`
 * does not jump, and what is waited for already comes when it was to come.
 */
export class Pace implements ScaledClock {
  readonly #clock: Clock;
  #speed: number;
  /** Where this clock stood, and where the real one, when the speed changed last. */
  #from = 0;
  #since: number;

  constructor(clock: Clock, speed: number) {
    this.#clock = clock;
    this.#speed = speed;
    this.#since = clock.monotonic();
  }

  /** How many of its milliseconds pass in a real one. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
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

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.sleep(ms / this.#speed, signal);
  }
}
