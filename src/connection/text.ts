// deno-lint-ignore no-control-regex -- all of ASCII
const BEYOND_ASCII = /[^\x00-\x7f]/;

/**
 * How many bytes `text` takes as UTF-8. A lone surrogate goes out as U+FFFD, three bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(utf8Length("aß€😀"), 1 + 2 + 3 + 4);
 * ```
 */
export function utf8Length(text: string): number {
  let bytes = text.length;
  // Nearly all frames; looking takes half as long as counting.
  if (!BEYOND_ASCII.test(text)) return bytes;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes: one more for each.
    if (unit < 0x800 || isPairAt(text, at, unit)) bytes++;
    else bytes += 2;
    if (unit >= 0xd800 && unit < 0xdc00 && isPairAt(text, at, unit)) {
      bytes++;
      at++;
    }
  }
  return bytes;
}

function isPairAt(text: string, at: number, unit: number): boolean {
  if (unit < 0xd800 || unit >= 0xdc00) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next < 0xe000;
}
