/**
 * What is short beyond charging: streams, swaps, publishing, reports of profiles, refusals, and what
 * only a tester sends.
 *
 * @module
 */
import assert from "node:assert/strict";
import { moreCommands201, moreCommands21 } from "../../../src/station/v2/more_commands.ts";
import { moreMessages201, moreMessages21 } from "../../../src/station/v2/more_messages.ts";
import { reservationStatusUpdate201 as reservationStatusUpdate } from "../../../src/station/v2/reservation_status_update.ts";
import { charge, facilityHarness } from "../facility_harness.ts";
import { profile } from "../smart/builders.ts";
import { reasonOf, spell, VERSIONS } from "./support.ts";

Deno.test("N11 to N15: a stream is opened, listed, adjusted, sent as SEND, and closed", async () => {
  const harness = await facilityHarness({
    version: "2.1",
    replies: { OpenPeriodicEventStream: { status: "Accepted" } },
  });
  const { streams } = harness.station.services.facilities;
  const opened = streams.open({
    monitorId: 8,
    rate: { intervalS: null, values: 2 },
    periodS: 1,
    read: () => "230.1",
  });
  assert(await opened);
  const params = { values: 2 };
  const stream = { id: 1, variableMonitoringId: 8, params };
  assert.deepEqual(harness.only("OpenPeriodicEventStream"), { constantStreamData: stream });
  assert.deepEqual(await harness.call("GetPeriodicEventStream", {}), {
    constantStreamData: [stream],
  });
  await harness.clock.advance(2000);
  const sends = harness.csms.sent.map((text) => JSON.parse(text)).filter(([type]) => type === 6);
  assert.equal(sends.length, 1);
  const [, , action, { basetime, ...data }] = sends[0];
  assert.equal(action, "NotifyPeriodicEventStream");
  assert(Number.isFinite(Date.parse(basetime)));
  assert.deepEqual(data, {
    id: 1,
    pending: 0,
    data: [{ t: 0, v: "230.1" }, { t: 1, v: "230.1" }],
  });
  const adjust = (id: number) =>
    harness.call("AdjustPeriodicEventStream", { id, params: { interval: 60 } });
  assert.deepEqual(await adjust(1), { status: "Accepted" });
  assert.equal((await adjust(2)).status, "Rejected");
  streams.closeOf(8);
  await harness.clock.settle();
  assert.deepEqual(harness.only("ClosePeriodicEventStream"), { id: 1 });
  assert.deepEqual(await harness.call("GetPeriodicEventStream", {}), {});
  await harness.over();
});

Deno.test("S02: a battery is swapped, one at a time", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const request = { requestId: 4, idToken: { idToken: "ANNA", type: "Central" } };
  assert.deepEqual(await harness.call("RequestBatterySwap", request), { status: "Accepted" });
  assert.equal((await harness.call("RequestBatterySwap", request)).status, "Rejected");
  await harness.clock.advance(60_000);
  const told = harness.payloads("BatterySwap");
  assert.deepEqual(told.map(({ eventType, requestId }) => [eventType, requestId]), [
    ["BatteryIn", 4],
    ["BatteryOut", 4],
  ]);
  await harness.over();
});

