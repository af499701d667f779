import assert from "node:assert/strict";
import { remoteStopTransaction } from "../../../src/station/v16/remote_stop_transaction.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, ODD_VALUES } from "./support.ts";

Deno.test("§5.12: a transaction that runs is stopped", async () => {
  const station = fakeCharger();
  const request = { transactionId: 42 };
  const { payload } = await obey("RemoteStopTransaction", remoteStopTransaction, station, request);
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(station.deeds, [["remoteStop", 42]]);
});

Deno.test("§5.12: a transaction that does not run is Rejected", async () => {
  const station = fakeCharger({ remoteStop: () => false });
  const request = { transactionId: 42 };
  const { payload } = await obey("RemoteStopTransaction", remoteStopTransaction, station, request);
  assert.deepEqual(payload, { status: "Rejected" });
});

Deno.test("§5.12: what is no transaction id stops nothing", async () => {
  for (const transactionId of ODD_VALUES.filter((odd) => typeof odd !== "number")) {
    const station = fakeCharger();
    const odd = { transactionId };
    const { payload } = await obeyAnything(
      "RemoteStopTransaction",
      remoteStopTransaction,
      station,
      odd,
    );
    assert.equal(payload.status, "Rejected");
    assert.deepEqual(station.deeds, []);
  }
});
