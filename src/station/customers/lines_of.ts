/**
 * A text in pieces of at most so many characters, cut between lines where that can be. At least one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(linesOf("one\ntwo\nthree", 8), ["one\ntwo\n", "three"]);
 * assert.deepEqual(linesOf("abcdef", 4), ["abcd", "ef"]);
 * assert.deepEqual(linesOf("", 4), [""]);
 * ```
 */
export function linesOf(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const lineEnd = rest.lastIndexOf("\n", most - 1) + 1;
    const end = lineEnd > 0 ? lineEnd : most;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}
