import assert from "node:assert/strict";
import { Transaction } from "../../../src/station/transactions/transaction.ts";
import type { Sample } from "../../../src/station/words.ts";

const TAG = { idToken: "TAG-1", type: "Central" };
const AT = Date.UTC(2026, 0, 1);

function transaction(): Transaction {
  return new Transaction({
    id: "own-1",
    csmsId: null,
    connectorId: 1,
    idToken: TAG,
    startedAt: AT,
    meterStartWh: 100,
    reservationId: null,
    remoteStartId: null,
  }, null);
}

function sample(count: number): Sample {
  const reading = { measurand: "SoC", value: count, unit: "Percent", phase: null };
  return { at: AT + count, context: "Sample.Periodic", readings: [{ ...reading, location: "EV" }] };
}

Deno.test("what is said of a transaction is numbered without gaps (2.x E01, seqNo)", () => {
  const one = transaction();
  const say = () => one.event({ at: AT, trigger: "Trigger", offline: false, samples: [] });
  const end = { at: AT, reason: "Local", meterStopWh: 300 } as const;
  const said = [say(), say(), one.ended(say(), end, TAG)];
  assert.deepEqual(said.map(({ seqNo }) => seqNo), [0, 1, 2]);
  assert.deepEqual(one.end, end);
  assert.deepEqual(one.stopToken, TAG);
});

Deno.test("an event is what was true then: a later id does not change it", () => {
  const one = transaction();
  const event = one.event({ at: AT, trigger: "Authorized", offline: true, samples: [] });
  one.facts = { ...one.facts, csmsId: 5 };
  assert.equal(event.transaction.csmsId, null);
  assert.deepEqual(JSON.parse(JSON.stringify(event)), event, "it is plain JSON");
});

Deno.test("a transaction goes by the name that the CSMS gave it, once it did", () => {
  const one = transaction();
  assert.equal(one.name, "own-1");
  one.facts = { ...one.facts, csmsId: 0 };
  assert.equal(one.name, 0);
});

Deno.test("a reading without values is not kept", () => {
  const one = transaction();
  one.keep({ at: AT, context: "Transaction.Begin", readings: [] });
  assert.deepEqual(one.data, []);
});

Deno.test("a year of readings is thinned out, and its first and its last stay", () => {
  const one = transaction();
  for (let count = 0; count < 525_600; count++) {
    one.keep(sample(count));
    if (count % 50_000 === 0) assert.equal(one.data.at(-1)!.at, AT + count);
  }
  assert(one.data.length <= 500 && one.data.length > 200, `${one.data.length} are kept`);
  assert.equal(one.data[0]!.at, AT);
  assert.equal(one.data.at(-1)!.at, AT + 525_599);
  const times = one.data.map(({ at }) => at);
  assert.deepEqual(times, times.toSorted((a, b) => a - b));
});
