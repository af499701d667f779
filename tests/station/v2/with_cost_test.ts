import assert from "node:assert/strict";
import type { CostDetails } from "../../../src/station/cost/cost_details.ts";
import { transactionEnded } from "../../../src/station/v2/transaction_event.ts";
import { hearingCost, tellingCost } from "../../../src/station/v2/with_cost.ts";
import { transactionEnded as ended } from "../v16/support.ts";
import { assertValid } from "./support.ts";

const cost: CostDetails = {
  tariffId: "T1",
  currency: "EUR",
  kind: "NormalCost",
  parts: {},
  total: { exclTax: 1, inclTax: 1.2 },
  energyWh: 1500,
  chargingS: 3600,
  idleS: 0,
  periods: [],
};

Deno.test("I12: the end of a transaction tells its cost by the tariff, in 2.1 only", () => {
  const in21 = tellingCost(transactionEnded).request(ended({ cost }));
  assertValid("TransactionEvent", "request", in21, ["2.1"]);
  assert.deepEqual(in21?.costDetails, {
    chargingPeriods: undefined,
    totalCost: {
      currency: "EUR",
      typeOfCost: "NormalCost",
      fixed: undefined,
      energy: undefined,
      chargingTime: undefined,
      idleTime: undefined,
      reservationFixed: undefined,
      total: { exclTax: 1, inclTax: 1.2 },
    },
    totalUsage: { energy: 1500, chargingTime: 3600, idleTime: 0 },
  });
  assert.equal((in21?.transactionInfo as { tariffId: string }).tariffId, "T1");
  assertValid(
    "TransactionEvent",
    "request",
    hearingCost(transactionEnded).request(ended({ cost })),
  );
  const free = tellingCost(transactionEnded).request(ended());
  assert.deepEqual(free, transactionEnded.request(ended()));
});

Deno.test("I03: the answer to an event tells the cost, or does not", () => {
  const { answer } = hearingCost(transactionEnded);
  assert.equal(answer({ totalCost: 4.2 }).totalCost, 4.2);
  for (const odd of [{}, { totalCost: null }, { totalCost: "4.2" }]) {
    assert.equal(answer(odd).totalCost, null);
  }
});
