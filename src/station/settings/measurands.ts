import { READABLE_MEASURANDS } from "../energy/measurands.ts";

/** The phases of 1.6 §7.34. */
const PHASES = ["L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1"];

/** What has no phases. */
const WHOLE: ReadonlySet<string> = new Set(["Frequency", "SoC", "Temperature"]);

const BY_WORD: ReadonlyMap<string, string> = new Map(
  READABLE_MEASURANDS.flatMap((measurand) => [
    measurand,
    ...(WHOLE.has(measurand) ? [] : PHASES.map((phase) => `${measurand}.${phase}`)),
  ]).map((word) => [word.toLowerCase(), word]),
);

/**
 * The spelling of a measurand that our meters read, alone or with a phase (1.6 §9.1.17: `Voltage.L1`),
 * written in any case. `null`: there is none of that name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(spellMeasurand("soc"), "SoC");
 * assert.equal(spellMeasurand("Voltage.L1-N"), "Voltage.L1-N");
 * assert.equal(spellMeasurand("SoC.L1"), null);
 * ```
 */
export function spellMeasurand(word: string): string | null {
  return BY_WORD.get(word.toLowerCase()) ?? null;
}
