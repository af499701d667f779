/** Repeated measurements of one thing: the middle, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Sums up measurements; of an even number the lower middle is taken, so that the median was measured.
 *
 * @throws {RangeError} when there are none
 */
export function spread(values: readonly number[]): Spread {
  return { median: percentile(values, 50), least: Math.min(...values), most: Math.max(...values) };
}

/**
 * The smallest value that at least `percent` of all do not exceed.
 *
 * @throws {RangeError} when there are none
 */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new RangeError("Cannot take a percentile of nothing");
  const sorted = values.toSorted((one, other) => one - other);
  const rank = Math.ceil(percent / 100 * sorted.length);
  return sorted[Math.max(rank, 1) - 1]!;
}

/** What a size cost. */
export interface Point {
  readonly size: number;
  readonly cost: number;
}

/** What one more costs between two sizes. */
export function slope(from: Point, to: Point): number {
  return (to.cost - from.cost) / (to.size - from.size);
}

/** What one more costs between neighbours: all the same when the growth is linear. */
export function slopes(points: readonly Point[]): readonly number[] {
  return points.slice(1).map((point, index) => slope(points[index]!, point));
}
