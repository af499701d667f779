/** What a connector gives a car to charge with. */
export interface Supply {
  readonly current: "AC" | "DC";
  /** Of DC: 1. */
  readonly phases: 1 | 3;
}

/** Volts between a phase and neutral. */
export const PHASE_VOLTS = 230;

/** No AC connector gives more: 63 A on three phases. */
const MOST_AC_W = 43_500;

/** One phase gives at most 32 A. */
const MOST_SINGLE_PHASE_W = 8_000;

const DC_NAME = /ccs|combo|chademo|g105|gb.?t.?dc|\bdc\b|chaoji|mcs|pan(tograph)?\b/i;
const AC_NAME = /type.?[123]/i;
const SINGLE_PHASE_NAME = /type.?1|1-?ph?\b|1ph|j1772|schuko|cee-7|bs1361|nema/i;
const THREE_PHASE_NAME = /3-?ph?\b|3ph/i;

const AC_1: Supply = { current: "AC", phases: 1 };
const AC_3: Supply = { current: "AC", phases: 3 };
const DC: Supply = { current: "DC", phases: 1 };

/**
 * What a connector gives, by its type (free text; the names of 2.x ConnectorEnumType are known) and,
 * where that says nothing, by its power in watts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(supplyOf("Type2", 22_000), { current: "AC", phases: 3 });
 * assert.deepEqual(supplyOf("Type2", 7_400), { current: "AC", phases: 1 });
 * assert.equal(supplyOf("cCCS2", 50_000).current, "DC");
 * assert.equal(supplyOf("NACS", 250_000).current, "DC");
 * ```
 */
export function supplyOf(connectorType: string, maxPower: number): Supply {
  if (DC_NAME.test(connectorType)) return DC;
  if (maxPower > MOST_AC_W && !AC_NAME.test(connectorType)) return DC;
  if (SINGLE_PHASE_NAME.test(connectorType)) return AC_1;
  if (THREE_PHASE_NAME.test(connectorType)) return AC_3;
  return maxPower <= MOST_SINGLE_PHASE_W ? AC_1 : AC_3;
}
