import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";

const CAR = { soc: 0.2, maxPower: 11_040, phases: 3, batteryWh: 50_000 } as const;

/** A station of two EVSEs, the first of which charges with 11 kW. */
async function charging(version: "2.0.1" | "2.1" = "2.1"): Promise<StationHarness> {
  const harness = await stationHarness({
    version,
    station: { connectors: [{ id: 1 }, { id: 2 }] },
    replies: { SetVariables: {} },
  });
  await harness.boot();
  await harness.station.driver.plug(1, CAR);
  await harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  await harness.clock.settle();
  harness.forget();
  return harness;
}

function schedule(limit: number, rest: object = {}) {
  const chargingSchedulePeriod = [{ startPeriod: 0, limit, ...rest }];
  return { id: 1, chargingRateUnit: "W", chargingSchedulePeriod };
}

function say(harness: StationHarness, limit: number, rest: object = {}) {
  return harness.station.driver.call("NotifyChargingLimit", {
    chargingLimit: { chargingLimitSource: "EMS" },
    chargingSchedule: [schedule(limit)],
    ...rest,
  });
}

for (const version of ["2.0.1", "2.1"] as const) {
  Deno.test(`K11 in ${version}: a limit from elsewhere is told, followed, and changes the rate aloud`, async () => {
    const harness = await charging(version);
    assert.equal((await say(harness, 5000, { evseId: 1 })).kind, "done");
    await harness.clock.settle();
    assert.equal(harness.station.meter(1)?.offeredW, 5000);
    const told = harness.payloads("TransactionEvent").map(({ triggerReason }) => triggerReason);
    assert.deepEqual(told, ["ChargingRateChanged"]);
    const answer = await harness.call("GetChargingProfiles", { requestId: 1, chargingProfile: {} });
    assert.equal(answer.status, "Accepted");
    await harness.clock.settle();
    const { chargingLimitSource, evseId } = harness.only("ReportChargingProfiles");
    assert.deepEqual([chargingLimitSource, evseId], ["EMS", 1]);
    await harness.over();
  });
}

Deno.test("K13: a limit that is cleared holds no longer", async () => {
  const harness = await charging();
  await say(harness, 5000);
  assert.equal(harness.station.meter(1)?.offeredW, 5000);
  const cleared = { chargingLimitSource: "EMS" };
  assert.equal((await harness.station.driver.call("ClearedChargingLimit", cleared)).kind, "done");
  assert.equal(harness.station.meter(1)?.offeredW, 22_000);
  await harness.over();
});

Deno.test("K11.FR.04: a change below LimitChangeSignificance is not worth an event", async () => {
  const harness = await charging();
  await say(harness, 10_000);
  await harness.clock.settle();
  harness.forget();
  await say(harness, 9500);
  await harness.clock.settle();
  assert.deepEqual(harness.payloads("TransactionEvent"), []);
  assert.equal(harness.station.meter(1)?.offeredW, 9500);
  await harness.over();
});

Deno.test("K10.FR.06: it is not the CSMS's to clear, nor to overwrite", async () => {
  const harness = await charging();
  await say(harness, 5000);
  const purposes = { chargingProfilePurpose: "ChargingStationExternalConstraints" };
  const clear = { chargingProfileCriteria: purposes };
  assert.equal((await harness.call("ClearChargingProfile", clear)).status, "Unknown");
  assert.equal(harness.station.meter(1)?.offeredW, 5000);
  await harness.over();
});

Deno.test("K27: what is generated on the spot comes on top of what a profile allows", async () => {
  const harness = await charging();
  const chargingProfile = {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: "TxDefaultProfile",
    chargingProfileKind: "Absolute",
    chargingSchedule: [{ ...schedule(5000), startSchedule: "2026-01-01T00:00:00Z" }],
  };
  const set = await harness.call("SetChargingProfile", { evseId: 0, chargingProfile });
  assert.equal(set.status, "Accepted");
  await say(harness, 2000, {
    chargingLimit: { chargingLimitSource: "EMS", isLocalGeneration: true },
  });
  assert.equal(harness.station.meter(1)?.offeredW, 7000);
  await harness.over();
});

Deno.test("K22: a driver who asks for priority at the station gets it", async () => {
  const harness = await charging();
  const one = (id: number, limit: number, chargingProfilePurpose: string) =>
    harness.call("SetChargingProfile", {
      evseId: 0,
      chargingProfile: {
        id,
        stackLevel: 0,
        chargingProfilePurpose,
        chargingProfileKind: "Absolute",
        chargingSchedule: [{ ...schedule(limit), startSchedule: "2026-01-01T00:00:00Z" }],
      },
    });
  await one(1, 5000, "TxDefaultProfile");
  await one(2, 9000, "PriorityCharging");
  assert.equal(harness.station.meter(1)?.offeredW, 5000);
  const transactionId = harness.station.connector(1)!.transaction!.id;
  await harness.station.driver.call("NotifyPriorityCharging", { transactionId, activated: true });
  assert.equal(harness.station.meter(1)?.offeredW, 9000);
  await harness.over();
});
