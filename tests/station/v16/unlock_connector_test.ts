import assert from "node:assert/strict";
import { unlockConnector } from "../../../src/station/v16/unlock_connector.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, ODD_VALUES } from "./support.ts";

for (const status of ["Unlocked", "UnlockFailed"] as const) {
  Deno.test(`§5.18: a connector that comes out ${status} is said to be so`, async () => {
    const station = fakeCharger({ unlock: () => Promise.resolve(status) });
    const request = { connectorId: 2 };
    const { payload } = await obey("UnlockConnector", unlockConnector, station, request);
    assert.deepEqual(payload, { status });
    assert.deepEqual(station.deeds, [["unlock", 2]]);
  });
}

Deno.test("§5.18: an unknown connector is NotSupported, 0 too", async () => {
  for (const connectorId of [0, 3, -1]) {
    const station = fakeCharger();
    const request = { connectorId };
    const { payload } = await obey("UnlockConnector", unlockConnector, station, request);
    assert.deepEqual(payload, { status: "NotSupported" });
    assert.deepEqual(station.deeds, []);
  }
});

Deno.test("§5.18: a connector that goes away meanwhile is NotSupported", async () => {
  const station = fakeCharger({ unlock: () => Promise.resolve("UnknownConnector") });
  const request = { connectorId: 1 };
  const { payload } = await obey("UnlockConnector", unlockConnector, station, request);
  assert.deepEqual(payload, { status: "NotSupported" });
});

Deno.test("§5.18: odd requests get a proper answer", async () => {
  for (const connectorId of ODD_VALUES) {
    await obeyAnything("UnlockConnector", unlockConnector, fakeCharger(), { connectorId });
  }
});
