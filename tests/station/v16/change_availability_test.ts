import assert from "node:assert/strict";
import { changeAvailability } from "../../../src/station/v16/change_availability.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

for (const type of ["Operative", "Inoperative"] as const) {
  Deno.test(`§5.2: a connector, and with 0 the whole station, becomes ${type}`, async () => {
    for (const connectorId of [0, 2]) {
      const station = fakeCharger();
      const request = { connectorId, type };
      const { payload } = await obey("ChangeAvailability", changeAvailability, station, request);
      assert.deepEqual(payload, { status: "Accepted" });
      assert.deepEqual(station.deeds, [["changeAvailability", connectorId, type === "Operative"]]);
    }
  });
}

for (const status of ["Accepted", "Rejected", "Scheduled"] as const) {
  Deno.test(`§5.2: what the station makes of it is answered: ${status}`, async () => {
    const station = fakeCharger({ changeAvailability: () => status });
    const request = { connectorId: 1, type: "Inoperative" } as const;
    const { payload } = await obey("ChangeAvailability", changeAvailability, station, request);
    assert.deepEqual(payload, { status });
  });
}

Deno.test("§5.2: an unknown connector is Rejected", async () => {
  for (const connectorId of [3, -1]) {
    const station = fakeCharger();
    const request = { connectorId, type: "Operative" } as const;
    const { payload } = await obey("ChangeAvailability", changeAvailability, station, request);
    assert.deepEqual(payload, { status: "Rejected" });
    assert.deepEqual(station.deeds, []);
  }
});

Deno.test("§5.2: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ connectorId: 1, type: "Operative" })) {
    await obeyAnything("ChangeAvailability", changeAvailability, fakeCharger(), odd);
  }
});
