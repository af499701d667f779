import assert from "node:assert/strict";
import { meterValue } from "../../../src/station/v16/sampled_value.ts";
import type { Reading, ReadingContext } from "../../../src/station/words.ts";
import { officialSchemas } from "../../../tools/schemas/official.ts";
import { assertValid, reading, sample } from "./support.ts";

function say(given: Partial<Reading>, context: ReadingContext = "Sample.Periodic") {
  const values = meterValue([sample({ context, readings: [reading(given)] })]);
  assertValid("MeterValues", "request", { connectorId: 1, meterValue: values });
  return values[0]?.sampledValue[0];
}

/** The words that the schema allows for a field of a SampledValue. */
async function words(field: string): Promise<string[]> {
  const schemas = await officialSchemas("1.6");
  const { schema } = schemas.find((one) => one.action === "MeterValues" && one.role === "request")!;
  const found = JSON.stringify(schema).match(
    new RegExp(`"${field}":\\{[^}]*"enum":(\\[[^\\]]*\\])`),
  );
  return JSON.parse(found![1]!);
}

Deno.test("§7.31: every measurand of 1.6 is said as it is", async () => {
  const measurands = await words("measurand");
  assert.equal(measurands.length, 22);
  for (const measurand of measurands) assert.equal(say({ measurand })?.measurand, measurand);
});

Deno.test("§7.35: every context of 1.6 is said as it is", async () => {
  const contexts = await words("context");
  assert.equal(contexts.length, 8);
  for (const context of contexts as ReadingContext[]) {
    assert.equal(say({}, context)?.context, context);
  }
});

Deno.test("§7.34: every phase of 1.6 is said as it is, and none is left out", async () => {
  const phases = await words("phase");
  assert.equal(phases.length, 10);
  for (const phase of phases) assert.equal(say({ phase })?.phase, phase);
  assert.equal(say({ phase: null })?.phase, undefined);
});

Deno.test("§7.30: every location of 1.6 is said as it is", async () => {
  const locations = await words("location");
  assert.equal(locations.length, 5);
  for (const location of locations as Reading["location"][]) {
    assert.equal(say({ location })?.location, location);
  }
});

Deno.test("§7.45: every unit of 1.6 but the misspelt one is said as it is", async () => {
  const units = await words("unit");
  assert.equal(units.length, 17);
  for (const unit of units) {
    assert.equal(say({ unit })?.unit, unit === "Celcius" ? undefined : unit);
  }
});

Deno.test("§7.31: a unit that 1.6 has no word for is left out", () => {
  assert.equal(say({ measurand: "Frequency", unit: "Hertz" })?.unit, undefined);
  assert.equal(say({ measurand: "Power.Factor", unit: "" })?.unit, undefined);
});

Deno.test("§7.43: values are decimal texts of at most three places", () => {
  const texts = [0, -0, -0.0001, 1500, 230.1, 1 / 3, -7.5, 1e-9, 123_456_789.5]
    .map((value) => say({ value })?.value);
  assert.deepEqual(texts, [
    "0",
    "0",
    "0",
    "1500",
    "230.1",
    "0.333",
    "-7.5",
    "0",
    "123456789.5",
  ]);
});

Deno.test("§7.43: what 1.6 has no word for is not said at all", () => {
  assert.equal(say({ measurand: "Energy.Active.Net" }), undefined);
  assert.equal(say({ phase: "L4" }), undefined);
  assert.equal(say({ value: NaN }), undefined);
  assert.equal(say({ value: Infinity }), undefined);
});

Deno.test("§7.33: readings of one moment make one MeterValue, an empty one makes none", () => {
  const samples = [sample({ at: 2000 }), sample({ at: 1000 }), sample({ at: 2000 })];
  const values = meterValue([...samples, sample({ at: 3000, readings: [] })]);
  assert.deepEqual(values.map(({ timestamp, sampledValue }) => [timestamp, sampledValue.length]), [
    ["1970-01-01T00:00:01.000Z", 1],
    ["1970-01-01T00:00:02.000Z", 2],
  ]);
});
