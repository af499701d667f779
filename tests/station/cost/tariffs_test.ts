import assert from "node:assert/strict";
import { type Running, Tariffs } from "../../../src/station/cost/tariffs.ts";
import { NOON, transactionFacts } from "../v16/fake_charger.ts";
import { tariff } from "./tariff_builder.ts";

const T1 = tariff({ energy: [[1]] });
const T2 = tariff({ energy: [[2]] }, { id: "T2" });
const LATER = tariff({ energy: [[3]] }, { id: "T3", validFrom: NOON + 1000 });

function running(given: Partial<Running> = {}): Running {
  return {
    connector: { id: 1, type: "Type2", maxPower: 22_000 },
    transaction: transactionFacts(),
    at: NOON,
    meterWh: 1000,
    charging: true,
    ...given,
  };
}

const AN_HOUR_LATER = running({ at: NOON + 3_600_000, meterWh: 11_000 });

Deno.test("I07: a default takes the place of the one on its EVSE, and only there", () => {
  const tariffs = new Tariffs();
  assert(tariffs.setDefault(T1, [1, 2], NOON));
  assert(tariffs.setDefault(T2, [2], NOON));
  assert.equal(tariffs.defaultOf(1, NOON), T1);
  assert.equal(tariffs.defaultOf(2, NOON), T2);
  assert.equal(tariffs.defaultOf(3, NOON), null);
  assert(!tariffs.setDefault({ ...T1 }, [3], NOON), "its id is there already");
});

Deno.test("I07: a default that is to come waits beside the one that holds", () => {
  const tariffs = new Tariffs();
  tariffs.setDefault(T1, [1], NOON);
  tariffs.setDefault(LATER, [1], NOON);
  assert.equal(tariffs.defaultOf(1, NOON), T1);
  assert.equal(tariffs.defaultOf(1, NOON + 1000), LATER);
  const next = { ...LATER, id: "T4" };
  tariffs.setDefault(next, [1], NOON);
  assert.deepEqual(tariffs.list(1).map((one) => one.tariff.id), ["T1", "T4"]);
});

Deno.test("I09, I10: defaults are listed and cleared by EVSE and by id", () => {
  const tariffs = new Tariffs();
  tariffs.setDefault(T1, [1, 2], NOON);
  tariffs.setDefault(LATER, [2], NOON);
  assert.deepEqual(tariffs.list(0).map((one) => one.tariff.id), ["T1", "T3"]);
  assert.deepEqual(tariffs.clear(["T1", "T9"], 2), ["T1"]);
  assert.deepEqual(tariffs.list(2).map((one) => one.tariff.id), ["T3"]);
  assert.deepEqual(tariffs.list(1).map((one) => one.tariff.id), ["T1"]);
  assert.deepEqual(tariffs.clear(null, 0), ["T1", "T3"]);
  assert.deepEqual(tariffs.defaults, []);
});

Deno.test("I12: a transaction costs by the default that held when it began, whatever comes after", () => {
  const tariffs = new Tariffs();
  tariffs.setDefault(T1, [1], NOON);
  tariffs.begin(running());
  tariffs.setDefault(T2, [1], NOON);
  tariffs.clear(null, 0);
  assert.equal(tariffs.costOf(AN_HOUR_LATER)?.total.exclTax, 10);
  tariffs.end(transactionFacts());
  assert.equal(tariffs.costOf(AN_HOUR_LATER), null);
});

Deno.test("I12: without a tariff there is no cost", () => {
  const tariffs = new Tariffs();
  tariffs.begin(running());
  assert.equal(tariffs.costOf(AN_HOUR_LATER), null);
});

Deno.test("I11: a tariff for a running transaction counts from now on, in its currency", () => {
  const tariffs = new Tariffs();
  assert(tariffs.change(running({ meterWh: 6000 }), T2), "it had none");
  assert.equal(tariffs.costOf(AN_HOUR_LATER)?.total.exclTax, 10);
  assert(!tariffs.change(AN_HOUR_LATER, { ...T1, currency: "CHF" }));
  assert(tariffs.change(AN_HOUR_LATER, T1));
  const last = running({ at: NOON + 7_200_000, meterWh: 12_000 });
  assert.equal(tariffs.costOf(last)?.total.exclTax, 11);
});

Deno.test("I08: a driver's own tariff takes the place of the default, with what that takes once", () => {
  const tariffs = new Tariffs();
  tariffs.setDefault(tariff({ energy: [[1]], fixed: [[5]] }), [1], NOON);
  tariffs.begin(running());
  tariffs.give(running(), T2);
  const cost = tariffs.costOf(AN_HOUR_LATER)!;
  assert.deepEqual([cost.tariffId, cost.total.exclTax], ["T2", 20]);
});
