let lastMs = NaN;
let lastText = "";

/**
 * A time in ISO 8601, UTC, with milliseconds. Ten thousand stations ask for it many times in the same one, so
 * the last answer is kept: spelling a date costs as much as sending a frame.
 *
 * @param ms milliseconds since 1970
 * @throws RangeError when it is no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(isoTime(1_769_860_800_000), "2026-01-31T12:00:00.000Z");
 * ```
 */
export function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}
