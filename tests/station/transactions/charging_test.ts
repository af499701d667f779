import assert from "node:assert/strict";
import { stationHarness } from "../../support/station_harness.ts";
import {
  ACCEPTED,
  answer,
  CAR,
  charge,
  configure,
  HOUR_MS,
  INVALID,
  OTHER,
  status,
  TAG,
} from "../sessions.ts";

Deno.test("a car, then a token: the messages come in the order of 1.6 §4.1, §4.8 and §4.9", async () => {
  const harness = await (await stationHarness()).boot();
  const deed = await charge(harness);
  assert.deepEqual(harness.said, [
    "StatusNotification Preparing",
    "Authorize",
    "StartTransaction",
    "StatusNotification Charging",
  ]);
  assert.deepEqual(deed, {
    kind: "done",
    transactionId: 1,
    csms: { action: "StartTransaction", payload: { ...ACCEPTED, transactionId: 1 } },
  });
  assert.deepEqual(harness.only("StartTransaction"), {
    connectorId: 1,
    idTag: "TAG-1",
    meterStart: 0,
    timestamp: "2026-01-01T00:00:00.000Z",
  });
  await harness.over();
});

Deno.test("a token, then a car: it begins when the cable goes in (1.6 §4.8)", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  assert.equal((await driver.authorize(1, TAG)).kind, "done");
  assert.equal(status(harness), "Preparing");
  await harness.clock.advance(59_000);
  const deed = await driver.plug(1, CAR);
  assert(deed.kind === "done" && deed.transactionId === 1, JSON.stringify(deed));
  await harness.clock.advance(2_000);
  assert.deepEqual(harness.said, [
    "Authorize",
    "StatusNotification Preparing",
    "StartTransaction",
    "StatusNotification Charging",
  ]);
  await harness.over();
});

Deno.test("ConnectionTimeOut: whoever does not plug in in time has to begin anew (1.6 §9.1.8)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { ConnectionTimeOut: "90" });
  await harness.station.driver.authorize(1, TAG);
  await harness.clock.advance(89_999);
  assert.equal(status(harness), "Preparing");
  await harness.clock.advance(1);
  assert.equal(status(harness), "Available");
  await harness.station.driver.plug(1, CAR);
  assert.equal(status(harness), "Preparing");
  assert.deepEqual(harness.payloads("StartTransaction"), []);
  await harness.over();
});

Deno.test("a cable pulled while StartTransaction is under way ends what it starts (1.6 §4.8, §4.10)", async () => {
  const harness = await (await stationHarness({ replies: { StartTransaction: "silence" } })).boot();
  const { driver } = harness.station;
  await driver.plug(1, CAR);
  const [started, ended] = [driver.authorize(1, TAG), harness.clock.settle()];
  await ended;
  const unplugged = driver.unplug(1);
  await harness.clock.settle();
  assert.deepEqual(harness.payloads("StopTransaction"), [], "its id is not known yet");
  await answer(harness, "StartTransaction", { ...ACCEPTED, transactionId: 42 });
  assert.equal(harness.only("StopTransaction").transactionId, 42);
  assert.equal(harness.only("StopTransaction").reason, "EVDisconnected");
  for (const deed of [await started, await unplugged]) {
    assert(deed.kind === "done" && deed.transactionId === 42, JSON.stringify(deed));
  }
  assert.equal(status(harness), "Available");
  await harness.over();
});

Deno.test("a token that is invalid at the start ends it with DeAuthorized (1.6 §4.8)", async () => {
  const reply = { ...INVALID, transactionId: 7 };
  const harness = await (await stationHarness({ replies: { StartTransaction: reply } })).boot();
  const deed = await charge(harness);
  assert(deed.kind === "refused" && deed.reason.includes("did not accept"), JSON.stringify(deed));
  assert.deepEqual(deed.csms, { action: "StartTransaction", payload: reply });
  assert.deepEqual(harness.said.slice(0, 4), [
    "StatusNotification Preparing",
    "Authorize",
    "StartTransaction",
    "StatusNotification Charging",
  ]);
  assert(harness.said.includes("StatusNotification Finishing"));
  const { transactionId, reason } = harness.only("StopTransaction");
  assert.deepEqual([transactionId, reason], [7, "DeAuthorized"]);
  await harness.over();
});

Deno.test("the same of a car that was plugged in after its token", async () => {
  const reply = { ...INVALID, transactionId: 7 };
  const harness = await (await stationHarness({ replies: { StartTransaction: reply } })).boot();
  await harness.station.driver.authorize(1, TAG);
  const deed = await harness.station.driver.plug(1, CAR);
  assert(deed.kind === "refused" && deed.csms !== undefined, JSON.stringify(deed));
  await harness.over();
});

for (const [most, flows] of [["0", false], ["500", true]] as const) {
  Deno.test(`without StopTransactionOnInvalidId it goes on, with ${most} Wh at most (1.6 §9.1.15, §9.1.26)`, async () => {
    const reply = { ...INVALID, transactionId: 7 };
    const harness = await (await stationHarness({ replies: { StartTransaction: reply } })).boot();
    await configure(harness, {
      StopTransactionOnInvalidId: "false",
      MaxEnergyOnInvalidId: most,
      MeterValueSampleInterval: "0",
    });
    const deed = await charge(harness);
    assert(deed.kind === "done" && deed.transactionId === 7);
    assert.equal(status(harness), flows ? "Charging" : "SuspendedEVSE");
    await harness.clock.advance(HOUR_MS);
    assert.equal(status(harness), "SuspendedEVSE");
    assert.deepEqual(harness.payloads("StopTransaction"), []);
    // It is looked at every ten seconds, in which 31 Wh flow.
    const { importWh } = harness.station.all.get(1)!.meter!;
    assert(importWh >= Number(most) && importWh <= Number(most) * 1.07, `${importWh} Wh`);
    await harness.over();
  });
}

