import type { Cancel, Clock } from "../clock/mod.ts";
import { Histogram } from "../station/mod.ts";

/** Between two measurements, */
const PAUSE_MS = 450;
/** each over so long: too short a wait for the clock to round it up. */
const MEASURED_MS = 50;

/** Of the delay, in milliseconds. */
const BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

/** How late timers fire: while it is much, everything waits. */
export class LoopDelay {
  readonly delays = new Histogram(BOUNDS_MS);
  readonly #clock: Clock;
  #cancel: Cancel | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(): void {
    if (this.#cancel === null) this.#look();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #look(): void {
    this.#cancel = this.#clock.after(PAUSE_MS, () => {
      const due = this.#clock.monotonic() + MEASURED_MS;
      this.#cancel = this.#clock.after(MEASURED_MS, () => {
        this.delays.add(Math.max(0, this.#clock.monotonic() - due));
        this.#look();
      });
    });
  }
}
