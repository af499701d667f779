import assert from "node:assert/strict";
import { meterValues, transactionMeterValues } from "../../../src/station/v16/meter_values.ts";
import { transactionFacts } from "./fake_charger.ts";
import { sample, spell, transactionEvent } from "./support.ts";

const VALUE = {
  timestamp: "2026-01-31T12:00:00.000Z",
  sampledValue: [{
    value: "1500",
    context: "Sample.Periodic",
    format: "Raw",
    measurand: "Energy.Active.Import.Register",
    location: "Outlet",
    unit: "Wh",
  }],
};

Deno.test("§4.7: readings outside of a transaction name their connector, 0 too", () => {
  for (const connectorId of [0, 1]) {
    const payload = spell(meterValues, { connectorId, samples: [sample()] });
    assert.deepEqual(payload, { connectorId, meterValue: [VALUE] });
  }
  assert.equal(meterValues.answer({}), undefined);
});

Deno.test("§4.7: readings of a transaction name it", () => {
  assert.deepEqual(spell(transactionMeterValues, transactionEvent({ samples: [sample()] })), {
    connectorId: 1,
    transactionId: 42,
    meterValue: [VALUE],
  });
});

Deno.test("§4.7: readings of a transaction whose start was given up name the connector only", () => {
  const event = transactionEvent({
    transaction: transactionFacts({ csmsId: null }),
    samples: [sample()],
  });
  assert.deepEqual(spell(transactionMeterValues, event), { connectorId: 1, meterValue: [VALUE] });
});

Deno.test("§4.7: where there is nothing to read, nothing is said", () => {
  assert.equal(spell(meterValues, { connectorId: 1, samples: [] }), null);
  assert.equal(spell(meterValues, { connectorId: 1, samples: [sample({ readings: [] })] }), null);
  assert.equal(spell(transactionMeterValues, transactionEvent()), null);
});

Deno.test("§4.7: the answer to readings tells nothing about the transaction", () => {
  assert.deepEqual(transactionMeterValues.answer({}), { csmsId: null, idTokenInfo: null });
});
