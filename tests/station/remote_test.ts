import assert from "node:assert/strict";
import { stationHarness } from "../support/station_harness.ts";
import { ACCEPTED, answer, CAR, charge, configure, INVALID, status, TAG } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };
const START = { idTag: "REMOTE", connectorId: 1 };

Deno.test("a remote start waits for the car, without Authorize (1.6 §5.11, §9.1.2)", async () => {
  const harness = await (await stationHarness()).boot();
  assert.deepEqual(await harness.call("RemoteStartTransaction", START), { status: "Accepted" });
  assert.deepEqual(harness.said, ["StatusNotification Preparing"]);
  await harness.station.driver.plug(1, CAR);
  await harness.clock.settle();
  assert.deepEqual(harness.said.slice(1), ["StartTransaction", "StatusNotification Charging"]);
  assert.equal(harness.only("StartTransaction").idTag, "REMOTE");
  await harness.over();
});

Deno.test("a remote start whose car never comes is given up after ConnectionTimeOut (1.6 §9.1.8)", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.call("RemoteStartTransaction", START);
  await harness.clock.advance(60_000);
  assert.deepEqual(harness.said, ["StatusNotification Preparing", "StatusNotification Available"]);
  await harness.over();
});

Deno.test("the answer to a remote start goes out before what it leads to", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.station.driver.plug(1, CAR);
  await harness.clock.settle();
  harness.forget();
  await harness.call("RemoteStartTransaction", START);
  assert.deepEqual(harness.csms.sent.map((text) => JSON.parse(text)[0]), [3, 2, 2]);
  assert.deepEqual(harness.said, ["StartTransaction", "StatusNotification Charging"]);
  await harness.over();
});

Deno.test("AuthorizeRemoteTxRequests asks first, and a bad token starts nothing (1.6 §5.11)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { AuthorizeRemoteTxRequests: "true" });
  await harness.station.driver.plug(1, CAR);
  harness.replies.Authorize = INVALID;
  assert.deepEqual(await harness.call("RemoteStartTransaction", START), { status: "Accepted" });
  assert.equal(status(harness), "Preparing");
  delete harness.replies.Authorize;
  await harness.call("RemoteStartTransaction", START);
  await harness.clock.settle();
  assert.equal(status(harness), "Charging");
  assert.equal(harness.payloads("Authorize").length, 2);
  assert(harness.lines.some((line) => line.includes("A remote start comes to nothing")));
  await harness.over();
});

Deno.test("a connector that was taken while the CSMS thought about it stays whose it is", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { AuthorizeRemoteTxRequests: "true", LocalPreAuthorize: "true" });
  await charge(harness);
  await harness.station.driver.unplug(1);
  harness.replies.Authorize = "silence";
  await harness.call("RemoteStartTransaction", START);
  const charging = charge(harness);
  await harness.clock.settle();
  await answer(harness, "Authorize", ACCEPTED);
  await charging;
  assert.deepEqual(harness.station.all.get(1)!.transaction!.facts.idToken, TAG);
  assert.equal(harness.station.all.get(1)!.grant, null);
  await harness.over();
});

Deno.test("a remote start is rejected where nobody can start (1.6 §5.11)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  const rejected = async (connectorId: number) => {
    const said = await harness.call("RemoteStartTransaction", { ...START, connectorId });
    assert.deepEqual(said, { status: "Rejected" });
  };
  await charge(harness, 1);
  await rejected(1);
  await harness.station.driver.status(2, { status: "Faulted" });
  await rejected(2);
  await harness.station.driver.status(2, { status: "Unavailable" });
  await rejected(2);
  await harness.station.driver.status(2, { status: "Available" });
  await harness.call("RemoteStartTransaction", { ...START, connectorId: 2 });
  await rejected(2);
  await harness.over();
});

Deno.test("without a connector the station takes one where a car waits, else a free one (1.6 §5.11)", async () => {
  const station = { connectors: [{ id: 1 }, { id: 2 }, { id: 3 }] };
  const harness = await (await stationHarness({ station })).boot();
  await harness.station.driver.plug(2, CAR);
  const start = (idTag: string) => harness.call("RemoteStartTransaction", { idTag });
  await start("A");
  assert.equal(status(harness, 2), "Charging");
  await start("B");
  assert.equal(status(harness, 1), "Preparing");
  await start("C");
  assert.equal(status(harness, 3), "Preparing");
  assert.deepEqual(await start("D"), { status: "Rejected" });
  await harness.over();
});

Deno.test("the profile of a remote start holds for its transaction only (1.6 §5.11, §3.13.1)", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.call("RemoteStartTransaction", {
    ...START,
    chargingProfile: {
      chargingProfileId: 9,
      stackLevel: 0,
      chargingProfilePurpose: "TxProfile",
      chargingProfileKind: "Relative",
      chargingSchedule: {
        chargingRateUnit: "A",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
      },
    },
  });
  assert.deepEqual(harness.station.profiles.installed, []);
  await harness.station.driver.plug(1, CAR);
  const { meter } = harness.station.all.get(1)!;
  assert.equal(Math.round(meter!.powerW), 6_900);
  await harness.station.driver.stopTransaction(1, {});
  assert.deepEqual(harness.station.profiles.installed, []);
  await harness.over();
});

Deno.test("a remote stop ends the transaction with Remote, the cable stays (1.6 §5.12)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  harness.forget();
  const stop = { transactionId: 1 };
  assert.deepEqual(await harness.call("RemoteStopTransaction", stop), { status: "Accepted" });
  assert.deepEqual(harness.said, ["StopTransaction", "StatusNotification Finishing"]);
  const { reason, idTag } = harness.only("StopTransaction");
  assert.deepEqual([reason, idTag], ["Remote", undefined]);
  assert.deepEqual(await harness.call("RemoteStopTransaction", stop), { status: "Rejected" });
  await harness.over();
});

Deno.test("unlocking ends the transaction with UnlockCommand (1.6 §5.18)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  const unlocked = await harness.call("UnlockConnector", { connectorId: 1 });
  assert.deepEqual(unlocked, { status: "Unlocked" });
  assert.equal(harness.only("StopTransaction").reason, "UnlockCommand");
  await harness.station.driver.status(1, { status: "Faulted" });
  const failed = await harness.call("UnlockConnector", { connectorId: 1 });
  assert.deepEqual(failed, { status: "UnlockFailed" });
  await harness.over();
});
