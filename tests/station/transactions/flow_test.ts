import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { CAR, charge, configure, HOUR_MS, OTHER, status } from "../sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

/** A profile as a CSMS sets it: limits in turn, each for so many seconds. */
async function limit(
  harness: StationHarness,
  limits: readonly (readonly [seconds: number, limit: number])[],
  { connectorId = 1, purpose = "TxDefaultProfile", unit = "W" } = {},
): Promise<void> {
  const chargingSchedulePeriod = limits.map(([startPeriod, limit]) => ({ startPeriod, limit }));
  const { status } = await harness.call("SetChargingProfile", {
    connectorId,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: purpose,
      chargingProfileKind: "Absolute",
      chargingSchedule: {
        startSchedule: new Date(harness.clock.now()).toISOString(),
        chargingRateUnit: unit,
        chargingSchedulePeriod,
      },
    },
  });
  assert.equal(status, "Accepted");
}

function watts({ station }: StationHarness, connectorId = 1): number {
  return Math.round(station.all.get(connectorId)!.meter!.powerW);
}

Deno.test("a limit bends what flows at once, and lets go again (1.6 §3.13)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  assert.equal(watts(harness), 11_040);
  await limit(harness, [[0, 10]], { unit: "A" });
  assert.equal(watts(harness), 6_900);
  assert.equal(status(harness), "Charging");
  await harness.call("ClearChargingProfile", {});
  assert.equal(watts(harness), 11_040);
  await harness.over();
});

Deno.test("a limit of 0 suspends, and its end resumes by itself (1.6 §4.9, SuspendedEVSE)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await configure(harness, { MeterValueSampleInterval: "0" });
  await limit(harness, [[0, 0], [900, 5_000]]);
  assert.equal(status(harness), "SuspendedEVSE");
  await harness.clock.advance(899_999);
  assert.equal(watts(harness), 0);
  await harness.clock.advance(1);
  assert.equal(watts(harness), 5_000);
  assert.deepEqual(harness.said, [
    "StatusNotification SuspendedEVSE",
    "StatusNotification Charging",
  ]);
  assert.equal(harness.station.all.get(1)!.transaction!.chargingState, "Charging");
  await harness.over();
});

Deno.test("a limit that ends after its transaction leaves no timer", async () => {
  const harness = await (await stationHarness()).boot();
  await limit(harness, [[0, 0], [HOUR_MS / 1000, 5_000]]);
  await charge(harness);
  await harness.station.driver.unplug(1);
  await harness.clock.advance(31_000);
  assert.equal(harness.clock.pending, 1, "only the heartbeat is left");
  await harness.over();
});

Deno.test("less than 6 A per phase is nothing to charge with (IEC 61851)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await limit(harness, [[0, 5.9]], { unit: "A" });
  assert.equal(status(harness), "SuspendedEVSE");
  await limit(harness, [[0, 6]], { unit: "A" });
  assert.equal(status(harness), "Charging");
  assert.equal(watts(harness), 4_140);
  await harness.over();
});

Deno.test("a car on one phase of three gets the amperes of a limit on that phase", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness, 1, { car: { ...CAR, maxPower: 6_900, phases: 1 } });
  assert.equal(watts(harness), 6_900);
  await limit(harness, [[0, 16]], { unit: "A" });
  assert.equal(watts(harness), 3_680);
  assert.equal(status(harness), "Charging");
  await limit(harness, [[0, 2_300]], { unit: "W" });
  assert.equal(watts(harness), 2_300);
  await harness.over();
});

Deno.test("a limit that is set before the car comes holds from its first watt", async () => {
  const harness = await (await stationHarness()).boot();
  await limit(harness, [[0, 0]], { connectorId: 0 });
  harness.forget();
  await charge(harness);
  assert.equal(status(harness), "SuspendedEVSE");
  assert.equal(harness.station.all.get(1)!.meter!.importWh, 0);
  await harness.over();
});

Deno.test("cars share the limit of the station from the moment that another begins (1.6 §3.13.1)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await limit(harness, [[0, 12_000]], { connectorId: 0, purpose: "ChargePointMaxProfile" });
  await charge(harness, 1);
  assert.equal(watts(harness, 1), 11_040);
  await charge(harness, 2, { idToken: OTHER });
  assert.deepEqual([watts(harness, 1), watts(harness, 2)], [6_000, 6_000]);
  await harness.station.driver.unplug(1);
  assert.equal(watts(harness, 2), 11_040);
  await harness.over();
});

Deno.test("what a full car leaves wakes one that had too little", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await configure(harness, { MeterValueSampleInterval: "0" });
  await limit(harness, [[0, 6_000]], { connectorId: 0, purpose: "ChargePointMaxProfile" });
  const small = { batteryWh: 5_000, soc: 0.5, maxPower: 7_360, phases: 1 } as const;
  await charge(harness, 1, { car: small });
  await charge(harness, 2, { idToken: OTHER });
  assert.deepEqual([watts(harness, 1), watts(harness, 2)], [3_000, 0]);
  assert.equal(status(harness, 2), "SuspendedEVSE");
  await harness.clock.advance(2 * HOUR_MS);
  assert.equal(status(harness, 1), "SuspendedEV");
  assert.equal(status(harness, 2), "Charging");
  assert.equal(watts(harness, 2), 6_000);
  await harness.over();
});

Deno.test("a car that has enough suspends by itself, and the transaction stays (1.6 §4.9, SuspendedEV)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { MeterValueSampleInterval: "0" });
  await charge(harness, 1, { car: { ...CAR, soc: 0.9 } });
  await harness.clock.advance(2 * HOUR_MS);
  assert.equal(status(harness), "SuspendedEV");
  assert(harness.said.includes("StatusNotification SuspendedEV"));
  assert.deepEqual(harness.payloads("StopTransaction"), []);
  const { importWh, soc } = harness.station.all.get(1)!.meter!;
  assert.deepEqual([importWh, soc], [Math.floor(6_000 / 0.9), 1]);
  await harness.clock.advance(31_000);
  assert.equal(harness.clock.pending, 1, "only the heartbeat is left");
  await harness.over();
});

Deno.test("without StopTransactionOnEVSideDisconnect a car may go and come back (1.6 §9.1.24)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { StopTransactionOnEVSideDisconnect: "false" });
  await charge(harness);
  await harness.clock.advance(HOUR_MS);
  harness.forget();
  const { driver } = harness.station;
  assert.deepEqual(await driver.unplug(1), { kind: "done" });
  await harness.clock.advance(30_000);
  assert.equal(status(harness), "SuspendedEV");
  const { meter } = harness.station.all.get(1)!;
  assert.equal(meter!.importWh, 11_040, "nothing flows without a car");
  assert.deepEqual(await driver.plug(1, CAR), { kind: "done" });
  assert.equal(status(harness), "Charging");
  await harness.clock.advance(HOUR_MS);
  assert.equal(meter!.importWh, 22_080);
  await driver.stopTransaction(1, { idToken: { idToken: "TAG-1", type: "Central" } });
  assert.equal(harness.only("StopTransaction").meterStop, 22_080);
  await harness.over();
});

Deno.test("what ended while its car was away leaves the connector free", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { StopTransactionOnEVSideDisconnect: "false" });
  await charge(harness);
  await harness.station.driver.unplug(1);
  await harness.station.driver.stopTransaction(1, {});
  assert.equal(status(harness), "Available");
  await harness.over();
});
