/** Points of state of charge (0 to 1, rising) and the share of the most power that is taken there. */
export type Curve = readonly (readonly [soc: number, share: number])[];

/** DC: much for long, as cars with a good cooling do. */
export const FLAT_CURVE: Curve = [[0, 1], [0.4, 1], [0.6, 0.85], [0.8, 0.6], [0.9, 0.3], [1, 0.05]];

/** DC: a high peak, and soon less. */
export const STEEP_CURVE: Curve = [[0, 1], [0.2, 1], [0.5, 0.65], [0.8, 0.35], [0.9, 0.2], [
  1,
  0.05,
]];

/** AC: the on-board charger is the limit until the battery is almost full. */
export const AC_CURVE: Curve = [[0, 1], [0.94, 1], [1, 0.15]];

/**
 * The share at a state of charge, on a straight line between two points.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(shareAt([[0, 1], [0.5, 1], [1, 0]], 0.75), 0.5);
 * ```
 */
export function shareAt(curve: Curve, soc: number): number {
  const next = curve.findIndex(([at]) => at >= soc);
  if (next <= 0) return curve.at(next)![1];
  const [fromSoc, from] = curve[next - 1]!;
  const [toSoc, to] = curve[next]!;
  return from + (to - from) * (soc - fromSoc) / (toSoc - fromSoc);
}
