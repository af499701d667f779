import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";

const CAR = { soc: 0.2, maxPower: 11_000, phases: 3, batteryWh: 100_000 } as const;
const HOUR = 3_600_000;

/** A transaction at 11 kW, which the CSMS limits in its answer to the start. */
async function charging(transactionLimit: object, station: object = {}): Promise<StationHarness> {
  const harness = await stationHarness({ version: "2.1", station });
  await harness.boot();
  harness.replies.TransactionEvent = ({ eventType }) =>
    eventType === "Started" ? { idTokenInfo: { status: "Accepted" }, transactionLimit } : {};
  await harness.station.driver.plug(1, CAR);
  await harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  await harness.clock.settle();
  return harness;
}

function triggers(harness: StationHarness): unknown[] {
  return harness.payloads("TransactionEvent").map(({ triggerReason }) => triggerReason)
    .filter((reason) => reason !== "MeterValuePeriodic");
}

function last(harness: StationHarness) {
  const { transactionInfo, ...rest } = harness.payloads("TransactionEvent").findLast(
    ({ triggerReason }) => triggerReason !== "MeterValuePeriodic",
  ) as { transactionInfo: Record<string, unknown> } & Record<string, unknown>;
  return { ...rest, ...transactionInfo } as Record<string, unknown>;
}

Deno.test("E16.FR.02, FR.03: a limit in an answer holds, and is told back once", async () => {
  const harness = await charging({ maxEnergy: 5000 });
  assert(triggers(harness).filter((reason) => reason === "LimitSet").length === 1);
  const set = harness.payloads("TransactionEvent").find((one) => one.triggerReason === "LimitSet");
  const { transactionLimit } = set!.transactionInfo as Record<string, unknown>;
  assert.deepEqual(transactionLimit, { maxEnergy: 5000 });
  await harness.clock.advance(HOUR);
  const told = last(harness);
  assert.deepEqual([told.triggerReason, told.chargingState], [
    "EnergyLimitReached",
    "SuspendedEVSE",
  ]);
  assert.equal(told.transactionLimit, undefined);
  const wh = harness.station.meter(1)!.importWh;
  assert(wh >= 5000 && wh < 5040, `${wh}`);
  await harness.over();
});

Deno.test("E16.FR.05: time is up to the second, and a state of charge is minded", async () => {
  const harness = await charging({ maxTime: 600, maxSoC: 90 });
  await harness.clock.advance(599_000);
  assert.equal(harness.station.connector(1)?.status, "Charging");
  await harness.clock.advance(1_000);
  assert.equal(harness.station.connector(1)?.status, "SuspendedEVSE");
  assert.equal(last(harness).triggerReason, "TimeLimitReached");
  await harness.over();
  const full = await charging({ maxSoC: 25 });
  await full.clock.advance(HOUR);
  assert.equal(last(full).triggerReason, "SoCLimitReached");
  await full.over();
});

Deno.test("E16.FR.14: a limit that is raised lets energy flow again", async () => {
  const harness = await charging({ maxEnergy: 2000 });
  harness.replies.TransactionEvent = ({ triggerReason }) =>
    triggerReason === "EnergyLimitReached" ? { transactionLimit: { maxEnergy: 4000 } } : {};
  harness.forget();
  await harness.clock.advance(12 * 60_000);
  assert.deepEqual(triggers(harness), ["EnergyLimitReached", "LimitSet", "ChargingStateChanged"]);
  assert.equal(harness.station.connector(1)?.status, "Charging");
  await harness.over();
});

Deno.test("E16.FR.15: what the CSMS says of the cost counts where the station has no tariff", async () => {
  const harness = await charging({ maxCost: 3 });
  const transactionId = harness.station.connector(1)!.transaction!.id;
  await harness.call("CostUpdated", { transactionId, totalCost: 2.5 });
  await harness.clock.advance(10_000);
  assert.equal(harness.station.connector(1)?.status, "Charging");
  await harness.call("CostUpdated", { transactionId, totalCost: 3 });
  await harness.clock.advance(10_000);
  assert.equal(last(harness).triggerReason, "CostLimitReached");
  await harness.over();
});

Deno.test("E16.FR.16: a tariff of the station says when the money is spent", async () => {
  const harness = await stationHarness({ version: "2.1" });
  await harness.boot();
  const tariff = { tariffId: "T", currency: "EUR", energy: { prices: [{ priceKwh: 0.5 }] } };
  assert.equal((await harness.call("SetDefaultTariff", { evseId: 0, tariff })).status, "Accepted");
  harness.replies.TransactionEvent = { transactionLimit: { maxCost: 1 } };
  await harness.station.driver.plug(1, CAR);
  await harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  await harness.clock.advance(HOUR);
  assert.equal(last(harness).triggerReason, "CostLimitReached");
  const wh = harness.station.meter(1)!.importWh;
  assert(wh >= 2000 && wh < 2040, `${wh}`);
  await harness.over();
});

Deno.test("E16.FR.06: where the end of energy ends a transaction, so does a limit", async () => {
  const harness = await charging({ maxEnergy: 2000 });
  await harness.call("SetVariables", {
    setVariableData: [{
      component: { name: "TxCtrlr" },
      variable: { name: "TxStopPoint" },
      attributeValue: "EnergyTransfer",
    }],
  });
  await harness.clock.advance(HOUR);
  const told = last(harness);
  assert.deepEqual([told.eventType, told.triggerReason, told.stoppedReason], [
    "Ended",
    "EnergyLimitReached",
    "EnergyLimitReached",
  ]);
  await harness.over();
});
