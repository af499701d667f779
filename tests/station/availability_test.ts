import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";
import { CAR, charge, OTHER, status, TAG } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

/** ChangeAvailability as a CSMS sends it: the answer's status. */
async function change(harness: StationHarness, connectorId: number, type: string) {
  return (await harness.call("ChangeAvailability", { connectorId, type })).status;
}

/** What was told: `1 Unavailable`. */
function told(harness: StationHarness): string[] {
  return harness.payloads("StatusNotification")
    .map(({ connectorId, status }) => `${connectorId} ${status}`);
}

Deno.test("a connector goes out of service and comes back (1.6 §5.2)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  assert.equal(await change(harness, 1, "Inoperative"), "Accepted");
  assert.equal(await change(harness, 1, "Inoperative"), "Accepted");
  const deed = await harness.station.driver.authorize(1, TAG);
  assert(deed.kind === "refused" && deed.reason === "Connector 1 is Unavailable");
  assert.equal(await change(harness, 1, "Operative"), "Accepted");
  assert.deepEqual(told(harness), ["1 Unavailable", "1 Available"]);
  assert.equal(await change(harness, 3, "Operative"), "Rejected");
  await harness.over();
});

Deno.test("in a transaction it is Scheduled, and takes effect at its end (1.6 §5.2)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await charge(harness);
  harness.forget();
  assert.equal(await change(harness, 1, "Inoperative"), "Scheduled");
  assert.deepEqual(told(harness), []);
  await harness.station.driver.stopTransaction(1, {});
  await harness.clock.settle();
  assert.deepEqual(harness.said, [
    "StopTransaction",
    "StatusNotification Finishing",
    "StatusNotification Unavailable",
  ]);
  await harness.station.driver.unplug(1);
  assert.equal(status(harness), "Unavailable");
  await harness.over();
});

Deno.test("what was scheduled can be taken back (1.6 §5.2)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  assert.equal(await change(harness, 1, "Inoperative"), "Scheduled");
  assert.equal(await change(harness, 1, "Operative"), "Accepted");
  await harness.station.driver.unplug(1);
  assert.equal(status(harness), "Available");
  await harness.over();
});

Deno.test("connector 0 is the station and all that it has (1.6 §5.2)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  assert.equal(await change(harness, 0, "Inoperative"), "Accepted");
  assert.deepEqual(told(harness).toSorted(), ["0 Unavailable", "1 Unavailable", "2 Unavailable"]);
  harness.forget();
  assert.equal(await change(harness, 0, "Operative"), "Accepted");
  assert.deepEqual(told(harness).toSorted(), ["0 Available", "1 Available", "2 Available"]);
  await harness.over();
});

Deno.test("the station is Scheduled as a whole, what is free is closed at once (1.6 §5.2, G03.FR.05)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await charge(harness, 1);
  harness.forget();
  assert.equal(await change(harness, 0, "Inoperative"), "Scheduled");
  assert.deepEqual(told(harness), ["2 Unavailable"]);
  await harness.station.driver.unplug(1);
  await harness.clock.settle();
  assert.deepEqual(told(harness), [
    "2 Unavailable",
    "1 Finishing",
    "1 Unavailable",
    "0 Unavailable",
  ]);
  await harness.over();
});

Deno.test("who waits at a connector that closes has to go (1.6 §4.9)", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.station.driver.authorize(1, TAG);
  harness.forget();
  await change(harness, 1, "Inoperative");
  assert.deepEqual(told(harness), ["1 Available", "1 Unavailable"]);
  await harness.station.driver.plug(1, CAR);
  await change(harness, 1, "Operative");
  assert.equal(status(harness), "Preparing");
  assert.deepEqual(harness.payloads("StartTransaction"), []);
  await harness.over();
});

Deno.test("it lasts over a reboot (1.6 §5.2)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await change(harness, 1, "Inoperative");
  await harness.call("Reset", { type: "Hard" });
  await harness.lose();
  harness.forget();
  await harness.open();
  assert.deepEqual(told(harness), ["0 Available", "1 Unavailable", "2 Available"]);
  await harness.over();
});

Deno.test("during an installation everything closes, what is in use as soon as it is not (L01.FR.07)", async () => {
  const station = { connectors: [{ id: 1 }, { id: 2 }, { id: 3 }] };
  const harness = await (await stationHarness({ station })).boot();
  const { availability, driver } = harness.station;
  await change(harness, 3, "Inoperative");
  await charge(harness, 1);
  availability.close(true);
  assert.deepEqual([1, 2, 3].map((id) => status(harness, id)), [
    "Charging",
    "Unavailable",
    "Unavailable",
  ]);
  await driver.unplug(1);
  assert.equal(status(harness, 1), "Unavailable");
  assert.equal((await driver.authorize(1, OTHER)).kind, "refused");
  availability.close(false);
  assert.deepEqual([1, 2, 3].map((id) => status(harness, id)), [
    "Available",
    "Available",
    "Unavailable",
  ]);
  await harness.over();
});

Deno.test("what the CSMS closes or opens during an installation is so after it", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  const { availability } = harness.station;
  availability.close(true);
  assert.equal(await change(harness, 1, "Inoperative"), "Accepted");
  assert.equal(await change(harness, 2, "Operative"), "Accepted");
  assert.equal(status(harness, 2), "Unavailable", "not before the installation is over");
  availability.close(false);
  assert.deepEqual([status(harness, 1), status(harness, 2)], ["Unavailable", "Available"]);
  await harness.over();
});

Deno.test("what was scheduled before an installation still takes effect", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  assert.equal(await change(harness, 1, "Inoperative"), "Scheduled");
  harness.station.availability.close(true);
  harness.station.availability.close(false);
  await harness.station.driver.unplug(1);
  assert.equal(status(harness), "Unavailable");
  await harness.over();
});

Deno.test("an installation that comes to nothing leaves a running transaction alone", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  harness.station.availability.close(true);
  harness.station.availability.close(false);
  await harness.station.driver.unplug(1);
  assert.equal(status(harness), "Available");
  await harness.over();
});
