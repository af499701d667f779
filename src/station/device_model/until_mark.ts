/** Marks are counted from midnight. */
const DAY_MS = 24 * 3_600_000;

/** A timer that rings a little early by the wall clock must not meet the same mark again. */
const EARLY_MS = 50;

/**
 * How long until the next mark of an interval that begins at midnight (UTC), in milliseconds.
 *
 * @param at milliseconds since 1970
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(untilMark(Date.UTC(2026, 0, 1, 12, 10), 900_000), 300_000);
 * ```
 */
export function untilMark(at: number, intervalMs: number): number {
  const intoDay = (at + EARLY_MS) % DAY_MS;
  const next = Math.min(DAY_MS, (Math.floor(intoDay / intervalMs) + 1) * intervalMs);
  return next - intoDay + EARLY_MS;
}
