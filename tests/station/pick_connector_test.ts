import assert from "node:assert/strict";
import { stationHarness } from "../support/station_harness.ts";
import { CAR, configure, status, TAG } from "./sessions.ts";

Deno.test("at the only reader a token goes where it belongs, and the deed says where", async () => {
  const station = { connectors: [{ id: 1 }, { id: 2 }, { id: 3 }] };
  const harness = await (await stationHarness({ station })).boot();
  const { driver } = harness.station;
  const at = async (idToken: string) => {
    const deed = await driver.authorize(null, { ...TAG, idToken });
    return deed.kind === "done" ? deed.connectorId : deed.kind;
  };
  await driver.plug(2, CAR);
  assert.equal(await at("A"), 2, "where a car waits");
  assert.equal(await at("B"), 1, "else where it is free");
  assert.equal(await at("B"), 1, "where it waits itself: it is taken back");
  assert.equal(status(harness, 1), "Available");
  await harness.call("ReserveNow", {
    connectorId: 3,
    reservationId: 5,
    idTag: "C",
    expiryDate: "2026-01-02T00:00:00Z",
  });
  assert.equal(await at("C"), 3, "where it has a reservation");
  assert.equal(await at("A"), 2, "where it charges: it ends that");
  assert.equal(status(harness, 2), "Finishing");
  assert.equal(await at("D"), 2, "where a car still hangs");
  assert.equal((await driver.authorize(1, TAG) as { connectorId?: number }).connectorId, undefined);
  await harness.over();
});

Deno.test("offline the reader says which connector it picked, too", async () => {
  const harness = await (await stationHarness({ station: { connectors: [{ id: 1 }, { id: 2 }] } }))
    .boot();
  await configure(harness, { AllowOfflineTxForUnknownId: "true" });
  await harness.station.driver.plug(2, CAR);
  await harness.lose();
  const deed = await harness.station.driver.authorize(null, TAG);
  assert(deed.kind === "queued" && deed.connectorId === 2 && deed.transactionId !== undefined);
  await harness.over();
});
