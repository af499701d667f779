/** A number from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** Chance as the runtime gives it. */
export const systemRandom: Random = Math.random;

/**
 * Chance that repeats itself: the same seed gives the same numbers on every machine.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "./mod.ts";
 *
 * const a = seededRandom(42), b = seededRandom(42);
 * assert(a() === b() && a() === b());
 * ```
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    // A Weyl sequence through a 32-bit integer hash: period 2^32, good enough for cars and jitter.
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}
