import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";

type Version = "2.0.1" | "2.1";
const AC = { type: "Type2", max_power: 22_000 };
const DC = { type: "CCS2", max_power: 50_000 };
const CAR = { soc: 0.5, targetSoc: 0.9, batteryWh: 50_000, maxPower: 11_040, phases: 3 } as const;

async function charging(version: Version, connector: object, car: object) {
  const harness = await stationHarness({
    version,
    station: { connectors: [{ id: 1, ...connector }] },
    replies: {
      NotifyEVChargingNeeds: { status: "Accepted" },
      NotifyEVChargingSchedule: { status: "Accepted" },
    },
  });
  await harness.boot();
  await harness.station.driver.plug(1, { ...CAR, ...car });
  await harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  await harness.clock.settle();
  return harness;
}

function setProfile(harness: StationHarness, limit: number, id = 1) {
  return harness.call("SetChargingProfile", {
    evseId: 1,
    chargingProfile: {
      id,
      stackLevel: 0,
      chargingProfilePurpose: "TxProfile",
      chargingProfileKind: "Relative",
      transactionId: harness.station.connector(1)!.transaction!.id,
      chargingSchedule: [{
        id: 7,
        chargingRateUnit: "W",
        chargingSchedulePeriod: [{ startPeriod: 0, limit }, { startPeriod: 1800, limit: 20_000 }],
      }],
    },
  });
}

for (const version of ["2.0.1", "2.1"] as const) {
  Deno.test(`K15 in ${version}: a car tells its needs once, and what it takes of each profile for them`, async () => {
    const harness = await charging(version, AC, { iso15118: true, departsIn: 3600 });
    const { chargingNeeds, evseId } = harness.only("NotifyEVChargingNeeds");
    assert.equal(evseId, 1);
    assert.deepEqual(chargingNeeds, {
      requestedEnergyTransfer: "AC_three_phase",
      departureTime: "2026-01-01T01:00:00.000Z",
      acChargingParameters: {
        energyAmount: 20_000,
        evMinCurrent: 6,
        evMaxCurrent: 16,
        evMaxVoltage: 398,
      },
    });
    assert.deepEqual(harness.payloads("NotifyEVChargingSchedule"), []);
    assert.deepEqual(await setProfile(harness, 5000), { status: "Accepted" });
    await harness.clock.settle();
    const told = harness.only("NotifyEVChargingSchedule");
    const { chargingSchedule } = told as { chargingSchedule: Record<string, unknown> };
    assert.deepEqual([chargingSchedule.id, chargingSchedule.duration], [7, 3600]);
    assert.deepEqual(chargingSchedule.chargingSchedulePeriod, [
      { startPeriod: 0, limit: 5000, numberPhases: 3 },
      { startPeriod: 1800, limit: 11_040, numberPhases: 3 },
    ]);
    assert.equal(told.selectedChargingScheduleId, version === "2.1" ? 7 : undefined);
    await harness.clock.advance(60_000);
    await setProfile(harness, 6000);
    await harness.clock.settle();
    assert.equal(harness.payloads("NotifyEVChargingSchedule").length, 2, "K16: renegotiated");
    assert.equal(harness.payloads("NotifyEVChargingNeeds").length, 1);
    await harness.over();
  });
}

Deno.test("K15: a DC car tells its battery", async () => {
  const harness = await charging("2.0.1", DC, { iso15118: true, maxPower: 100_000 });
  assert.deepEqual(harness.only("NotifyEVChargingNeeds").chargingNeeds, {
    requestedEnergyTransfer: "DC",
    dcChargingParameters: {
      evMaxCurrent: 250,
      evMaxVoltage: 500,
      evMaxPower: 100_000,
      energyAmount: 20_000,
      stateOfCharge: 50,
      evEnergyCapacity: 50_000,
      fullSoC: 90,
      bulkSoC: 80,
    },
  });
  await harness.over();
});

Deno.test("Q01: in 2.1 a car that gives energy back says how much", async () => {
  const harness = await charging("2.1", DC, { iso15118: true, maxDischarge: 8000 });
  const { chargingNeeds } = harness.only("NotifyEVChargingNeeds") as {
    chargingNeeds: Record<string, Record<string, unknown>>;
  };
  assert.equal(chargingNeeds.requestedEnergyTransfer, "DC_BPT");
  assert.equal(chargingNeeds.v2xChargingParameters?.maxDischargePower, 8000);
  await harness.over();
});

Deno.test("Q02: a car that may no longer give energy back tells its needs anew", async () => {
  const harness = await charging("2.1", DC, { iso15118: true, maxDischarge: 8000 });
  harness.forget();
  const transactionId = harness.station.connector(1)!.transaction!.id;
  const allow = { transactionId, allowedEnergyTransfer: ["DC"] };
  assert.deepEqual(await harness.call("NotifyAllowedEnergyTransfer", allow), {
    status: "Accepted",
  });
  await harness.clock.settle();
  const { chargingNeeds } = harness.only("NotifyEVChargingNeeds") as {
    chargingNeeds: Record<string, unknown>;
  };
  assert.equal(chargingNeeds.requestedEnergyTransfer, "DC");
  await harness.over();
});

Deno.test("K15: what is not heard for want of a connection is told later; a CSMS without profiles is no obstacle", async () => {
  const harness = await stationHarness({
    version: "2.1",
    replies: { NotifyEVChargingNeeds: { status: "NoChargingProfile" } },
  });
  await harness.boot();
  await harness.station.driver.authorize(1, { idToken: "ANNA", type: "Central" });
  await harness.lose();
  await harness.station.driver.plug(1, { ...CAR, iso15118: true });
  await harness.clock.advance(60_000);
  await harness.open();
  await harness.clock.advance(60_000);
  assert.equal(harness.payloads("NotifyEVChargingNeeds").length, 1);
  assert.equal(harness.station.connector(1)?.status, "Charging");
  await harness.over();
});

Deno.test("K15: a car without ISO 15118 tells nothing", async () => {
  const harness = await charging("2.1", DC, {});
  await setProfile(harness, 5000);
  assert.deepEqual(harness.payloads("NotifyEVChargingNeeds"), []);
  assert.deepEqual(harness.payloads("NotifyEVChargingSchedule"), []);
  await harness.over();
});
