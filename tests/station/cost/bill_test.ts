import assert from "node:assert/strict";
import { seededRandom } from "../../../src/clock/mod.ts";
import { advanceBill, type Bill, changeTariff, openBill } from "../../../src/station/cost/bill.ts";
import { costDetails } from "../../../src/station/cost/cost_details.ts";
import type { Tariff } from "../../../src/station/cost/tariff.ts";
import { tariff } from "./tariff_builder.ts";

const HOUR = 3_600_000;
/** A Saturday. */
const NOON = Date.UTC(2026, 0, 31, 12);

function open(given: Tariff, rest: Partial<Parameters<typeof openBill>[0]> = {}): Bill {
  return openBill({
    tariff: given,
    evseKind: "AC",
    volts: 230,
    at: NOON,
    meterWh: 1000,
    charging: true,
    reserved: false,
    ...rest,
  });
}

/** After so many hours with so many kWh on the meter since the start. */
function after(bill: Bill, hours: number, kWh: number, charging = true): Bill {
  return advanceBill(bill, { at: NOON + hours * HOUR, meterWh: 1000 + kWh * 1000, charging });
}

function total(bill: Bill): number {
  return costDetails(bill).total.exclTax;
}

Deno.test("I12: energy costs by the kWh, time by the minute, and the start once", () => {
  const given = tariff({
    energy: [[0.5]],
    chargingTime: [[0.01]],
    idleTime: [[0.1]],
    fixed: [[1]],
  });
  const charged = after(open(given), 1, 10, false);
  assert.equal(total(charged), 1 + 5 + 0.6);
  const idled = costDetails(after(charged, 2, 10));
  assert.equal(idled.total.exclTax, 1 + 5 + 0.6 + 6);
  assert.deepEqual([idled.energyWh, idled.chargingS, idled.idleS], [10_000, 3600, 3600]);
  assert.deepEqual(
    idled.periods.map(({ energyWh, chargingS, idleS }) => [energyWh, chargingS, idleS]),
    [
      [10_000, 3600, 0],
      [0, 0, 3600],
    ],
  );
});

Deno.test("I12: taxes are told beside each price", () => {
  const { parts, total, kind } = costDetails(
    after(open(tariff({ energy: [[0.5]] }, {}, 20)), 1, 10),
  );
  assert.equal(kind, "NormalCost");
  assert.deepEqual(total, { exclTax: 5, inclTax: 6 });
  assert.deepEqual(parts, {
    energy: { exclTax: 5, inclTax: 6, taxRates: [{ type: "VAT", tax: 20, stack: 0 }] },
  });
});

Deno.test("I12: the first price whose conditions hold counts, and without one it is free", () => {
  const ac = tariff({ energy: [[9, { evseKind: "DC" }], [1, { evseKind: "AC" }], [5]] });
  assert.equal(total(after(open(ac), 1, 10)), 10);
  assert.equal(total(after(open(ac, { evseKind: "DC" }), 1, 10)), 90);
  const dcOnly = tariff({ energy: [[9, { evseKind: "DC" }]] });
  assert.equal(total(after(open(dcOnly), 1, 10)), 0);
});

Deno.test("I12: a price that changes between two readings changes where its condition does", () => {
  const byEnergy = tariff({ energy: [[1, { maxEnergy: 4000 }], [2, { minEnergy: 4000 }]] });
  assert.equal(total(after(open(byEnergy), 1, 10)), 4 + 12);
  const byHour = tariff({ energy: [[1, { endTimeOfDay: "12:30" }], [2]] });
  assert.equal(total(after(open(byHour), 1, 10)), 5 + 10);
  const byDay = tariff({ energy: [[1, { dayOfWeek: ["Saturday"] }], [3]] });
  assert.equal(total(after(open(byDay), 24, 24)), 12 + 36);
  const grace = tariff({ idleTime: [[0, { maxIdleTime: 600 }], [1]] });
  assert.equal(total(after(open(grace, { charging: false }), 1, 0, false)), 50);
  const { periods } = costDetails(after(open(byEnergy), 1, 10));
  assert.deepEqual(periods.map(({ from, energyWh }) => [from, energyWh]), [
    [NOON, 4000],
    [NOON + 0.4 * HOUR, 6000],
  ]);
});

