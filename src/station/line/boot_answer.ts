import type { BootAnswer } from "../spoken.ts";
import { readTime } from "../time.ts";

/**
 * What the CSMS says to a boot; all versions spell it alike. To a lenient station it may be anything.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const odd = readBootAnswer({ status: "Maybe", interval: -1, currentTime: "soon" });
 * assert.deepEqual(odd, { status: "Pending", intervalSeconds: 0, currentTime: null });
 * ```
 */
export function readBootAnswer(
  { status, interval, currentTime }: {
    readonly status: string;
    readonly interval: number;
    readonly currentTime: string;
  },
): BootAnswer {
  return {
    // A word that nobody knows: the station asks again.
    status: status === "Accepted" || status === "Rejected" ? status : "Pending",
    intervalSeconds: Number.isFinite(interval) ? Math.max(0, interval) : 0,
    currentTime: readTime(currentTime),
  };
}
