/**
 * A value from outside in a few words, for an error message.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(describe("2"), '"2"');
 * assert.equal(describe([1, 2]), "an array");
 * assert.equal(describe(undefined), "nothing");
 * ```
 */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** Longer strings are cut: a description has 255 characters for everything. */
const LONGEST_QUOTE = 40;

/** A string from outside, fit for a log line: escaped, and cut when it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
