import assert from "node:assert/strict";
import { reset } from "../../../src/station/v16/reset.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, ODD_VALUES } from "./support.ts";

for (const type of ["Soft", "Hard"] as const) {
  Deno.test(`§5.14: a ${type} reset is Accepted first and done then`, async () => {
    const station = fakeCharger();
    const { payload, after } = await obey("Reset", reset, station, { type });
    assert.deepEqual(payload, { status: "Accepted" });
    assert.deepEqual(station.deeds, []);
    after();
    assert.deepEqual(station.deeds, [["reset", type.toLowerCase()]]);
  });
}

Deno.test("§5.14: what is neither soft nor hard is Rejected, and nothing happens", async () => {
  for (const type of ODD_VALUES) {
    const station = fakeCharger();
    const { payload, after } = await obeyAnything("Reset", reset, station, { type });
    assert.deepEqual(payload, { status: "Rejected" });
    after();
    assert.deepEqual(station.deeds, []);
  }
});
