import assert from "node:assert/strict";
import { requestStopTransaction } from "../../../src/station/v2/request_stop_transaction.ts";
import { fakeCharger } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf } from "./support.ts";

Deno.test("F03.FR.07: a transaction that is running is stopped", async () => {
  const station = fakeCharger();
  const request = { transactionId: "T1" };
  const { payload } = await obey(
    "RequestStopTransaction",
    requestStopTransaction,
    station,
    request,
  );
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(station.deeds, [["remoteStop", "T1"]]);
});

Deno.test("F03.FR.08: one that is not is Rejected", async () => {
  const station = fakeCharger({ remoteStop: () => false });
  const request = { transactionId: "T1" };
  const { payload } = await obey(
    "RequestStopTransaction",
    requestStopTransaction,
    station,
    request,
  );
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "UnknownTxId");
});

Deno.test("F03: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ transactionId: "T1" })) {
    const station = fakeCharger();
    await obeyAnything("RequestStopTransaction", requestStopTransaction, station, odd);
    if (typeof odd.transactionId !== "string") assert.deepEqual(station.deeds, []);
  }
});
