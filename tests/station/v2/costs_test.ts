import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { costDetails } from "../../../src/station/cost/cost_details.ts";
import { advanceBill, openBill } from "../../../src/station/cost/bill.ts";
import { writeCostDetails } from "../../../src/station/v2/cost_details.ts";
import { readTariff } from "../../../src/station/v2/tariff.ts";
import { charge, facilityHarness } from "../facility_harness.ts";
import { NOON } from "../v16/fake_charger.ts";
import { assertValid, reasonOf, VERSIONS } from "./support.ts";

function tariff(given: Partial<v21.TariffType> = {}): v21.TariffType {
  return {
    tariffId: "T1",
    currency: "EUR",
    energy: { prices: [{ priceKwh: 0.5 }], taxRates: [{ type: "VAT", tax: 20 }] },
    ...given,
  };
}

for (const version of VERSIONS) {
  Deno.test(`I02 in ${version}: the driver sees what a running transaction costs so far`, async () => {
    const harness = await facilityHarness({ version });
    const transactionId = await charge(harness);
    assert.deepEqual(await harness.call("CostUpdated", { transactionId, totalCost: 4.2 }), {});
    const { displays } = harness.station.services.facilities.view();
    assert.deepEqual(displays.map(({ runningCost }) => runningCost), [4.2, null]);
    assert.deepEqual(await harness.call("CostUpdated", { transactionId: "no", totalCost: 1 }), {});
    assert.equal(harness.station.services.facilities.runningCosts.of("no"), null);
    await harness.over();
  });
}

Deno.test("I07, I09, I10: default tariffs are set, listed and cleared", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const set = (evseId: number, given: Partial<v21.TariffType>) =>
    harness.call("SetDefaultTariff", { evseId, tariff: tariff(given) });
  assert.deepEqual(await set(0, {}), { status: "Accepted" });
  assert.equal((await set(1, {})).status, "DuplicateTariffId");
  assert.deepEqual(await set(2, { tariffId: "T2" }), { status: "Accepted" });
  const validFrom = "2999-01-01T00:00:00.000Z";
  assert.deepEqual(await set(2, { tariffId: "T3", validFrom }), { status: "Accepted" });
  const later = { tariffId: "T3", tariffKind: "DefaultTariff", validFrom, evseIds: [2] };
  assert.deepEqual(await harness.call("GetTariffs", { evseId: 0 }), {
    status: "Accepted",
    tariffAssignments: [
      { tariffId: "T1", tariffKind: "DefaultTariff", evseIds: [1] },
      { tariffId: "T2", tariffKind: "DefaultTariff", evseIds: [2] },
      later,
    ],
  });
  assert.deepEqual(await harness.call("ClearTariffs", { tariffIds: ["T2", "T9"] }), {
    clearTariffsResult: [
      { tariffId: "T2", status: "Accepted" },
      { tariffId: "T9", status: "NoTariff" },
    ],
  });
  assert.deepEqual((await harness.call("GetTariffs", { evseId: 2 })).tariffAssignments, [later]);
  assert.deepEqual(await harness.call("ClearTariffs", {}), {
    clearTariffsResult: [
      { tariffId: "T1", status: "Accepted" },
      { tariffId: "T3", status: "Accepted" },
    ],
  });
  assert.deepEqual(await harness.call("ClearTariffs", {}), {
    clearTariffsResult: [{ status: "NoTariff" }],
  });
  assert.deepEqual(await harness.call("GetTariffs", { evseId: 1 }), { status: "NoTariff" });
  await harness.over();
});

