import type { Clock } from "./clock.ts";

/**
 * Waits for `work`, but at most `ms`. Resolves `undefined` when the time is up first; the work goes
 * on, and what it says later is ignored.
 */
export async function deadline<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
): Promise<T | undefined> {
  const stop = new AbortController();
  try {
    return await Promise.race([work, clock.sleep(ms, stop.signal).then(() => undefined)]);
  } finally {
    stop.abort();
  }
}
