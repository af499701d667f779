/**
 * Whether a text can be shown by a display that knows ASCII only: what can be printed, and line breaks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert(isAscii("Plug in,\nplease"));
 * assert(!isAscii("Grüezi"));
 * ```
 */
export function isAscii(text: string): boolean {
  return /^[\x20-\x7e\r\n\t]*$/.test(text);
}
