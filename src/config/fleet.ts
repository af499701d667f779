import { MOST_STATIONS } from "./station_schema.ts";

/**
 * The ids of a fleet, or what is wrong with its pattern. Zeros on the left are kept: as wide as the
 * first number is written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(expandIds("CP{08..10}"), { ids: ["CP08", "CP09", "CP10"] });
 * ```
 */
export function expandIds(
  pattern: string,
  count?: number,
): { ids: string[] } | { message: string } {
  const ranges = [...pattern.matchAll(/\{(\d{1,12})\.\.(\d{1,12})\}/g)];
  const [range] = ranges;
  if (range === undefined || ranges.length > 1 || /[{}]/.test(pattern.replace(range[0], ""))) {
    const width = String(count ?? 1000).length;
    const prefix = pattern.replace(/[{}].*/s, "");
    const example = `${prefix}{${"1".padStart(width, "0")}..${count ?? 1000}}`;
    return {
      message: `Must have one range, like "${example}", found: ${JSON.stringify(pattern)}`,
    };
  }
  const [written, from = "", to = ""] = range;
  const first = Number(from);
  const total = Number(to) - first + 1;
  if (total < 1) return { message: `Must have a range that goes up, found: "${written}"` };
  if (total > MOST_STATIONS) {
    return { message: `Must have at most ${MOST_STATIONS} ids, found: ${total} in "${written}"` };
  }
  if (count !== undefined && count !== total) {
    return {
      message: `Must have as many ids as count says: ${count}, found: ${total} in "${written}"`,
    };
  }
  const before = pattern.slice(0, range.index);
  const after = pattern.slice(range.index + written.length);
  return {
    ids: Array.from(
      { length: total },
      (_, index) => before + String(first + index).padStart(from.length, "0") + after,
    ),
  };
}