for (const version of VERSIONS) {
  Deno.test(`K09 in ${version}: profiles are reported by place, and found by what is asked`, async () => {
    const harness = await facilityHarness({ version });
    const { profiles } = harness.station;
    const limits = { maxStackLevel: 9, maxPeriods: 9, maxInstalled: 9, units: ["A", "W"] } as const;
    const facts = { at: harness.station.now(), limits, transaction: null };
    const start = { startSchedule: harness.station.now() };
    assert.equal(profiles.install(0, profile([[0, 9000]], { id: 1 }, start), facts), null);
    assert.equal(profiles.install(2, profile([[0, 5000, 1]], { id: 2 }, start), facts), null);
    const ask = (evseId: number | undefined, chargingProfile: object) =>
      harness.call("GetChargingProfiles", { requestId: 6, evseId, chargingProfile });
    assert.deepEqual(await ask(undefined, {}), { status: "Accepted" });
    await harness.clock.settle();
    const told = harness.payloads("ReportChargingProfiles") as unknown as readonly {
      evseId: number;
      tbc: boolean;
      chargingProfile: readonly { id: number; chargingSchedule: readonly object[] }[];
    }[];
    assert.deepEqual(
      told.map(({ evseId, tbc, chargingProfile }) => [
        evseId,
        tbc,
        chargingProfile.map(({ id }) => id),
      ]),
      [[0, true, [1]], [2, false, [2]]],
    );
    assert.deepEqual(told[1]?.chargingProfile[0]?.chargingSchedule, [{
      id: 0,
      startSchedule: new Date(start.startSchedule).toISOString(),
      chargingRateUnit: "W",
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 5000, numberPhases: 1 }],
    }]);
    assert.equal((await ask(1, {})).status, "NoProfiles");
    assert.equal((await ask(0, { chargingProfileId: [2] })).status, "NoProfiles");
    assert.equal((await ask(undefined, { stackLevel: 1 })).status, "NoProfiles");
    assert.equal((await ask(undefined, { chargingLimitSource: ["EMS"] })).status, "NoProfiles");
    assert.equal((await ask(2, { chargingLimitSource: ["CSO"] })).status, "Accepted");
    await harness.clock.settle();
    await harness.over();
  });

  Deno.test(`L03, L04 in ${version}: one firmware is fetched at a time, and none is published`, async () => {
    const harness = await facilityHarness({ version });
    const checksum = "0".repeat(32);
    assert.deepEqual(await harness.call("UnpublishFirmware", { checksum }), {
      status: "NoFirmware",
    });
    const request = { requestId: 2, location: "ftp://a/b", checksum, retries: 0 };
    assert.deepEqual(await harness.call("PublishFirmware", request), { status: "Accepted" });
    await harness.clock.settle();
    const told = harness.payloads("PublishFirmwareStatusNotification");
    assert.deepEqual(told, [
      { status: "Downloading", requestId: 2 },
      { status: "DownloadFailed", requestId: 2 },
    ]);
    await harness.over();
  });
}

Deno.test("K21: a transaction charges by the profile for priority, until that is taken back", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const use = (transactionId: string, activate: boolean) =>
    harness.call("UsePriorityCharging", { transactionId, activate });
  assert.equal((await use("nobody's", true)).status, "Rejected");
  const transactionId = await charge(harness);
  assert.equal((await use(transactionId, true)).status, "NoProfile");
  const { profiles } = harness.station;
  const limits = { maxStackLevel: 9, maxPeriods: 9, maxInstalled: 9, units: ["A", "W"] } as const;
  const facts = { at: harness.station.now(), limits, transaction: null };
  const slow = profile([[0, 5000]], { id: 1 }, { startSchedule: 0 });
  const fast = profile([[0, 9000]], { id: 2, purpose: "PriorityCharging" }, { startSchedule: 0 });
  assert.equal(profiles.install(0, slow, facts), null);
  assert.equal(profiles.install(0, fast, facts), null);
  const watts = () => harness.station.flow.limit(harness.station.all.get(1)!).watts;
  assert.equal(watts(), 5000);
  assert.deepEqual(await use(transactionId, true), { status: "Accepted" });
  assert.equal(watts(), 9000);
  assert.deepEqual(await use(transactionId, false), { status: "Accepted" });
  assert.equal(watts(), 5000);
  await harness.over();
});

Deno.test("K28: a Dynamic profile bends what flows as the CSMS says", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  await charge(harness);
  const update = (chargingProfileId: number, scheduleUpdate: object) =>
    harness.call("UpdateDynamicSchedule", { chargingProfileId, scheduleUpdate });
  assert.equal((await update(1, { limit: 5000 })).status, "Rejected");
  const limits = { maxStackLevel: 9, maxPeriods: 9, maxInstalled: 9, units: ["A", "W"] } as const;
  const facts = { at: harness.station.now(), limits, transaction: null };
  const dynamic = profile([[0, 9000]], { kind: "Dynamic" }, { startSchedule: null });
  assert.equal(harness.station.profiles.install(1, dynamic, facts), null);
  assert.deepEqual(await update(1, { limit: 5000 }), { status: "Accepted" });
  assert.equal(harness.station.meter(1)?.offeredW, 5000);
  assert.equal(reasonOf(await update(1, { setpoint: 1 })), "InvalidOperationMode");
  assert.equal(reasonOf(await update(1, { setpoint_L2: 1 })), "UnsupportedParam");
  assert.equal(reasonOf(await update(1, { limit: -1 })), "InvalidValue");
  assert.equal(reasonOf(await update(1, {})), "MissingParam");
  await harness.over();
});

