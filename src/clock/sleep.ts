import type { Clock } from "./clock.ts";

/** `sleep` for any clock that has `after`. */
export function sleepOn(
  clock: Pick<Clock, "after">,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener("abort", awake);
      resolve();
    });
    function awake(): void {
      cancel();
      resolve();
    }
    signal?.addEventListener("abort", awake, { once: true });
  });
}
