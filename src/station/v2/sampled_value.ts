import type { v201 } from "../../ocpp/mod.ts";
import { meterValues, PHASES } from "../transactions/meter_values.ts";
import type { Reading, ReadingContext, Sample } from "../words.ts";

/**
 * What a meter read as 2.x says it: one MeterValue per moment, in the order of time (MeterValueType).
 * What 2.x has no word for is left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const soc = { measurand: "SoC", value: 54.25, unit: "Percent", phase: null, location: "EV" } as const;
 * const [value] = meterValue([{ at: 0, context: "Sample.Periodic", readings: [soc] }]);
 * assert.equal(value?.timestamp, "1970-01-01T00:00:00.000Z");
 * assert.equal(value?.sampledValue[0]?.value, 54.25);
 * ```
 */
export function meterValue(samples: readonly Sample[]): v201.MeterValueType[] {
  return meterValues(samples, sampledValue);
}

function sampledValue(reading: Reading, context: ReadingContext): v201.SampledValueType | null {
  const measurand = MEASURANDS.find((one) => one === reading.measurand);
  const phase = PHASES.find((one) => one === reading.phase);
  const unit = UNITS.find((one) => one === reading.unit);
  if (measurand === undefined) return null;
  // Without its phase a value would pass for the total.
  if (reading.phase !== null && phase === undefined) return null;
  return {
    value: round(reading.value),
    context,
    measurand,
    phase,
    location: reading.location,
    unitOfMeasure: unit === undefined ? undefined : { unit },
  };
}

/** No more than a thousandth, and no minus before zero. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

/** MeasurandEnumType: neither temperature nor revolutions. */
const MEASURANDS = [
  "Current.Export",
  "Current.Import",
  "Current.Offered",
  "Energy.Active.Export.Interval",
  "Energy.Active.Export.Register",
  "Energy.Active.Import.Interval",
  "Energy.Active.Import.Register",
  "Energy.Active.Net",
  "Energy.Apparent.Export",
  "Energy.Apparent.Import",
  "Energy.Apparent.Net",
  "Energy.Reactive.Export.Interval",
  "Energy.Reactive.Export.Register",
  "Energy.Reactive.Import.Interval",
  "Energy.Reactive.Import.Register",
  "Energy.Reactive.Net",
  "Frequency",
  "Power.Active.Export",
  "Power.Active.Import",
  "Power.Factor",
  "Power.Offered",
  "Power.Reactive.Export",
  "Power.Reactive.Import",
  "SoC",
  "Voltage",
] as const satisfies readonly v201.MeasurandEnumType[];

/** The standardized units of measure (part 2, appendices) that a meter of ours may have. */
const UNITS = [
  "Wh",
  "kWh",
  "VAh",
  "kVAh",
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
  "Hz",
  "Percent",
] as const;
