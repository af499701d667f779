import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";
import { CAR, charge, HOUR_MS, OTHER, status, TAG } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

/** ReserveNow for TAG, for an hour: the answer's status. */
async function reserve(harness: StationHarness, connectorId: number, more: object = {}) {
  const expiryDate = new Date(harness.clock.now() + HOUR_MS).toISOString();
  const wanted = { connectorId, reservationId: 7, idTag: TAG.idToken, expiryDate, ...more };
  return (await harness.call("ReserveNow", wanted)).status;
}

Deno.test("a reserved connector keeps others out, and lets its token in (1.6 §5.13)", async () => {
  const harness = await (await stationHarness()).boot();
  assert.equal(await reserve(harness, 1), "Accepted");
  const { driver } = harness.station;
  const other = await driver.authorize(1, OTHER);
  assert(
    other.kind === "refused" && other.reason === "Connector 1 is reserved for somebody else",
  );
  assert.equal((await driver.authorize(1, TAG)).kind, "done");
  await driver.plug(1, CAR);
  await harness.clock.settle();
  assert.deepEqual(harness.said, [
    "StatusNotification Reserved",
    "Authorize",
    "StatusNotification Preparing",
    "StartTransaction",
    "StatusNotification Charging",
  ]);
  assert.equal(harness.only("StartTransaction").reservationId, 7);
  assert.deepEqual(harness.station.reservations.all, []);
  await harness.over();
});

Deno.test("a car before its token: the connector stays Reserved until that is there (1.6 §4.9)", async () => {
  const harness = await (await stationHarness()).boot();
  await reserve(harness, 1);
  const deed = await charge(harness);
  assert(deed.kind === "done" && deed.transactionId === 1);
  assert.deepEqual(harness.said, [
    "StatusNotification Reserved",
    "Authorize",
    "StatusNotification Preparing",
    "StartTransaction",
    "StatusNotification Charging",
  ]);
  await harness.over();
});

Deno.test("whoever is of the reserved group may use it, once the CSMS says who that is (1.6 §5.13)", async () => {
  const harness = await (await stationHarness({
    replies: { Authorize: { idTagInfo: { status: "Accepted", parentIdTag: "HOME" } } },
  })).boot();
  await harness.station.driver.authorize(1, OTHER);
  await harness.station.driver.authorize(1, OTHER);
  await reserve(harness, 1, { parentIdTag: "HOME" });
  assert.equal((await harness.station.driver.authorize(1, OTHER)).kind, "done");
  assert.deepEqual(harness.station.reservations.all, []);
  await harness.over();
});

Deno.test("a reservation expires by itself, and leaves no timer (1.6 §5.13)", async () => {
  const harness = await (await stationHarness()).boot();
  await reserve(harness, 1);
  await harness.clock.advance(HOUR_MS - 1);
  assert.equal(status(harness), "Reserved");
  await harness.clock.advance(1);
  assert.equal(status(harness), "Available");
  await harness.clock.advance(31_000);
  assert.equal(harness.clock.pending, 1, "only the heartbeat is left");
  await harness.over();
});

Deno.test("a car that waits on a reserved connector may be charged when that is over", async () => {
  const harness = await (await stationHarness()).boot();
  await reserve(harness, 1);
  await harness.station.driver.plug(1, CAR);
  assert.equal(status(harness), "Reserved");
  assert.deepEqual(await harness.call("CancelReservation", { reservationId: 7 }), {
    status: "Accepted",
  });
  assert.equal(status(harness), "Preparing");
  assert.equal((await harness.station.driver.authorize(1, OTHER)).kind, "done");
  assert.equal(status(harness), "Charging");
  await harness.over();
});

Deno.test("with connector 0 one is left for the token, whichever (1.6 §5.13)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  assert.equal(await reserve(harness, 0), "Accepted");
  assert.deepEqual([status(harness, 1), status(harness, 2)], ["Available", "Available"]);
  await charge(harness, 1, { idToken: OTHER });
  const third = { ...TAG, idToken: "TAG-3" };
  const late = await harness.station.driver.authorize(2, third);
  assert(late.kind === "refused" && late.reason.includes("reserved"), JSON.stringify(late));
  await charge(harness, 2);
  assert.equal(harness.payloads("StartTransaction").at(-1)!.reservationId, 7);
  await harness.over();
});

Deno.test("a remote start minds reservations, too (1.6 §5.11)", async () => {
  const harness = await (await stationHarness()).boot();
  await reserve(harness, 1);
  const start = async (idTag: string) =>
    (await harness.call("RemoteStartTransaction", { connectorId: 1, idTag })).status;
  assert.equal(await start("TAG-2"), "Rejected");
  assert.equal(await start("TAG-1"), "Accepted");
  await harness.station.driver.plug(1, CAR);
  assert.equal(harness.only("StartTransaction").reservationId, 7);
  await harness.over();
});

for (const wanted of ["Faulted", "Unavailable"] as const) {
  Deno.test(`a reservation ends with its connector ${wanted}, and does not come back (1.6 §5.13)`, async () => {
    const harness = await (await stationHarness({ station: TWO })).boot();
    await reserve(harness, 1);
    await harness.station.driver.status(1, { status: wanted });
    assert.deepEqual(harness.station.reservations.all, []);
    await harness.station.driver.status(1, { status: "Available" });
    assert.equal(status(harness), "Available");
    await reserve(harness, 0);
    await harness.station.driver.status(0, { status: wanted });
    assert.deepEqual(harness.station.reservations.all, [], "the whole station did");
    await harness.over();
  });
}

Deno.test("a reservation that moves frees the connector that it had (1.6 §5.13)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await reserve(harness, 1);
  await reserve(harness, 2);
  assert.deepEqual([status(harness, 1), status(harness, 2)], ["Available", "Reserved"]);
  await harness.over();
});