Deno.test("I12: power is what flowed between the readings", () => {
  const given = tariff({ energy: [[1, { maxPower: 11_000 }], [2, { minPower: 11_000 }]] });
  const slow = after(open(given), 1, 10);
  assert.equal(total(slow), 10);
  assert.equal(total(after(slow, 2, 21)), 10 + 22);
  const amps = tariff({ energy: [[1, { maxCurrent: 40 }], [2]] });
  assert.equal(total(after(open(amps), 1, 9)), 9);
  assert.equal(total(after(open(amps), 1, 10)), 20);
});

Deno.test("I12: how often the meter is read changes nothing of the cost", () => {
  const random = seededRandom(7);
  const given = tariff({
    energy: [[1, { maxEnergy: 7000 }], [2, { startTimeOfDay: "14:00", endTimeOfDay: "15:00" }], [
      3,
    ]],
    chargingTime: [[0.2, { minTime: 5000 }], [0.1]],
    fixed: [[2]],
  });
  const once = costDetails(after(open(given), 6, 24));
  for (let round = 0; round < 20; round++) {
    const moments = Array.from({ length: 9 }, () => random() * 6).sort((a, b) => a - b);
    let bill = open(given);
    for (const hours of [...moments, 6]) bill = after(bill, hours, hours * 4);
    const often = costDetails(bill);
    assert(Math.abs(often.total.exclTax - once.total.exclTax) < 1e-3, `${round}`);
    assert.equal(often.energyWh, once.energyWh);
  }
});

Deno.test("I12: no transaction costs less than the least or more than the most", () => {
  const bounds = {
    minCost: { exclTax: 3, inclTax: 3.6 },
    maxCost: { exclTax: 8, inclTax: 9.6 },
  };
  const bill = open(tariff({ energy: [[1]] }, bounds));
  const costs = [1, 5, 10].map((kWh) => costDetails(after(bill, 1, kWh)));
  assert.deepEqual(costs.map(({ kind, total }) => [kind, total.exclTax]), [
    ["MinCost", 3],
    ["NormalCost", 5],
    ["MaxCost", 8],
  ]);
});

Deno.test("I12: a reserved EVSE costs its fee, and any other does not", () => {
  const given = tariff({ reservationFixed: [[4]] });
  assert.equal(total(open(given)), 0);
  assert.equal(total(open(given, { reserved: true })), 4);
});

Deno.test("I11: what was used before another tariff keeps its price, and no start is paid twice", () => {
  const cheap = after(open(tariff({ energy: [[1]], fixed: [[2]] })), 1, 10);
  const dear = after(
    changeTariff(cheap, tariff({ energy: [[5]], fixed: [[2]] }, { id: "T2" })),
    2,
    20,
  );
  assert.equal(total(dear), 2 + 10 + 50);
  assert.deepEqual(costDetails(dear).periods.map(({ tariffId }) => tariffId), ["T1", "T2"]);
});

Deno.test("a clock that is set back costs nothing, and gives nothing back", () => {
  const bill = after(open(tariff({ energy: [[1]], chargingTime: [[1]] })), 1, 10);
  const back = advanceBill(bill, { at: NOON, meterWh: 11_000, charging: true });
  assert.equal(total(back), total(bill));
});

Deno.test("a year of transactions fits a message: periods beyond a hundred belong to the last", () => {
  const given = tariff({ energy: [[1, { startTimeOfDay: "06:00", endTimeOfDay: "18:00" }], [2]] });
  const { periods, energyWh } = costDetails(after(open(given), 24 * 365, 8760));
  assert.equal(periods.length, 100);
  assert.equal(Math.round(periods.reduce((sum, one) => sum + one.energyWh, 0)), energyWh);
});
