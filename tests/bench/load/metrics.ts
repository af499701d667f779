/** How many values were at most `bound`, from the smallest bound to infinity. */
export type Buckets = readonly { readonly bound: number; readonly count: number }[];

/**
 * The buckets of a histogram without labels, read from Prometheus text.
 *
 * @throws {Error} when it is not there
 */
export function readBuckets(text: string, name: string): Buckets {
  const found = text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\d+)$`, "gm"));
  const buckets = Array.from(found, ([, bound, count]) => ({
    bound: bound === "+Inf" ? Infinity : Number(bound),
    count: Number(count),
  }));
  if (buckets.length === 0) throw new Error(`Cannot read the histogram "${name}": it is missing`);
  return buckets;
}

/** The bound below which `percent` of the values lie that came between two readings. */
export function percentileBetween(before: Buckets, after: Buckets, percent: number): number {
  const added = after.map(({ bound, count }, at) => ({ bound, count: count - before[at]!.count }));
  const total = added.at(-1)?.count ?? 0;
  return added.find(({ count }) => count >= total * percent / 100)?.bound ?? Infinity;
}
