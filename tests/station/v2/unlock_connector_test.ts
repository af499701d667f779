import assert from "node:assert/strict";
import { unlockConnector } from "../../../src/station/v2/unlock_connector.ts";
import { connectorFacts, fakeCharger, transactionFacts } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf } from "./support.ts";

const REQUEST = { evseId: 1, connectorId: 1 };

for (const status of ["Unlocked", "UnlockFailed"] as const) {
  Deno.test(`F05: a connector without a transaction is ${status}`, async () => {
    const station = fakeCharger({ unlock: () => Promise.resolve(status) });
    const { payload } = await obey("UnlockConnector", unlockConnector, station, REQUEST);
    assert.equal(payload.status, status);
    assert.equal(reasonOf(payload), status === "Unlocked" ? undefined : "Unspecified");
    assert.deepEqual(station.deeds, [["unlock", 1]]);
  });
}

Deno.test("F05: a transaction is not ended for it", async () => {
  const connectors = () => [connectorFacts({ transaction: transactionFacts() })];
  const station = fakeCharger({ connectors });
  const { payload } = await obey("UnlockConnector", unlockConnector, station, REQUEST);
  assert.equal(payload.status, "OngoingAuthorizedTransaction");
  assert.deepEqual(station.deeds, []);
});

Deno.test("F05: a transaction that nobody is authorized for is not in the way", async () => {
  const connectors = () => [connectorFacts({ transaction: transactionFacts({ idToken: null }) })];
  const station = fakeCharger({ connectors });
  const { payload } = await obey("UnlockConnector", unlockConnector, station, REQUEST);
  assert.equal(payload.status, "Unlocked");
});

Deno.test("F05: a place that does not exist is an UnknownConnector", async () => {
  for (
    const [request, code] of [
      [{ evseId: 3, connectorId: 1 }, "UnknownEvse"],
      [{ evseId: 1, connectorId: 2 }, "UnknownConnectorId"],
    ] as const
  ) {
    const station = fakeCharger();
    const { payload } = await obey("UnlockConnector", unlockConnector, station, request);
    assert.equal(payload.status, "UnknownConnector");
    assert.equal(reasonOf(payload), code);
    assert.deepEqual(station.deeds, []);
  }
});

Deno.test("F05: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads(REQUEST)) {
    await obeyAnything("UnlockConnector", unlockConnector, fakeCharger(), odd);
  }
});
