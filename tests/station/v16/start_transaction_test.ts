import assert from "node:assert/strict";
import { startTransaction } from "../../../src/station/v16/start_transaction.ts";
import { NOON, transactionFacts } from "./fake_charger.ts";
import { oddPayloads, spell, transactionEvent } from "./support.ts";

Deno.test("§4.8: the start names connector, token, meter and when it was, however late it is said", () => {
  const event = transactionEvent({ at: NOON + 5_000, transaction: transactionFacts() });
  assert.deepEqual(spell(startTransaction, event), {
    connectorId: 1,
    idTag: "TAG1",
    meterStart: 1000,
    timestamp: "2026-01-31T12:00:00.000Z",
  });
});

Deno.test("§4.8: a start that ends a reservation names it", () => {
  const transaction = transactionFacts({ reservationId: 7 });
  assert.equal(spell(startTransaction, transactionEvent({ transaction }))?.reservationId, 7);
});

Deno.test("§6.45: the meter counts whole watt-hours", () => {
  const transaction = transactionFacts({ meterStartWh: 1234.56 });
  assert.equal(spell(startTransaction, transactionEvent({ transaction }))?.meterStart, 1235);
});

Deno.test("§6.45: a start without a token has an empty one", () => {
  const transaction = transactionFacts({ idToken: null });
  assert.equal(spell(startTransaction, transactionEvent({ transaction }))?.idTag, "");
});

Deno.test("§4.8: the answer gives the id of the transaction and what the token is worth", () => {
  const answer = startTransaction.answer({ transactionId: 0, idTagInfo: { status: "Blocked" } });
  assert.equal(answer.csmsId, 0);
  assert.equal(answer.idTokenInfo?.status, "Blocked");
});

Deno.test("§4.8: an answer without an id, or without a word on the token, is read as such", () => {
  assert.deepEqual(startTransaction.answer({}), { csmsId: null, idTokenInfo: null });
  const good = { transactionId: 42, idTagInfo: { status: "Accepted" } };
  for (const odd of oddPayloads(good)) {
    const { csmsId } = startTransaction.answer(odd);
    assert(csmsId === null || Number.isSafeInteger(csmsId), JSON.stringify(odd));
  }
});
