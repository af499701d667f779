/**
 * The candidate that `word` was probably meant to be, or `undefined`. Case, `_` and `-` do not count.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(nearest("autoStrat", ["auto_start", "auth"]), "auto_start");
 * assert.equal(nearest("colour", ["auto_start", "auth"]), undefined);
 * ```
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = bare(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, bare(candidate));
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** What to say about a key that nobody knows. */
export function unknownKey(key: string, known: readonly string[]): string {
  const guess = nearest(key, known);
  const help = guess === undefined
    ? `known here are ${known.join(", ")}`
    : `the nearest known one is "${guess}"`;
  return `Unknown key ${JSON.stringify(key.slice(0, 60))}: ${help}`;
}

function bare(word: string): string {
  return word.slice(0, 80).toLowerCase().replace(/[_-]/g, "");
}

/** How many letters must be added, dropped, changed or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        change,
        swapped ? at(before, column - 2) + 1 : Infinity,
      );
    }
    [before, last] = [last, next];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
