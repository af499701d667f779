import type { Cancel, Clock } from "./clock.ts";
import { sleepOn } from "./sleep.ts";

/** The runtime fires a timer above this at once (with a warning), so longer waits go in legs. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The real thing. Waits of any length are honoured. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  after(ms: number, run: () => void): Cancel {
    let timer = setTimeout(leg, Math.min(ms, LONGEST_TIMER_MS));
    function leg(): void {
      ms -= LONGEST_TIMER_MS;
      if (ms <= 0) run();
      else timer = setTimeout(leg, Math.min(ms, LONGEST_TIMER_MS));
    }
    return () => clearTimeout(timer);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }
}
