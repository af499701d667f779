import { type Random, seededRandom } from "../../clock/mod.ts";

/**
 * Chance of its own for everything that has a name: the same seed and name give the same numbers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(namedRandom(7, "CP001")(), namedRandom(7, "CP001")());
 * assert.notEqual(namedRandom(7, "CP001")(), namedRandom(7, "CP002")());
 * ```
 */
export function namedRandom(seed: number, name: string): Random {
  // FNV-1a over the UTF-16 units.
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return seededRandom(hash);
}
