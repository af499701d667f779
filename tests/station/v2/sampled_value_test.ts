import assert from "node:assert/strict";
import { KNOWN_MEASURANDS } from "../../../src/station/energy/measurands.ts";
import { meterValue } from "../../../src/station/v2/sampled_value.ts";
import { reading, sample } from "../v16/support.ts";
import { assertValid } from "./support.ts";

function only(given: Parameters<typeof reading>[0]) {
  const values = meterValue([sample({ readings: [reading(given)] })]);
  if (values.length > 0) {
    assertValid("MeterValues", "request", { evseId: 1, meterValue: values });
  }
  return values[0]?.sampledValue[0];
}

Deno.test("SampledValueType: a value is a number with all that is known of it", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(only({ phase: "L1", location: "Inlet" }))), {
    value: 1500,
    context: "Sample.Periodic",
    measurand: "Energy.Active.Import.Register",
    phase: "L1",
    location: "Inlet",
    unitOfMeasure: { unit: "Wh" },
  });
});

Deno.test("MeasurandEnumType: temperature and revolutions are left out, all else is known", () => {
  const unknown = KNOWN_MEASURANDS.filter((measurand) => only({ measurand }) === undefined);
  assert.deepEqual(unknown, ["RPM", "Temperature"]);
  assert.equal(only({ measurand: "Mine" }), undefined);
});

Deno.test("PhaseEnumType: a value of an unknown phase is left out, it would pass for the total", () => {
  assert.equal(only({ phase: "L9" }), undefined);
  assert.equal(only({ phase: "L2-N" })?.phase, "L2-N");
});

Deno.test("UnitOfMeasureType: hertz has a word, a factor has no unit", () => {
  assert.deepEqual(only({ measurand: "Frequency", unit: "Hz" })?.unitOfMeasure, { unit: "Hz" });
  assert.equal(only({ measurand: "Power.Factor", unit: "" })?.unitOfMeasure, undefined);
});

Deno.test("SampledValueType: a thousandth is enough, and what is no number is no value", () => {
  assert.equal(only({ value: 1.23456 })?.value, 1.235);
  assert(Object.is(only({ value: -0.0001 })?.value, 0));
  assert.equal(only({ value: NaN }), undefined);
  assert.equal(only({ value: Infinity }), undefined);
});

Deno.test("MeterValueType: samples of one moment are one, in the order of time; empty ones are none", () => {
  const samples = [sample({ at: 2000 }), sample({ at: 1000 }), sample({ at: 2000 })];
  const values = meterValue([...samples, sample({ at: 3000, readings: [] })]);
  assert.deepEqual(values.map(({ timestamp, sampledValue }) => [timestamp, sampledValue.length]), [
    ["1970-01-01T00:00:01.000Z", 1],
    ["1970-01-01T00:00:02.000Z", 2],
  ]);
});
