import assert from "node:assert/strict";
import { Connector } from "../../src/station/connector.ts";
import { type ConnectorState, statusOf } from "../../src/station/connector_state.ts";
import type { Meter } from "../../src/station/energy/meter.ts";
import { Transaction } from "../../src/station/transactions/transaction.ts";
import { transactionFacts } from "./v16/fake_charger.ts";

function setUp() {
  const moves: string[] = [];
  const connector = new Connector({ id: 2, type: "CCS2", maxPower: 50_000 }, {
    connectorMoved: (one: Connector, before: ConnectorState) =>
      moves.push(`${one.id}: ${statusOf(before)} to ${one.status}`),
  });
  return { connector, moves };
}

Deno.test("a connector begins free, and costs nothing", () => {
  const { connector, moves } = setUp();
  assert.deepEqual(connector.facts(), {
    id: 2,
    type: "CCS2",
    maxPower: 50_000,
    status: "Available",
    plugged: false,
    reservationId: null,
    transaction: null,
    isAuthorized: false,
  });
  assert.equal(connector.meter, null);
  assert.deepEqual(moves, []);
});

Deno.test("its owner hears of each change once, and not of what means nothing", () => {
  const { connector, moves } = setUp();
  connector.apply({ type: "plugged" });
  connector.apply({ type: "plugged" });
  connector.apply({ type: "stopped" });
  connector.apply({ type: "started" });
  assert.deepEqual(moves, ["2: Available to Preparing", "2: Preparing to Charging"]);
});

Deno.test("its facts show the car, the reservation and the transaction of now", () => {
  const { connector } = setUp();
  connector.apply({ type: "reserved", id: 7 });
  connector.apply({ type: "plugged" });
  connector.transaction = new Transaction(transactionFacts(), null);
  const { status, plugged, reservationId, transaction } = connector.facts();
  assert.deepEqual([status, plugged, reservationId], ["Reserved", true, 7]);
  assert.deepEqual(transaction, transactionFacts());
});

Deno.test("a connector that stops lets go of every timer and of its meter, once", () => {
  const { connector } = setUp();
  const gone: string[] = [];
  connector.plugTimer = () => gone.push("plug");
  connector.sampleTimer = () => gone.push("sample");
  connector.limitTimer = () => gone.push("limit");
  connector.meter = { stop: () => gone.push("meter") } as unknown as Meter;
  connector.stop();
  connector.stop();
  assert.deepEqual(gone, ["plug", "sample", "limit", "meter", "meter"]);
  const { plugTimer, sampleTimer, limitTimer } = connector;
  assert.deepEqual([plugTimer, sampleTimer, limitTimer], [null, null, null]);
});
