import type { v16 } from "../../ocpp/mod.ts";
import { KNOWN_MEASURANDS } from "../energy/measurands.ts";
import { meterValues, PHASES } from "../transactions/meter_values.ts";
import type { Reading, ReadingContext, Sample } from "../words.ts";

/**
 * What a meter read as 1.6 says it: one MeterValue per moment, in the order of time (§7.33, §7.43). What
 * 1.6 has no word for is left out; the fields that have defaults are written all the same.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const soc = { measurand: "SoC", value: 54.25, unit: "Percent", phase: null, location: "EV" } as const;
 * const [value] = meterValue([{ at: 0, context: "Sample.Periodic", readings: [soc] }]);
 * assert.equal(value?.timestamp, "1970-01-01T00:00:00.000Z");
 * assert.equal(value?.sampledValue[0]?.value, "54.25");
 * ```
 */
export function meterValue(samples: readonly Sample[]): v16.MeterValue[] {
  return meterValues(samples, sampledValue);
}

function sampledValue(reading: Reading, context: ReadingContext): v16.SampledValue | null {
  const measurand: v16.Measurand | undefined = KNOWN_MEASURANDS.find((one) =>
    one === reading.measurand
  );
  const phase = PHASES.find((one) => one === reading.phase);
  if (measurand === undefined) return null;
  // Without its phase a value would pass for the total.
  if (reading.phase !== null && phase === undefined) return null;
  return {
    value: writeValue(reading.value),
    context,
    format: "Raw",
    measurand,
    phase,
    location: reading.location,
    // Hertz and the factor of power have no word here (§7.31, §7.45).
    unit: UNITS.find((one) => one === reading.unit),
  };
}

/** As decimal text: no exponent, no more than a thousandth, no minus before zero. */
function writeValue(value: number): string {
  const text = value.toFixed(3).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

/** §7.45, without the misspelt one. */
const UNITS = [
  "Wh",
  "kWh",
  "varh",
  "kvarh",
  "W",
  "kW",
  "VA",
  "kVA",
  "var",
  "kvar",
  "A",
  "V",
  "K",
  "Celsius",
  "Fahrenheit",
  "Percent",
] as const satisfies readonly v16.UnitOfMeasure[];