Deno.test("Q: what no profile or car here follows is refused, and says why", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const signal = { timestamp: "2026-01-31T12:00:00Z", signal: 3 };
  const refused = await harness.call("AFRRSignal", signal);
  assert.deepEqual([refused.status, reasonOf(refused)], ["Rejected", "NotEnabled"]);
  const transactionId = await charge(harness);
  const allow = (transactionId: string) =>
    harness.call("NotifyAllowedEnergyTransfer", {
      transactionId,
      allowedEnergyTransfer: ["AC_BPT"],
    });
  assert.equal(reasonOf(await allow("nobody's")), "TxNotFound");
  assert.equal(reasonOf(await allow(transactionId)), "UnsupportedParam");
  await harness.over();
});

Deno.test("C25: the display shows for a time that somebody pays", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const pays = () =>
    harness.station.services.facilities.view().displays.map(({ isPaying }) => isPaying);
  const started = (evseId: number) =>
    harness.call("NotifyWebPaymentStarted", { evseId, timeout: 60 });
  assert.deepEqual(await started(2), {});
  assert.deepEqual(await started(7), {});
  assert.deepEqual(pays(), [false, true]);
  await harness.clock.advance(60_000);
  assert.deepEqual(pays(), [false, false]);
  await started(1);
  await charge(harness);
  assert.deepEqual(pays(), [false, false], "whoever paid charges");
  await harness.over();
});

Deno.test("H04: a reservation that is over without its driver is told", () => {
  for (const status of ["Expired", "Removed"] as const) {
    assert.deepEqual(spell(reservationStatusUpdate, { reservationId: 3, status }), {
      reservationId: 3,
      reservationUpdateStatus: status,
    });
  }
});

Deno.test("what 2.1 adds is not said or obeyed in 2.0.1", () => {
  const only21 = Object.keys(moreCommands21).filter((action) => !(action in moreCommands201));
  assert.equal(Object.keys(moreCommands201).length, 10);
  assert.equal(only21.length, 15);
  const silent = Object.entries(moreMessages201).filter(([, line]) => line?.length === 0);
  const all21 = Object.values(moreMessages21).every((line) => line?.length === 1);
  assert.equal(silent.length, 8);
  assert(all21);
});

const BY_HAND: Readonly<Record<string, object>> = {
  ClearedChargingLimit: { chargingLimitSource: "EMS", evseId: 1 },
  Get15118EVCertificate: { iso15118SchemaVersion: "1", action: "Install", exiRequest: "AA==" },
  GetCertificateChainStatus: {
    certificateStatusRequests: [{
      certificateHashData: {
        hashAlgorithm: "SHA256",
        issuerNameHash: "00",
        issuerKeyHash: "00",
        serialNumber: "1",
      },
      source: "OCSP",
      urls: ["http://ocsp.example"],
    }],
  },
  GetCertificateStatus: {
    ocspRequestData: {
      hashAlgorithm: "SHA256",
      issuerNameHash: "00",
      issuerKeyHash: "00",
      serialNumber: "1",
      responderURL: "http://ocsp.example",
    },
  },
  NotifyChargingLimit: { chargingLimit: { chargingLimitSource: "EMS" } },
  NotifyDERAlarm: { controlType: "VoltVar", timestamp: "2026-01-31T12:00:00Z" },
  NotifyEVChargingNeeds: { evseId: 1, chargingNeeds: { requestedEnergyTransfer: "DC" } },
  NotifyEVChargingSchedule: {
    timeBase: "2026-01-31T12:00:00Z",
    evseId: 1,
    chargingSchedule: {
      id: 1,
      chargingRateUnit: "W",
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 1 }],
    },
  },
  NotifyPriorityCharging: { transactionId: "t1", activated: true },
  NotifySettlement: {
    pspRef: "1",
    status: "Settled",
    settlementAmount: 4.2,
    settlementTime: "2026-01-31T12:00:00Z",
  },
  VatNumberValidation: { vatNumber: "NL1" },
};

Deno.test("what only a tester makes a station send goes out as it was given", async () => {
  const replies = Object.fromEntries(
    Object.keys(BY_HAND).map((action) => [action, { error: "NotImplemented" }]),
  );
  const harness = await facilityHarness({ version: "2.1", replies });
  for (const [action, payload] of Object.entries(BY_HAND)) {
    const deed = await harness.station.driver.call(action, { ...payload });
    assert.equal(deed.kind, "done", JSON.stringify(deed));
    assert.deepEqual(harness.only(action), payload);
  }
  await harness.over();
});