Deno.test("offline both ends are queued, and keep their times and get their id later (1.6 §3.7)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, {
    AllowOfflineTxForUnknownId: "true",
    MeterValueSampleInterval: "1800",
  });
  await harness.lose();
  const started = await charge(harness);
  const own = harness.station.all.get(1)!.transaction!.facts.id;
  assert.deepEqual(started, { kind: "queued", transactionId: own });
  await harness.clock.advance(HOUR_MS);
  const stopped = await harness.station.driver.stopTransaction(1, { idToken: TAG });
  assert.deepEqual(stopped, { kind: "queued", transactionId: own });
  await harness.clock.advance(HOUR_MS);
  harness.replies.StartTransaction = { ...ACCEPTED, transactionId: 4711 };
  await harness.open();
  // What waited is told at a bounded rate.
  await harness.clock.advance(5_000);
  assert.deepEqual(harness.csms.actions.filter((action) => action !== "StatusNotification"), [
    "StartTransaction",
    "MeterValues",
    "MeterValues",
    "StopTransaction",
  ]);
  assert.equal(harness.only("StartTransaction").timestamp, "2026-01-01T00:00:00.000Z");
  assert(harness.payloads("MeterValues").every(({ transactionId }) => transactionId === 4711));
  const { transactionId, timestamp, meterStop } = harness.only("StopTransaction");
  assert.deepEqual([transactionId, timestamp], [4711, "2026-01-01T01:00:00.000Z"]);
  assert.equal(meterStop, 11_040);
  const [ended] = harness.station.charging.ended;
  assert.deepEqual([ended!.facts.id, ended!.facts.csmsId], [own, 4711]);
  await harness.over();
});

Deno.test("two sessions in a row: each with its own id, the second from where the meter stood", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  for (const _ of [1, 2]) {
    await charge(harness);
    await harness.clock.advance(HOUR_MS / 2);
    await driver.stopTransaction(1, { idToken: TAG });
    await driver.unplug(1);
  }
  const starts = harness.payloads("StartTransaction").map(({ meterStart }) => meterStart);
  const stops = harness.payloads("StopTransaction");
  assert.deepEqual(stops.map(({ transactionId }) => transactionId), [1, 2]);
  assert.deepEqual([starts, stops.map(({ meterStop }) => meterStop)], [[0, 5_520], [
    5_520,
    11_040,
  ]]);
  await harness.over();
});

Deno.test("a second token charges on without a new cable (1.6 §4.9, Finishing to Preparing)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await harness.station.driver.stopTransaction(1, {});
  assert.equal(status(harness), "Finishing");
  harness.forget();
  const deed = await harness.station.driver.authorize(1, OTHER);
  await harness.clock.settle();
  assert(deed.kind === "done" && deed.transactionId === 2);
  assert.deepEqual(harness.said, [
    "Authorize",
    "StatusNotification Preparing",
    "StartTransaction",
    "StatusNotification Charging",
  ]);
  await harness.over();
});

Deno.test("what the CSMS says to the end is kept of the token that ended it (1.6 §6.50, §3.5.1)", async () => {
  const idTagInfo = { status: "Accepted", parentIdTag: "FAMILY" };
  const harness = await (await stationHarness({
    replies: {
      Authorize: { idTagInfo },
      StartTransaction: { idTagInfo, transactionId: 1 },
      StopTransaction: { idTagInfo: { status: "Blocked" } },
    },
  })).boot();
  await charge(harness);
  assert.equal((await harness.station.driver.authorize(1, OTHER)).kind, "done");
  await harness.clock.settle();
  const { cache } = harness.station;
  assert.equal(cache.find(TAG, harness.clock.now(), 0)?.status, "Accepted");
  assert.equal(cache.find(OTHER, harness.clock.now(), 0)?.status, "Blocked");
  await harness.over();
});

Deno.test("the last ten transactions are remembered, the latest first", async () => {
  const harness = await (await stationHarness()).boot();
  for (let count = 1; count <= 12; count++) {
    await charge(harness);
    await harness.station.driver.unplug(1);
  }
  const names = harness.station.charging.ended.map(({ name }) => name);
  assert.deepEqual(names, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  await harness.over();
});

Deno.test("a station that is stopped in the midst of it all leaves no timer", async () => {
  const harness = await (await stationHarness({ station: { connectors: [{ id: 1 }, { id: 2 }] } }))
    .boot();
  await configure(harness, { ClockAlignedDataInterval: "900", MinimumStatusDuration: "5" });
  await charge(harness);
  await harness.station.driver.authorize(2, OTHER);
  await harness.call("SetChargingProfile", {
    connectorId: 1,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: "TxProfile",
      chargingProfileKind: "Relative",
      chargingSchedule: {
        duration: 600,
        chargingRateUnit: "W",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 5_000 }],
      },
    },
  });
  assert(harness.clock.pending > 4, "there is something to let go of");
  await harness.lose();
  harness.station.stop();
  // The memory of all stations writes soon.
  await harness.clock.advance(1_000);
  assert.equal(harness.clock.pending, 0);
  await harness.over();
});
