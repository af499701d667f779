import assert from "node:assert/strict";
import { charge, facilityHarness } from "../facility_harness.ts";
import { VERSIONS } from "./support.ts";

for (const version of VERSIONS) {
  Deno.test(`E14 in ${version}: a transaction goes on, or does not, or is not known`, async () => {
    const harness = await facilityHarness({ version });
    const transactionId = await charge(harness);
    const ask = (asked: object) => harness.call("GetTransactionStatus", { ...asked });
    const quiet = { messagesInQueue: false };
    assert.deepEqual(await ask({ transactionId }), { ...quiet, ongoingIndicator: true });
    assert.deepEqual(await ask({ transactionId: "no" }), { ...quiet, ongoingIndicator: false });
    assert.deepEqual(await ask({}), quiet);
    await harness.station.driver.stopTransaction(1, {});
    assert.deepEqual(await ask({ transactionId }), { ...quiet, ongoingIndicator: false });
    await harness.over();
  });
}

Deno.test("E14: what waits to be told of a transaction is in the queue", async () => {
  const harness = await facilityHarness({
    version: "2.0.1",
    replies: { TransactionEvent: "silence" },
  });
  void harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  await harness.clock.settle();
  const transactionId = harness.station.connector(1)!.transaction!.id;
  const ask = (asked: object) => harness.call("GetTransactionStatus", { ...asked });
  assert.deepEqual(await ask({}), { messagesInQueue: true });
  assert.deepEqual(await ask({ transactionId }), { messagesInQueue: true, ongoingIndicator: true });
  assert.equal((await ask({ transactionId: "other" })).messagesInQueue, false);
  await harness.over();
});
