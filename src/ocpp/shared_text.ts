import { copyText } from "./copy_text.ts";

/** More different texts than that are not shared: what a user makes up must not stay for ever. */
const MOST = 1_000;
/** Nor are longer ones, in characters. */
const LONGEST = 512;

const texts = new Map<string, string>();

/**
 * A text that many frames have or many stations keep, as one object for all of them: it costs memory once,
 * and finding something by it is cheap from the second time on.
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
  if (text.length > LONGEST) return text;
  if (texts.size >= MOST) texts.clear();
  const own = copyText(text);
  if (own !== text) return text;
  texts.set(own, own);
  return own;
}
