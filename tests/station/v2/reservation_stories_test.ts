/**
 * Reservations as a whole station of 2.x keeps them (part 2 H).
 *
 * @module
 */
import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { accepted, ANNA, BEN, CAR, charge, driven, FAMILY, set, TWO } from "./stories.ts";
import { VERSIONS } from "./support.ts";

const HOUR_MS = 3_600_000;

/** ReserveNow for ANNA, for an hour: the answer's status. */
async function reserve(harness: StationHarness, more: object = {}): Promise<unknown> {
  const expiryDateTime = new Date(harness.clock.now() + HOUR_MS).toISOString();
  const wanted = { id: 7, idToken: ANNA, expiryDateTime, ...more };
  const { status } = await harness.call("ReserveNow", wanted);
  await harness.clock.settle();
  return status;
}

/** `1 Reserved`, …: the statuses that were told. */
function told(harness: StationHarness): readonly string[] {
  return harness.payloads("StatusNotification").map(({ evseId, connectorStatus }) =>
    `${evseId} ${connectorStatus}`
  );
}

/** `7 Expired`, …: what was said of reservations. */
function updates(harness: StationHarness): readonly string[] {
  return harness.payloads("ReservationStatusUpdate").map(
    ({ reservationId, reservationUpdateStatus }) => `${reservationId} ${reservationUpdateStatus}`,
  );
}

