import assert from "node:assert/strict";
import type { StationHarness } from "../../support/station_harness.ts";
import { ANNA, BEN, CAR, course, events, stationWith, walk } from "./courses.ts";
import { VERSIONS } from "./support.ts";

const TWO = { station: { connectors: [{ id: 1 }, { id: 2 }] } };

/** The connection goes with the station, and comes back with it. */
async function comeBack(harness: StationHarness): Promise<void> {
  assert.deepEqual(harness.csms.reconnects, [3_000]);
  await harness.lose();
  await harness.clock.advance(3_000);
  await harness.open();
  await harness.clock.advance(1_000);
}

function statuses(harness: StationHarness, evseId: number): unknown[] {
  return harness.payloads("StatusNotification").filter((one) => one.evseId === evseId)
    .map(({ connectorStatus }) => connectorStatus);
}

for (const version of VERSIONS) {
  Deno.test(`${version}, B12: an immediate reset says how transactions end before it goes`, async () => {
    const harness = await stationWith(version);
    await walk(harness, ["plug", "authorize"]);
    assert.deepEqual(await harness.call("Reset", { type: "Immediate" }), { status: "Accepted" });
    assert.equal(course(harness).at(-1), "2 Ended ResetCommand EVConnected ImmediateReset");
    await comeBack(harness);
    assert.equal(harness.only("BootNotification").reason, "RemoteReset");
    await harness.over();
  });

  Deno.test(`${version}, B12: on idle it waits for the last transaction, lets none begin, and boots then`, async () => {
    const harness = await stationWith(version, {}, TWO);
    await walk(harness, ["plug", "authorize"]);
    assert.deepEqual(await harness.call("Reset", { type: "OnIdle" }), { status: "Scheduled" });
    await harness.clock.settle();
    assert.deepEqual(statuses(harness, 2), ["Unavailable"]);
    await harness.station.driver.plug(2, CAR);
    assert.equal((await harness.station.driver.authorize(2, BEN)).kind, "refused");
    await harness.clock.advance(600_000);
    assert.deepEqual(harness.csms.reconnects, []);
    await walk(harness, ["stop"]);
    assert.equal(course(harness).at(-1), "2 Ended StopAuthorized EVConnected Local");
    await comeBack(harness);
    assert.equal(harness.only("BootNotification").reason, "ScheduledReset");
    assert.equal(harness.station.status(1).status, "Preparing", "the car may begin anew");
    assert.equal(statuses(harness, 2).at(-1), "Occupied");
    await harness.over();
  });

  Deno.test(`${version}, B12: an immediate reset takes the place of one that waits`, async () => {
    const harness = await stationWith(version, {}, TWO);
    await walk(harness, ["plug", "authorize"]);
    await harness.call("Reset", { type: "OnIdle" });
    await harness.call("Reset", { type: "Immediate" });
    await comeBack(harness);
    assert.equal(harness.only("BootNotification").reason, "RemoteReset");
    await walk(harness, ["unplug"]);
    await harness.clock.advance(60_000);
    assert.deepEqual(harness.csms.reconnects, [3_000], "and that is the end of it");
    assert.equal(harness.station.status(2).status, "Available");
    await harness.over();
  });

  Deno.test(`${version}, B12: an EVSE is reset without the station and without the others`, async () => {
    const harness = await stationWith(version, {}, TWO);
    await walk(harness, ["plug", "authorize"]);
    await harness.station.driver.plug(2, CAR);
    const other = harness.station.driver.authorize(2, ANNA);
    await harness.clock.settle();
    await other;
    const request = { type: "Immediate", evseId: 1 };
    assert.deepEqual(await harness.call("Reset", request), { status: "Accepted" });
    await harness.clock.settle();
    const ended = events(harness).filter(({ eventType }) => eventType === "Ended");
    assert.deepEqual(ended.map(({ transactionInfo }) => transactionInfo.stoppedReason), [
      "ImmediateReset",
    ]);
    assert.equal(statuses(harness, 1).at(-1), "Unavailable");
    assert.equal(harness.station.status(2).status, "Charging");
    await harness.clock.advance(3_000);
    assert.equal(statuses(harness, 1).at(-1), "Occupied");
    assert.deepEqual(harness.csms.reconnects, []);
    await harness.over();
  });

  Deno.test(`${version}, B12: an EVSE on idle waits for its own transaction`, async () => {
    const harness = await stationWith(version, {}, TWO);
    await walk(harness, ["plug", "authorize"]);
    const request = { type: "OnIdle", evseId: 1 };
    assert.deepEqual(await harness.call("Reset", request), { status: "Scheduled" });
    await walk(harness, ["unplug"]);
    assert.equal(statuses(harness, 1).at(-1), "Unavailable");
    await harness.clock.advance(3_000);
    assert.deepEqual([statuses(harness, 1).at(-1), harness.csms.reconnects], ["Available", []]);
    await harness.over();
  });

  Deno.test(`${version}, B11: an EVSE that is out of service stays so over its reset`, async () => {
    const harness = await stationWith(version, {}, TWO);
    const request = { operationalStatus: "Inoperative", evse: { id: 1 } };
    await harness.call("ChangeAvailability", request);
    await harness.call("Reset", { type: "Immediate", evseId: 1 });
    await harness.clock.advance(3_000);
    assert.equal(harness.station.status(1).status, "Unavailable");
    await harness.over();
  });
}

Deno.test("2.1, B13: a transaction that goes on after a reset says so", async () => {
  const harness = await stationWith("2.1");
  await walk(harness, ["plug", "authorize"]);
  const request = { type: "ImmediateAndResume" };
  assert.deepEqual(await harness.call("Reset", request), { status: "Accepted" });
  await comeBack(harness);
  assert.deepEqual(course(harness).slice(2), [
    "2 Updated ResetCommand SuspendedEVSE",
    "3 Updated TxResumed SuspendedEVSE",
    "4 Updated ChargingStateChanged Charging",
  ]);
  assert.equal(new Set(events(harness).map((one) => one.transactionInfo.transactionId)).size, 1);
  await walk(harness, ["stop"]);
  assert.equal(course(harness).at(-1), "5 Ended StopAuthorized EVConnected Local");
  await harness.over();
});
