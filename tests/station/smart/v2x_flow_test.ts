import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";

const CAR = { soc: 0.6, maxPower: 50_000, batteryWh: 50_000, maxDischarge: 10_000 } as const;

/** A DC station of 2.1 whose car gives energy back, in a transaction. */
async function charging(): Promise<{ harness: StationHarness; transactionId: string }> {
  const connectors = [{ id: 1, type: "CCS2", max_power: 50_000 }];
  const harness = await stationHarness({ version: "2.1", station: { connectors } });
  await harness.boot();
  await harness.station.driver.plug(1, CAR);
  await harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  await harness.clock.settle();
  harness.forget();
  return { harness, transactionId: harness.station.connector(1)!.transaction!.id };
}

function set(harness: StationHarness, transactionId: string, period: object, rest: object = {}) {
  return harness.call("SetChargingProfile", {
    evseId: 1,
    chargingProfile: {
      id: 1,
      stackLevel: 0,
      chargingProfilePurpose: "TxProfile",
      chargingProfileKind: "Relative",
      transactionId,
      chargingSchedule: [{
        id: 1,
        chargingRateUnit: "W",
        chargingSchedulePeriod: [{ startPeriod: 0, ...period }],
      }],
      ...rest,
    },
  });
}

Deno.test("Q04: a central setpoint turns the meter round, and events tell the mode", async () => {
  const { harness, transactionId } = await charging();
  const meter = harness.station.meter(1)!;
  await harness.clock.advance(60_000);
  const before = meter.importWh;
  const period = { operationMode: "CentralSetpoint", setpoint: -8000 };
  assert.deepEqual(await set(harness, transactionId, period), { status: "Accepted" });
  const readAt = meter.importWh;
  await harness.clock.advance(3_600_000);
  assert(before > 0);
  assert.deepEqual([meter.importWh, meter.powerW, meter.exportWh], [readAt, -8000, 8000]);
  const last = harness.payloads("TransactionEvent").at(-1)!;
  assert.deepEqual(last.transactionInfo, {
    transactionId,
    chargingState: "Charging",
    operationMode: "CentralSetpoint",
  });
  await harness.over();
});

Deno.test("Q: a car that has given what it gives suspends the transaction", async () => {
  const { harness, transactionId } = await charging();
  await set(harness, transactionId, { operationMode: "CentralSetpoint", setpoint: -10_000 });
  await harness.clock.advance(4 * 3_600_000);
  assert.equal(harness.station.connector(1)?.status, "SuspendedEV");
  assert.equal(harness.station.all.get(1)?.meter?.soc, 0.2);
  await harness.over();
});

Deno.test("Q05, K28: a Dynamic setpoint is moved by UpdateDynamicSchedule", async () => {
  const { harness, transactionId } = await charging();
  const dynamic = { chargingProfileKind: "Dynamic" };
  const central = { operationMode: "CentralSetpoint", setpoint: 3000 };
  await set(harness, transactionId, central, dynamic);
  const update = (scheduleUpdate: object) =>
    harness.call("UpdateDynamicSchedule", { chargingProfileId: 1, scheduleUpdate });
  assert.equal(harness.station.meter(1)?.powerW, 3000);
  assert.deepEqual(await update({ setpoint: -4000 }), { status: "Accepted" });
  assert.equal(harness.station.meter(1)?.powerW, -4000);
  await harness.over();
});

Deno.test("Q07: AFRRSignal moves the setpoint by the curve of the profile in force", async () => {
  const { harness, transactionId } = await charging();
  const send = (signal: number) =>
    harness.call("AFRRSignal", { timestamp: "2026-01-31T12:00:00Z", signal });
  assert.deepEqual((await send(5)).statusInfo, {
    reasonCode: "NotEnabled",
    additionalInfo: "no transaction charges by CentralFrequency or LocalFrequency",
  });
  const central = { operationMode: "CentralFrequency", setpoint: 1000 };
  await set(harness, transactionId, central);
  const refused = await send(5) as { statusInfo: { reasonCode: string } };
  assert.equal(refused.statusInfo.reasonCode, "NoSignalWattCurve");
  const curve = [{ signal: -10, power: -8000 }, { signal: 10, power: 8000 }];
  await set(harness, transactionId, { ...central, v2xSignalWattCurve: curve });
  assert.deepEqual(await send(5), { status: "Accepted" });
  assert.equal(harness.station.meter(1)?.powerW, 5000);
  await send(-5);
  assert.equal(harness.station.meter(1)?.powerW, -3000);
  await harness.over();
});

Deno.test("Q08: by the frequency of the grid a car charges and gives back in turn", async () => {
  const { harness, transactionId } = await charging();
  const v2xFreqWattCurve = [{ frequency: 49.95, power: -9000 }, { frequency: 50.05, power: 9000 }];
  await set(harness, transactionId, { operationMode: "LocalFrequency", v2xFreqWattCurve });
  await harness.clock.advance(3_600_000);
  const meter = harness.station.meter(1)!;
  assert(meter.importWh > 500 && meter.exportWh > 500, `${meter.importWh} ${meter.exportWh}`);
  await harness.over();
});

Deno.test("Q10: an idle car waits, suspended by the station", async () => {
  const { harness, transactionId } = await charging();
  await set(harness, transactionId, { operationMode: "Idle" });
  assert.equal(harness.station.connector(1)?.status, "SuspendedEVSE");
  await harness.over();
});

Deno.test("K01: one phase of a car with three limits it, and does not suspend it", async () => {
  const harness = await stationHarness({ version: "2.1" });
  await harness.boot();
  await harness.station.driver.plug(1, { maxPower: 11_040, phases: 3 });
  await harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  const transactionId = harness.station.connector(1)!.transaction!.id;
  await set(harness, transactionId, { limit: 3680, numberPhases: 1 });
  assert.equal(harness.station.meter(1)?.powerW, 3680);
  assert.equal(harness.station.connector(1)?.status, "Charging");
  await harness.over();
});

Deno.test("R04: a LimitMaxDischarge control bounds what comes from the car, while it holds", async () => {
  const { harness, transactionId } = await charging();
  await set(harness, transactionId, { operationMode: "CentralSetpoint", setpoint: -8000 });
  const control = (id: string, isDefault: boolean, pctMaxDischargePower: number, rest = {}) =>
    harness.call("SetDERControl", {
      isDefault,
      controlId: id,
      controlType: "LimitMaxDischarge",
      limitMaxDischarge: { priority: 1, pctMaxDischargePower, ...rest },
    });
  assert.equal((await control("always", true, 10)).status, "Accepted");
  assert.equal(harness.station.meter(1)?.powerW, -5000);
  const at = new Date(harness.station.now() + 60_000).toISOString();
  assert.equal(
    (await control("now", false, 4, { startTime: at, duration: 60 })).status,
    "Accepted",
  );
  await harness.clock.advance(61_000);
  assert.equal(harness.station.meter(1)?.powerW, -2000);
  await harness.clock.advance(60_000);
  assert.equal(harness.station.meter(1)?.powerW, -5000);
  assert.equal((await harness.call("ClearDERControl", { isDefault: true })).status, "Accepted");
  assert.equal(harness.station.meter(1)?.powerW, -8000);
  await harness.over();
});