for (const version of VERSIONS) {
  Deno.test(`${version}, H01.FR.20: an open reservation shows on the last EVSE that is left for it`, async () => {
    const harness = await (await stationHarness({ version, station: TWO })).boot();
    assert.equal(await reserve(harness), "Accepted");
    assert.deepEqual(told(harness), [], "either will do");
    await charge(harness, 1, BEN);
    assert.deepEqual(told(harness).at(-1), "2 Reserved");
    const other = await driven(harness, harness.station.driver.authorize(2, BEN));
    assert(other.kind === "refused" && other.reason.includes("reserved for somebody else"));
    await driven(harness, harness.station.driver.unplug(1));
    assert.deepEqual(told(harness).slice(-2).toSorted(), ["1 Available", "2 Available"]);
    await harness.over();
  });

  Deno.test(`${version}, H02.FR.06: cancelling it sets free what was held for it`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await reserve(harness);
    assert.deepEqual(told(harness), ["1 Reserved"], "H01.FR.24: there is no other");
    const { status } = await harness.call("CancelReservation", { reservationId: 7 });
    assert.equal(status, "Accepted");
    await harness.clock.settle();
    assert.deepEqual(told(harness), ["1 Reserved", "1 Available"]);
    assert.deepEqual(updates(harness), [], "the CSMS knows");
    await harness.over();
  });

  Deno.test(`${version}, G01.FR.09: a cable alone does not change an EVSE that is held`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await reserve(harness);
    await driven(harness, harness.station.driver.plug(1, CAR));
    assert.deepEqual(told(harness), ["1 Reserved"]);
    assert.equal((await driven(harness, harness.station.driver.authorize(1, ANNA))).kind, "done");
    assert.equal(told(harness).at(-1), "1 Occupied");
    assert.equal(harness.payloads("TransactionEvent")[0]?.reservationId, 7, "H01.FR.15");
    await harness.over();
  });

  Deno.test(`${version}, H01: a type of connector is reserved without naming an EVSE`, async () => {
    const station = { connectors: [{ id: 1 }, { id: 2, type: "CCS2" }] };
    const harness = await (await stationHarness({ version, station })).boot();
    assert.equal(await reserve(harness, { connectorType: "cCCS2" }), "Accepted");
    assert.deepEqual(told(harness), ["2 Reserved"]);
    assert.equal(await reserve(harness, { id: 8, connectorType: "cCCS2" }), "Occupied");
    assert.equal(await reserve(harness, { id: 8, connectorType: "cG105" }), "Rejected");
    await charge(harness, 1);
    assert.equal(harness.payloads("TransactionEvent")[0]?.reservationId, undefined, "H03.FR.02");
    await harness.over();
  });

  Deno.test(`${version}, H03: a remote start for the group of a reservation uses it`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await reserve(harness, { evseId: 1, groupIdToken: FAMILY });
    const start = (more: object) =>
      harness.call("RequestStartTransaction", {
        idToken: BEN,
        evseId: 1,
        remoteStartId: 1,
        ...more,
      });
    const refused = await start({});
    assert.equal(refused.status, "Rejected", "F01.FR.21");
    assert.match(JSON.stringify(refused), /Connector 1 is reserved for somebody else/);
    assert.equal((await start({ groupIdToken: FAMILY })).status, "Accepted", "F01.FR.22");
    await driven(harness, harness.station.driver.plug(1, CAR));
    assert.equal(harness.payloads("TransactionEvent")[0]?.reservationId, 7);
    await harness.over();
  });

  Deno.test(`${version}, H03: the group that the CSMS tells of lets a token in`, async () => {
    const replies = { Authorize: accepted({ groupIdToken: FAMILY }) };
    const harness = await (await stationHarness({ version, replies })).boot();
    await reserve(harness, { evseId: 1, groupIdToken: FAMILY });
    assert.equal((await charge(harness, 1, BEN)).kind, "done");
    await harness.over();
  });

  Deno.test(`${version}, H04.FR.01: a reservation that nobody used has Expired`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await reserve(harness, { evseId: 1 });
    await harness.clock.advance(HOUR_MS);
    await harness.clock.settle();
    assert.deepEqual(updates(harness), ["7 Expired"]);
    assert.deepEqual(told(harness), ["1 Reserved", "1 Available"]);
    await harness.over();
  });

  Deno.test(`${version}, H04.FR.01: the CSMS hears it later if it cannot be reached`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await reserve(harness, { evseId: 1 });
    await harness.lose();
    await harness.clock.advance(HOUR_MS);
    assert.deepEqual(updates(harness), []);
    await harness.open();
    await harness.clock.settle();
    assert.deepEqual(updates(harness), ["7 Expired"]);
    await harness.lose();
    await harness.open();
    await harness.clock.settle();
    assert.deepEqual(updates(harness), ["7 Expired"], "once");
    await harness.over();
  });

  Deno.test(`${version}, H01.FR.16, FR.17: out of service, EVSEs lose their reservations`, async () => {
    const harness = await (await stationHarness({ version, station: TWO })).boot();
    await reserve(harness, { evseId: 1 });
    await reserve(harness, { id: 8, idToken: BEN });
    assert.deepEqual(told(harness), ["1 Reserved", "2 Reserved"]);
    await driven(harness, harness.station.driver.status(2, { status: "Faulted" }));
    assert.deepEqual(updates(harness), ["8 Removed"]);
    await driven(harness, harness.station.driver.status(1, { status: "Faulted" }));
    assert.deepEqual(updates(harness), ["8 Removed", "7 Removed"]);
    assert.deepEqual(harness.station.reservations.all, []);
    await harness.over();
  });

  Deno.test(`${version}, H03: a token that takes a reservation and plugs nothing in has wasted it`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await reserve(harness, { evseId: 1 });
    await driven(harness, harness.station.driver.authorize(1, ANNA));
    assert.deepEqual(harness.station.reservations.all, [], "H03.FR.09: it is used");
    await harness.clock.advance(60_000);
    await harness.clock.settle();
    assert.deepEqual(updates(harness), version === "2.1" ? ["7 NoTransaction"] : []);
    await harness.over();
  });

  Deno.test(`${version}, ReservationCtrlr.Enabled: where it is false nothing is reserved`, async () => {
    const harness = await (await stationHarness({ version })).boot();
    await set(harness, { "ReservationCtrlr.Enabled": "false" });
    assert.equal(await reserve(harness, { evseId: 1 }), "Rejected");
    await harness.over();
  });
}
