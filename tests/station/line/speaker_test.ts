import assert from "node:assert/strict";
import type { CallOptions, CallOutcome, Payload } from "../../../src/ocpp/mod.ts";
import type { Dialect, Messages } from "../../../src/station/dialect.ts";
import { Speaker } from "../../../src/station/line/speaker.ts";
import { dialect16 } from "../../../src/station/v16/dialect.ts";
import { transactionEvent } from "../v16/support.ts";

/** A speaker of a dialect with the given messages, and what it called. */
function setUp(messages: Partial<Messages> = {}) {
  const called: (readonly [action: string, payload: Payload, options?: CallOptions])[] = [];
  let outcome: CallOutcome = { kind: "result", id: "1", payload: { word: "hi" }, latencyMs: 1 };
  const speaker = new Speaker({
    call(action, payload, options) {
      called.push([action, payload, options]);
      return Promise.resolve(outcome);
    },
  });
  speaker.dialect = { ...dialect16, messages: { ...dialect16.messages, ...messages } } as Dialect;
  return { speaker, called, become: (next: CallOutcome) => outcome = next };
}

const silent = { action: "Silent", request: () => null, answer: () => 0 };
const first = { action: "First", request: () => ({ n: 1 }), answer: () => 1 };
const second = { action: "Second", request: () => ({ n: 2 }), answer: () => 2 };

Deno.test("the first of a line that has something to say speaks, and reads its own answer", async () => {
  const { speaker, called } = setUp({ heartbeat: [silent, second, first] });
  const said = await speaker.say("heartbeat", null);
  assert.deepEqual(called, [["Second", { n: 2 }, undefined]]);
  assert(said.kind === "answered" && said.answer === 2 && said.payload.word === "hi");
});

Deno.test("what nobody in a line has a word for stays unsaid", async () => {
  for (const heartbeat of [[], [silent]]) {
    const { speaker, called } = setUp({ heartbeat });
    assert.deepEqual(await speaker.say("heartbeat", null), { kind: "unsaid" });
    assert.deepEqual(called, []);
  }
});

Deno.test("without a connection nothing is said, and the message tells why", async () => {
  const { speaker, called } = setUp();
  speaker.dialect = null;
  const said = await speaker.say("heartbeat", null);
  assert.deepEqual(said, { kind: "offline", message: "There is no connection to the CSMS" });
  assert.deepEqual(called, []);
});

Deno.test("how a CALL is to be treated goes along", async () => {
  const { speaker, called } = setUp({ heartbeat: [first] });
  await speaker.say("heartbeat", null, { priority: "first" });
  assert.deepEqual(called, [["First", { n: 1 }, { priority: "first" }]]);
});

Deno.test("bad news is passed on in the words of the domain", async () => {
  const { speaker, become } = setUp();
  become({ kind: "lost", id: "1", message: "cut" });
  assert.deepEqual(await speaker.say("heartbeat", null), { kind: "offline", message: "cut" });
});

Deno.test("an event of a transaction is spelled without being sent", () => {
  const { speaker, called } = setUp();
  const spelled = speaker.spell("transactionStarted", transactionEvent());
  assert.equal(spelled?.action, "StartTransaction");
  assert.equal(spelled?.payload.connectorId, 1);
  assert.equal(
    speaker.spell("transactionUpdated", transactionEvent()),
    null,
    "no readings, no word",
  );
  assert.deepEqual(called, []);
});

Deno.test("the answer to a transaction's message is read by whoever wrote it", () => {
  const { speaker } = setUp();
  const read = speaker.read("transactionStarted", "StartTransaction", {
    transactionId: 42,
    idTagInfo: { status: "Accepted" },
  });
  assert.equal(read.csmsId, 42);
  assert.equal(read.idTokenInfo?.status, "Accepted");
  const nothing = { csmsId: null, idTokenInfo: null };
  assert.deepEqual(
    speaker.read("transactionStarted", "MeterValues", { transactionId: 42 }),
    nothing,
  );
  speaker.dialect = null;
  assert.deepEqual(speaker.read("transactionStarted", "StartTransaction", {}), nothing);
});
