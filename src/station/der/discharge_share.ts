import type { DerReport } from "./der_controls.ts";

/**
 * The share of its power (0 to 1) that a connector may take from a car by the LimitMaxDischarge control
 * in force (2.1 R04): the one that has begun, else the default; 1: there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(dischargeShare([]), 1);
 * ```
 */
export function dischargeShare(controls: readonly DerReport[]): number {
  const limits = controls.filter(({ type, isSuperseded }) =>
    type === "LimitMaxDischarge" && !isSuperseded
  );
  const inForce = limits.find(({ isStarted }) => isStarted) ??
    limits.find(({ isDefault }) => isDefault);
  const { pctMaxDischargePower: percent } = (inForce?.setting ?? {}) as Readonly<
    Record<string, unknown>
  >;
  return typeof percent === "number" ? Math.min(1, Math.max(0, percent / 100)) : 1;
}
