/** More different texts than that are not shared: what a user makes up must not stay for ever. */
const MOST = 1_000;

const texts = new Map<string, string>();

/**
 * A text that many stations keep, as one object for all of them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(sharedText("Available"), "Available");
 * ```
 */
export function sharedText(text: string): string {
  const shared = texts.get(text);
  if (shared !== undefined) return shared;
  if (texts.size >= MOST) texts.clear();
  texts.set(text, text);
  return text;
}
