import assert from "node:assert/strict";
import type { v21 } from "../../src/ocpp/mod.ts";
import { charge, facilityHarness } from "./facility_harness.ts";

const ANNA = { idToken: "ANNA", type: "Central" };

Deno.test("I12: the events of a transaction tell what it costs by the default tariff", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const tariff = {
    tariffId: "T1",
    currency: "EUR",
    energy: { prices: [{ priceKwh: 0.5 }] },
    idleTime: { prices: [{ priceMinute: 1 }] },
    fixedFee: { prices: [{ priceFixed: 2 }] },
  };
  assert.equal((await harness.call("SetDefaultTariff", { evseId: 0, tariff })).status, "Accepted");
  await charge(harness);
  await harness.clock.advance(600_000);
  const updates = harness.payloads("TransactionEvent");
  assert(updates.length >= 10);
  await harness.station.driver.stopTransaction(1, {});
  const events = harness.payloads("TransactionEvent") as unknown as v21.TransactionEventRequest[];
  const ended = events.at(-1)!;
  assert.equal(ended.eventType, "Ended");
  assert.equal(ended.transactionInfo.tariffId, "T1");
  const { totalCost, totalUsage } = ended.costDetails!;
  assert(totalUsage.energy > 500);
  assert(Math.abs(totalCost.total.exclTax! - 2 - 0.5 * totalUsage.energy / 1000) < 1e-4);
  const totals = events.map(({ costDetails }) => costDetails!.totalCost.total.exclTax!);
  assert.deepEqual(totals, totals.toSorted((a, b) => a - b), "a cost never falls");
  await harness.over();
});

Deno.test("I03: what the CSMS says that a transaction costs is kept", async () => {
  const harness = await facilityHarness({
    version: "2.0.1",
    replies: { TransactionEvent: { totalCost: 7.5 } },
  });
  const id = await charge(harness);
  await harness.station.driver.stopTransaction(1, {});
  assert.equal(harness.station.services.facilities.runningCosts.of(id)?.total, 7.5);
  await harness.over();
});

for (const version of ["2.0.1", "2.1"] as const) {
  Deno.test(`H04 in ${version}: a reservation that expires, or loses its EVSE, is told`, async () => {
    const harness = await facilityHarness({ version });
    const reserve = (id: number, evseId: number) =>
      harness.call("ReserveNow", {
        id,
        evseId,
        idToken: ANNA,
        expiryDateTime: new Date(harness.station.now() + 60_000).toISOString(),
      });
    assert.equal((await reserve(1, 1)).status, "Accepted");
    assert.equal((await reserve(2, 2)).status, "Accepted");
    await harness.station.driver.status(2, { status: "Faulted" });
    await harness.clock.advance(60_000);
    assert.deepEqual(harness.payloads("ReservationStatusUpdate"), [
      { reservationId: 2, reservationUpdateStatus: "Removed" },
      { reservationId: 1, reservationUpdateStatus: "Expired" },
    ]);
    harness.forget();
    assert.equal((await reserve(3, 1)).status, "Accepted");
    await harness.call("CancelReservation", { reservationId: 3 });
    assert.deepEqual(harness.payloads("ReservationStatusUpdate"), []);
    await harness.over();
  });
}

Deno.test("K28: a Dynamic profile is set by the CSMS, and fetches its limit", async () => {
  const harness = await facilityHarness({
    version: "2.1",
    replies: {
      PullDynamicScheduleUpdate: { status: "Accepted", scheduleUpdate: { limit: 5000 } },
    },
  });
  await charge(harness);
  const chargingProfile = {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: "TxDefaultProfile",
    chargingProfileKind: "Dynamic",
    dynUpdateInterval: 30,
    chargingSchedule: [{
      id: 1,
      chargingRateUnit: "W",
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 9000 }],
    }],
  };
  const set = await harness.call("SetChargingProfile", { evseId: 1, chargingProfile });
  assert.deepEqual(set, { status: "Accepted" });
  await harness.clock.settle();
  assert.equal(harness.station.meter(1)?.offeredW, 9000);
  await harness.clock.advance(30_000);
  assert.deepEqual(harness.only("PullDynamicScheduleUpdate"), { chargingProfileId: 1 });
  assert.equal(harness.station.meter(1)?.offeredW, 5000);
  await harness.call("ClearChargingProfile", { chargingProfileId: 1 });
  harness.forget();
  await harness.clock.advance(60_000);
  assert.deepEqual(harness.payloads("PullDynamicScheduleUpdate"), []);
  await harness.over();
});

Deno.test("K21: the CSMS sets a profile for priority, and puts it to use", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const transactionId = await charge(harness);
  const set = (id: number, purpose: string, limit: number) =>
    harness.call("SetChargingProfile", {
      evseId: 1,
      chargingProfile: {
        id,
        stackLevel: 0,
        chargingProfilePurpose: purpose,
        chargingProfileKind: "Relative",
        chargingSchedule: [{
          id: 1,
          chargingRateUnit: "W",
          chargingSchedulePeriod: [{ startPeriod: 0, limit }],
        }],
      },
    });
  assert.equal((await set(1, "TxDefaultProfile", 5000)).status, "Accepted");
  assert.equal((await set(2, "PriorityCharging", 11_000)).status, "Accepted");
  await harness.clock.settle();
  assert.equal(harness.station.meter(1)?.offeredW, 5000);
  await harness.call("UsePriorityCharging", { transactionId, activate: true });
  await harness.clock.settle();
  assert.equal(harness.station.meter(1)?.offeredW, 11_000);
  await harness.over();
});
