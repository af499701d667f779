import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { reset } from "../../../src/station/v2/reset.ts";
import { connectorFacts, fakeCharger, transactionFacts } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf, type Version } from "./support.ts";

const BUSY = [connectorFacts({ transaction: transactionFacts() })];

async function run(
  request: v21.ResetRequest,
  connectors = [connectorFacts()],
  versions?: readonly Version[],
) {
  const station = fakeCharger({ connectors: () => connectors });
  const { payload, after } = await obey("Reset", reset, station, request, versions);
  assert.deepEqual(station.deeds, [], "the answer goes out first");
  after();
  return { payload, deeds: station.deeds };
}

Deno.test("B12: an immediate reset does not wait for a transaction", async () => {
  const { payload, deeds } = await run({ type: "Immediate" }, BUSY);
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(deeds, [["reset", "hard"]]);
});

Deno.test("B11: a reset on idle is done when nothing charges", async () => {
  const { payload, deeds } = await run({ type: "OnIdle" });
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(deeds, [["reset", "soft"]]);
});

Deno.test("B12: a reset on idle that would have to wait is Rejected, as it cannot", async () => {
  const { payload, deeds } = await run({ type: "OnIdle" }, BUSY);
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "TxInProgress");
  assert.deepEqual(deeds, []);
});

Deno.test("B11: a single EVSE cannot be reset", async () => {
  const one = await run({ type: "Immediate", evseId: 1 });
  assert.equal(reasonOf(one.payload), "UnsupportedParam");
  const unknown = await run({ type: "Immediate", evseId: 9 });
  assert.equal(reasonOf(unknown.payload), "UnknownEvse");
  assert.deepEqual([...one.deeds, ...unknown.deeds], []);
});

Deno.test("2.1: transactions cannot be resumed after a reset", async () => {
  const { payload, deeds } = await run({ type: "ImmediateAndResume" }, BUSY, ["2.1"]);
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "UnsupportedParam");
  assert.deepEqual(deeds, []);
});

Deno.test("B11: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ type: "Immediate" })) {
    await obeyAnything("Reset", reset, fakeCharger(), odd);
  }
});
