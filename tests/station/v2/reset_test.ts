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
  assert.deepEqual(deeds, [["reset", "immediate", null]]);
});

Deno.test("B11: a reset on idle is done when nothing charges", async () => {
  const { payload, deeds } = await run({ type: "OnIdle" });
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(deeds, [["reset", "idle", null]]);
});

Deno.test("B12: a reset on idle is Scheduled while a transaction is in its way", async () => {
  const { payload, deeds } = await run({ type: "OnIdle" }, BUSY);
  assert.deepEqual(payload, { status: "Scheduled" });
  assert.deepEqual(deeds, [["reset", "idle", null]]);
});

Deno.test("B11, B12: one EVSE is reset alone, and only its own transaction is in the way", async () => {
  const connectors = [...BUSY, connectorFacts({ id: 2 })];
  const busy = await run({ type: "OnIdle", evseId: 1 }, connectors);
  assert.deepEqual([busy.payload.status, busy.deeds], ["Scheduled", [["reset", "idle", 1]]]);
  const free = await run({ type: "OnIdle", evseId: 2 }, connectors);
  assert.deepEqual([free.payload.status, free.deeds], ["Accepted", [["reset", "idle", 2]]]);
  const unknown = await run({ type: "Immediate", evseId: 9 }, connectors);
  assert.deepEqual([reasonOf(unknown.payload), unknown.deeds], ["UnknownEvse", []]);
});

Deno.test("2.1, B13: transactions can go on after a reset", async () => {
  const { payload, deeds } = await run({ type: "ImmediateAndResume" }, BUSY, ["2.1"]);
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(deeds, [["reset", "resume", null]]);
});

Deno.test("B11: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ type: "Immediate" })) {
    await obeyAnything("Reset", reset, fakeCharger(), odd);
  }
});
