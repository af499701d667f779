import assert from "node:assert/strict";
import type { DisplayMessage } from "../../../src/station/display/display_message.ts";
import { DISPLAY, Displays } from "../../../src/station/display/displays.ts";
import { shown } from "../../../src/station/display/shown.ts";
import { connectorFacts, NOON, transactionFacts } from "../v16/fake_charger.ts";

function message(given: Partial<DisplayMessage> = {}): DisplayMessage {
  return {
    id: 1,
    priority: "NormalCycle",
    state: null,
    from: null,
    to: null,
    transactionId: null,
    display: null,
    contents: [{ format: "UTF8", language: "de", content: "Grüezi" }],
    ...given,
  };
}

function setUp() {
  const facts = { now: NOON, running: new Set<string>() };
  const displays = new Displays({
    now: () => facts.now,
    isRunning: (id) => facts.running.has(id),
  });
  return { displays, facts };
}

function ids(messages: readonly DisplayMessage[]): number[] {
  return messages.map(({ id }) => id);
}

Deno.test("O01, O06: a message with an id that is there replaces the other", () => {
  const { displays } = setUp();
  assert.equal(displays.set(message()), null);
  assert.equal(displays.set(message({ id: 2 })), null);
  assert.equal(displays.set(message({ priority: "InFront" })), null);
  assert.deepEqual(displays.all.map(({ id, priority }) => [id, priority]), [
    [2, "NormalCycle"],
    [1, "InFront"],
  ]);
});

Deno.test("O01: there is one place always in front, and who comes last has it", () => {
  const { displays } = setUp();
  displays.set(message({ id: 1, priority: "AlwaysFront" }));
  displays.set(message({ id: 2, priority: "AlwaysFront" }));
  assert.deepEqual(ids(displays.all), [2]);
});

Deno.test("O01: a message is gone when its end has come", () => {
  const { displays, facts } = setUp();
  displays.set(message({ to: NOON + 1000 }));
  facts.now = NOON + 999;
  assert.equal(displays.all.length, 1);
  facts.now = NOON + 1000;
  assert.equal(displays.all.length, 0);
});

Deno.test("O02: a message of a transaction is gone when that ends, and is not taken without it", () => {
  const { displays, facts } = setUp();
  assert.equal(displays.set(message({ transactionId: "t1" }))?.status, "UnknownTransaction");
  facts.running.add("t1");
  assert.equal(displays.set(message({ transactionId: "t1" })), null);
  facts.running.delete("t1");
  assert.deepEqual(displays.all, []);
});

Deno.test("O01: what the display cannot do is refused, each with its own status", () => {
  const { displays } = setUp();
  const html = [{ format: "BMP", language: null, content: "" }];
  const ascii = [{ format: "ASCII", language: null, content: "Grüezi" }];
  const refusals = [
    message({ contents: html }),
    message({ contents: ascii }),
    message({ state: "Discharging" }),
    message({ priority: "Loud" as "InFront" }),
    message({ to: NOON }),
    message({ from: NOON + 10, to: NOON + 10 }),
  ].map((one) => displays.set(one)?.status);
  assert.deepEqual(refusals, [
    "NotSupportedMessageFormat",
    "Rejected",
    "NotSupportedState",
    "NotSupportedPriority",
    "Rejected",
    "Rejected",
  ]);
  assert.deepEqual(displays.all, []);
});

Deno.test("O01: a full display takes no more, but a replacement all the same", () => {
  const { displays } = setUp();
  for (let id = 1; id <= DISPLAY.mostMessages; id++) displays.set(message({ id }));
  assert.equal(displays.set(message({ id: 1000 }))?.status, "Rejected");
  assert.equal(displays.set(message({ id: 7, priority: "InFront" })), null);
  assert.equal(displays.all.length, DISPLAY.mostMessages);
});

Deno.test("O03, O04, O05: messages are found by id, priority and state, and cleared by id", () => {
  const { displays } = setUp();
  displays.set(message({ id: 1, state: "Idle" }));
  displays.set(message({ id: 2, state: "Charging" }));
  displays.set(message({ id: 3, priority: "InFront", state: "Idle" }));
  assert.deepEqual(ids(displays.find({})), [1, 2, 3]);
  assert.deepEqual(ids(displays.find({ state: "Idle", priority: "InFront" })), [3]);
  assert.deepEqual(ids(displays.find({ ids: [1, 2, 9], state: "Charging" })), [2]);
  assert(displays.clear(2));
  assert(!displays.clear(2));
  assert.deepEqual(ids(displays.all), [1, 3]);
});

Deno.test("O01: a driver sees what is in front, in the state and at the place that it is for", () => {
  const transaction = transactionFacts();
  const charging = connectorFacts({ status: "Charging", transaction });
  const idle = connectorFacts({ id: 2 });
  const screen = { name: "Display", instance: null, connectorId: 2 };
  const all = [
    message({ id: 1 }),
    message({ id: 2, state: "Charging" }),
    message({ id: 3, from: NOON + 1 }),
    message({ id: 4, display: screen }),
    message({ id: 5, transactionId: transaction.id }),
  ];
  assert.deepEqual(ids(shown(all, { at: NOON, connector: charging })), [1, 2, 5]);
  assert.deepEqual(ids(shown(all, { at: NOON, connector: idle })), [1, 4]);
  assert.deepEqual(ids(shown(all, { at: NOON + 1, connector: idle })), [1, 3, 4]);
  const front = [...all, message({ id: 6, priority: "InFront", state: "Charging" })];
  assert.deepEqual(ids(shown(front, { at: NOON, connector: charging })), [6]);
  assert.deepEqual(ids(shown(front, { at: NOON, connector: idle })), [1, 4]);
});
