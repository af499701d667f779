import type { Cancel, Clock, Timer } from "./clock.ts";
import { sleepOn } from "./sleep.ts";
import { TimerQueue } from "./timer_queue.ts";

/** The real thing. Waits of any length are honoured. */
export class SystemClock implements Clock {
  readonly #timers = new TimerQueue();

  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  after(ms: number, run: () => void): Cancel {
    return this.#timers.after(ms, run);
  }

  timer(run: () => void): Timer {
    return this.#timers.timer(run);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }
}
