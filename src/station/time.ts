import { isoTime } from "../log/mod.ts";

/**
 * A time as it goes over the wire: ISO 8601 in UTC, with milliseconds (§3.15).
 *
 * @param at milliseconds since 1970
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(writeTime(1_769_860_800_000), "2026-01-31T12:00:00.000Z");
 * ```
 */
export function writeTime(at: number): string {
  return isoTime(at);
}

/** Date and time, and the zone if it is there. Beyond the year 9999 it could not be written again. */
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?$/;

/**
 * A time as the CSMS wrote it, in milliseconds since 1970; `null` when it is none.
 * Where the zone is missing it is UTC, whatever the zone of this machine.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(readTime("2026-01-31T13:00:00+01:00"), 1_769_860_800_000);
 * assert.equal(readTime("soon"), null);
 * ```
 */
export function readTime(written: unknown): number | null {
  if (typeof written !== "string") return null;
  const text = written.toUpperCase();
  const found = TIME.exec(text);
  if (found === null) return null;
  const at = Date.parse(found[1] === undefined ? `${text}Z` : text);
  return Number.isNaN(at) ? null : at;
}
