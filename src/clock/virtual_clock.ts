import type { Cancel, Clock, Timer } from "./clock.ts";
import { sleepOn } from "./sleep.ts";

interface Alarm {
  at: number;
  run: () => void;
}

/**
 * A clock that stands still until a test moves it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { VirtualClock } from "./mod.ts";
 *
 * const clock = new VirtualClock();
 * let rang = false;
 * clock.after(60_000, () => rang = true);
 * await clock.advance(59_999);
 * assert(!rang);
 * await clock.advance(1);
 * assert(rang);
 * ```
 */
export class VirtualClock implements Clock {
  #elapsed = 0;
  readonly #epoch: number;
  readonly #alarms = new Set<Alarm>();

  /** @param epoch what `now()` says at the start, in milliseconds since 1970 */
  constructor(epoch = Date.UTC(2026, 0, 1)) {
    this.#epoch = epoch;
  }

  now(): number {
    return this.#epoch + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  /** Timers that have not fired yet. A test that ends with some left has found a leak. */
  get pending(): number {
    return this.#alarms.size;
  }

  /** How long until the next timer fires, in milliseconds; `null` when none is set. */
  get untilNext(): number | null {
    const next = this.#next();
    return next === undefined ? null : Math.max(0, next.at - this.#elapsed);
  }

  after(ms: number, run: () => void): Cancel {
    const alarm = { at: this.#elapsed + Math.max(0, ms), run };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  timer(run: () => void): Timer {
    let cancel: Cancel = () => {};
    const stop = () => cancel();
    return {
      set: (ms) => {
        stop();
        cancel = this.after(ms, run);
      },
      stop,
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  /** Moves time by `ms`, firing timers in order and letting their consequences settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await this.settle();
    for (let next = this.#next(); next !== undefined && next.at <= end; next = this.#next()) {
      this.#alarms.delete(next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.run();
      await this.settle();
    }
    this.#elapsed = end;
  }

  /** Lets every promise that is ready run, without moving time. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  #next(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (first === undefined || alarm.at < first.at) first = alarm;
    }
    return first;
  }
}