Deno.test("I07: what the station cannot reckon with is refused, with its reason", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const prices = Array.from({ length: 51 }, () => ({ priceKwh: 1 }));
  const byBrand = { prices: [{ priceFixed: 1, conditions: { paymentBrand: "ACME" } }] };
  const cases: readonly [number, Partial<v21.TariffType>, string][] = [
    [7, {}, "Rejected"],
    [1, { energy: { prices } }, "TooManyElements"],
    [1, { fixedFee: byBrand }, "ConditionNotSupported"],
    [1, { reservationTime: { prices: [{ priceMinute: 1 }] } }, "Rejected"],
  ];
  for (const [evseId, given, status] of cases) {
    const answer = await harness.call("SetDefaultTariff", { evseId, tariff: tariff(given) });
    assert.equal(answer.status, status);
    assert.notEqual(reasonOf(answer), undefined);
  }
  assert.equal((await harness.call("GetTariffs", { evseId: 7 })).status, "Rejected");
  await harness.over();
});

Deno.test("I11: a running transaction gets another tariff, in its currency", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const change = (transactionId: string, given: Partial<v21.TariffType> = {}) =>
    harness.call("ChangeTransactionTariff", { transactionId, tariff: tariff(given) });
  assert.equal((await change("nobody's")).status, "TxNotFound");
  const transactionId = await charge(harness);
  assert.deepEqual(await change(transactionId), { status: "Accepted" });
  await harness.clock.settle();
  const told = harness.only("TransactionEvent");
  const { tariffId } = told.transactionInfo as { tariffId: string };
  assert.deepEqual([told.triggerReason, tariffId], ["TariffChanged", "T1"]);
  await harness.clock.advance(3_600_000);
  const { total, energyWh } = harness.station.services.facilities.costOf(transactionId)!;
  assert(energyWh > 1000);
  assert(Math.abs(total.exclTax - 0.5 * energyWh / 1000) < 1e-4);
  assert.equal((await change(transactionId, { currency: "CHF" })).status, "NoCurrencyChange");
  await harness.over();
});

Deno.test("I12: the cost of a transaction is told by part, with taxes, usage and periods", () => {
  const read = readTariff(tariff({
    chargingTime: { prices: [{ priceMinute: 0.1, conditions: { maxTime: 1800 } }] },
    fixedFee: { prices: [{ priceFixed: 1 }] },
    minCost: { inclTax: 2.4, taxRates: [{ type: "VAT", tax: 20 }] },
  }));
  assert("tariff" in read);
  assert.deepEqual(read.tariff.minCost, { exclTax: 2, inclTax: 2.4 });
  const opening = { evseKind: "AC", volts: 230, at: NOON, meterWh: 0, charging: true } as const;
  const bill = advanceBill(
    openBill({ ...opening, tariff: read.tariff, reserved: false }),
    { at: NOON + 3_600_000, meterWh: 10_000, charging: false },
  );
  const written = writeCostDetails(costDetails(bill));
  assertValid("TransactionEvent", "request", {
    eventType: "Ended",
    timestamp: "2026-01-31T13:00:00.000Z",
    triggerReason: "StopAuthorized",
    seqNo: 3,
    transactionInfo: { transactionId: "t1" },
    costDetails: written,
  }, ["2.1"]);
  assert.deepEqual(JSON.parse(JSON.stringify(written)), {
    chargingPeriods: [
      {
        tariffId: "T1",
        startPeriod: "2026-01-31T12:00:00.000Z",
        dimensions: [{ type: "Energy", volume: 5000 }, { type: "ChargingTime", volume: 1800 }],
      },
      {
        tariffId: "T1",
        startPeriod: "2026-01-31T12:30:00.000Z",
        dimensions: [{ type: "Energy", volume: 5000 }, { type: "ChargingTime", volume: 1800 }],
      },
    ],
    totalCost: {
      currency: "EUR",
      typeOfCost: "NormalCost",
      fixed: { exclTax: 1, inclTax: 1 },
      energy: { exclTax: 5, inclTax: 6, taxRates: [{ type: "VAT", tax: 20, stack: 0 }] },
      chargingTime: { exclTax: 3, inclTax: 3 },
      total: { exclTax: 9, inclTax: 10 },
    },
    totalUsage: { energy: 10_000, chargingTime: 3600, idleTime: 0 },
  });
});
