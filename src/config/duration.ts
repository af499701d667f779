import * as z from "zod";
import { mustBe } from "./fields.ts";

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The longest wait a timer can keep is 2^31 ms: 24 days and a little. */
export const LONGEST_TIMER_MS = 24 * UNITS.d;

/**
 * Milliseconds, or `undefined` when it is no duration. A bare number other than 0 is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(readDuration("1.5s"), 1500);
 * assert.equal(readDuration("24h"), 86_400_000);
 * assert.equal(readDuration("30"), undefined);
 * assert.equal(readDuration(0), 0);
 * ```
 */
export function readDuration(written: string | number): number | undefined {
  if (/^0(\.0+)?$/.test(String(written))) return 0;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(written));
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]);
}

const WRITTEN = [z.string(), z.number()] as const;

/** A duration between two others, both written as in the file. `zero` allows 0 (off) as well. */
export function duration(min: string, max: string, zero?: "or 0") {
  const allowed = `a duration from ${min} to ${max}${zero === undefined ? "" : " or 0"}`;
  const least = readDuration(min) ?? 0;
  const most = readDuration(max) ?? LONGEST_TIMER_MS;
  return z.union(WRITTEN, {
    error: ({ input }) => mustBe(allowed, input),
  }).transform((written, context): number => {
    const ms = readDuration(written);
    if (ms === 0 && zero !== undefined) return 0;
    if (ms === undefined || ms < least || ms > most) {
      context.addIssue({ code: "custom", message: mustBe(allowed, written, unitHint(written)) });
    }
    return ms ?? 0;
  });
}

function unitHint(written: string | number): string {
  const bare = /^\d+(\.\d+)?$/.test(String(written)) && Number(written) !== 0;
  return bare ? ` (write ${written}s for seconds, ${written}ms for milliseconds)` : "";
}
