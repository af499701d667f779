/**
 * How many values fell into which class.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const waits = new Histogram([10, 100]);
 * for (const ms of [3, 10, 11, 5000]) waits.add(ms);
 * assert.deepEqual([waits.counts, waits.sum], [[2, 1, 1], 5024]);
 * ```
 */
export class Histogram {
  /** Of each class but the last, which has none; the bound itself is within. */
  readonly bounds: readonly number[];
  /** By class; one more than there are bounds. */
  readonly counts: number[];
  /** Of all values. */
  sum = 0;

  /** @param bounds upper ones, ascending */
  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Array(bounds.length + 1).fill(0);
  }

  add(value: number): void {
    const { bounds, counts } = this;
    let at = 0;
    while (at < bounds.length && value > bounds[at]!) at++;
    counts[at]!++;
    this.sum += value;
  }
}
