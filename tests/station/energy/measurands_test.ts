import assert from "node:assert/strict";
import type { v16 } from "../../../src/ocpp/mod.ts";
import {
  KNOWN_MEASURANDS,
  type Measurand,
  READABLE_MEASURANDS,
  readMeasurand,
} from "../../../src/station/energy/measurands.ts";

type SampledValue = v16.MeterValuesRequest["meterValue"][number]["sampledValue"][number];
type Official = NonNullable<SampledValue["measurand"]>;

Deno.test("the measurands are those of the official schema of 1.6 (§7.31)", () => {
  KNOWN_MEASURANDS satisfies readonly Official[];
  const allOfThem: Exclude<Official, Measurand> extends never ? true : false = true;
  assert(allOfThem);
  assert.equal(new Set(KNOWN_MEASURANDS).size, 22);
});

Deno.test("all are readable but reactive energy and the fan's speed", () => {
  const absent = KNOWN_MEASURANDS.filter((name) => !READABLE_MEASURANDS.includes(name));
  assert.equal(absent.length, 7);
  assert(absent.every((name) => name === "RPM" || name.includes("Reactive")));
});

Deno.test("a phase may follow a measurand (1.6 §9.1.18), nothing else", () => {
  for (const phase of ["L1", "L2", "L3", "N", "L1-N", "L3-N", "L1-L2"]) {
    assert.deepEqual(readMeasurand(`Power.Active.Import.${phase}`), {
      measurand: "Power.Active.Import",
      phase,
    });
  }
  for (const wrong of ["", ".L1", "soc", "Voltage.L4", "Voltage.", "Voltage.L1.L2", "Voltage\n"]) {
    assert.equal(readMeasurand(wrong), null, wrong);
  }
});
