import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import { loadVersion, type VersionId, writeResult } from "../../../src/ocpp/mod.ts";
import { Rpc } from "../../../src/station/line/rpc.ts";
import { FakeCsms } from "../../support/fake_csms.ts";

async function setUp(id: VersionId, strictness: "strict" | "lenient" = "strict") {
  const clock = new VirtualClock();
  const csms = new FakeCsms();
  const sink = memorySink();
  let count = 0;
  const taken: string[] = [];
  const answered: number[] = [];
  const rpc = new Rpc({
    clock,
    log: createLog({ level: "debug", format: "json", sink, clock }),
    newId: () => `id-${++count}`,
    callTimeoutMs: () => 30_000,
    strictness,
    answer: (_, call) => {
      taken.push(call.action);
      return Promise.resolve(writeResult(call.id, { status: "Accepted" }));
    },
    answered: () => answered.push(csms.sent.length),
  });
  rpc.connected(csms, await loadVersion(id), true);
  return { clock, csms, rpc, taken, answered, lines: sink.lines };
}

const STAMP = "2026-01-01T00:00:00Z";

Deno.test("a call is answered with the result, and its latency is noted", async () => {
  const { rpc, csms, clock } = await setUp("2.0.1");
  const outcome = rpc.call("Heartbeat", {});
  await clock.advance(25);
  rpc.received(`[3,"${csms.last("Heartbeat").id}",{"currentTime":"${STAMP}"}]`);
  assert.equal((await outcome).kind, "result");
  assert.deepEqual(csms.latencies, [25]);
});

Deno.test("one call is outstanding at a time", async () => {
  const { rpc, csms, clock } = await setUp("1.6");
  void rpc.call("Heartbeat", {});
  void rpc.call("Heartbeat", {});
  await clock.settle();
  assert.equal(csms.calls.length, 1);
  rpc.received(`[3,"id-1",{"currentTime":"${STAMP}"}]`);
  await clock.settle();
  assert.equal(csms.calls.length, 2);
  rpc.disconnected("over");
});

Deno.test("a payload that is wrong, or an action that does not exist, is not sent", async () => {
  const { rpc, csms } = await setUp("1.6");
  const wrong = await rpc.call("Authorize", { idTag: 7 });
  assert(wrong.kind === "invalid" && wrong.message.includes("idTag"), JSON.stringify(wrong));
  const unknown = await rpc.call("TransactionEvent", {});
  assert(unknown.kind === "invalid" && unknown.message.includes("no such action"));
  assert.deepEqual(csms.sent, []);
});

Deno.test("2.1: a result that breaks its schema is answered with CALLRESULTERROR", async () => {
  const { rpc, csms, clock, lines } = await setUp("2.1");
  const outcome = rpc.call("Heartbeat", {});
  await clock.settle();
  rpc.received('[3,"id-1",{"currentTime":7}]');
  assert.equal((await outcome).kind, "invalid");
  assert.deepEqual(JSON.parse(csms.sent.at(-1)!).slice(0, 3), [
    5,
    "id-1",
    "TypeConstraintViolation",
  ]);
  assert(lines.some((line) => line.includes("breaks a rule")));
});

Deno.test("lenient: a call whose payload is wrong is tried, strict: it is refused", async () => {
  for (const strictness of ["lenient", "strict"] as const) {
    const { rpc, csms, taken, clock } = await setUp("2.0.1", strictness);
    rpc.received('[2,"c1","ClearCache",{"extra":true}]');
    await clock.settle();
    assert.deepEqual(taken, strictness === "lenient" ? ["ClearCache"] : []);
    assert.equal(JSON.parse(csms.sent.at(-1)!)[0], strictness === "lenient" ? 3 : 4);
  }
});

Deno.test("an action that does not exist is NotImplemented for the lenient too", async () => {
  const { rpc, csms, taken, clock } = await setUp("1.6", "lenient");
  rpc.received('[2,"c1","MakeCoffee",{}]');
  await clock.settle();
  assert.deepEqual(taken, []);
  assert.equal(JSON.parse(csms.sent.at(-1)!)[2], "NotImplemented");
});

Deno.test("2.1: a SEND from the CSMS is reported and never answered", async () => {
  const { rpc, csms, lines, clock } = await setUp("2.1");
  assert(rpc.received('[6,"s1","NotifyPeriodicEventStream",{}]'));
  await clock.settle();
  assert.deepEqual(csms.sent, []);
  assert.equal(lines.length, 1);
});

Deno.test("calls of the CSMS are answered in the order in which they came", async () => {
  const { rpc, csms, clock, lines } = await setUp("1.6");
  rpc.received('[2,"c1","ClearCache",{}]');
  rpc.received('[2,"c2","ClearCache",{}]');
  await clock.settle();
  assert.deepEqual(csms.sent.map((text) => JSON.parse(text)[1]), ["c1", "c2"]);
  assert(lines.some((line) => line.includes("only one may be outstanding")));
});

Deno.test("an answer never goes out over the next connection", async () => {
  const { rpc, csms, clock } = await setUp("1.6");
  rpc.received('[2,"c1","ClearCache",{}]');
  rpc.disconnected("cut");
  rpc.connected(csms, await loadVersion("1.6"), true);
  await clock.settle();
  assert.deepEqual(csms.sent, []);
});

Deno.test("offline a call is refused at once", async () => {
  const { rpc } = await setUp("1.6");
  rpc.disconnected("gone");
  const outcome = await rpc.call("Heartbeat", {});
  assert(outcome.kind === "refused" && outcome.reason === "offline");
});

Deno.test("1.6 §4.2: before the boot is accepted only what has priority goes", async () => {
  const { rpc, csms, clock } = await setUp("1.6");
  rpc.disconnected("cut");
  rpc.connected(csms, await loadVersion("1.6"), false);
  void rpc.call("Heartbeat", {});
  void rpc.call(
    "StatusNotification",
    { connectorId: 0, errorCode: "NoError", status: "Available" },
    {
      priority: "first",
    },
  );
  await clock.settle();
  assert.deepEqual(csms.actions, ["StatusNotification"]);
  rpc.received('[3,"id-2",{}]');
  rpc.release();
  await clock.settle();
  assert.deepEqual(csms.actions, ["StatusNotification", "Heartbeat"]);
  rpc.disconnected("over");
});

Deno.test("whoever answers hears when the answer is on its way, after it", async () => {
  const { rpc, clock, answered } = await setUp("1.6");
  rpc.received('[2,"c1","ClearCache",{}]');
  rpc.received('[2,"c2","ClearCache",{}]');
  await clock.settle();
  assert.deepEqual(answered, [1, 2]);
});

Deno.test("a CALLERROR and a timeout are what they are", async () => {
  const { rpc, clock } = await setUp("1.6");
  const refused = rpc.call("Heartbeat", {});
  rpc.received('[4,"id-1","GenericError","busy",{}]');
  const error = await refused;
  assert(error.kind === "error" && error.code === "GenericError" && error.description === "busy");
  const silent = rpc.call("Heartbeat", {});
  await clock.advance(30_000);
  assert.equal((await silent).kind, "timeout");
});

Deno.test("a result that breaks its schema is invalid to the strict, and taken by the lenient", async () => {
  for (const strictness of ["strict", "lenient"] as const) {
    const { rpc, lines } = await setUp("1.6", strictness);
    const outcome = rpc.call("Heartbeat", {});
    rpc.received('[3,"id-1",{"currentTime":7}]');
    assert.equal((await outcome).kind, strictness === "strict" ? "invalid" : "result");
    assert(lines.some((line) => line.includes("currentTime")), "and both report it");
  }
});

Deno.test("a call with a wrong payload is refused with its path, and reported with its rule", async () => {
  const { rpc, csms, clock, lines } = await setUp("2.0.1");
  assert(rpc.received('[2,"c1","Reset",{"type":"Sometimes"}]'), "its shape is right");
  await clock.settle();
  const [, , code, description] = JSON.parse(csms.sent.at(-1)!);
  assert.equal(code, "PropertyConstraintViolation");
  assert(description.includes("type"), description);
  assert(lines.some((line) => line.includes('"rule":"OCPP 2.0.1 schema of ResetRequest"')));
});

Deno.test("1.6-J §4.1.3: garbage is no proper frame, is reported, and stops nothing", async () => {
  const { rpc, csms, clock, lines } = await setUp("1.6");
  const outcome = rpc.call("Heartbeat", {});
  assert(!rpc.received("hello?"));
  assert(!rpc.received("[]"));
  rpc.received(`[3,"${csms.last("Heartbeat").id}",{"currentTime":"${STAMP}"}]`);
  assert.equal((await outcome).kind, "result");
  assert.equal(lines.filter((line) => line.includes("breaks a rule")).length, 2);
  await clock.settle();
});

Deno.test("what comes in without a connection is no proper frame", async () => {
  const { rpc } = await setUp("1.6");
  rpc.disconnected("gone");
  assert(!rpc.received('[2,"c1","ClearCache",{}]'));
});

Deno.test("an answer to nobody is odd, but no breach: it may answer a raw frame of the user", async () => {
  const { rpc, lines } = await setUp("1.6");
  rpc.received('[3,"raw-1",{}]');
  assert(lines.some((line) => line.includes('"problem":"unknown-answer"')), lines.join());
  assert(!lines.some((line) => line.includes("breaks a rule")), lines.join());
});

Deno.test("a CALL waits as long as the time-out says when it goes out (2.x MessageTimeout)", async () => {
  const clock = new VirtualClock();
  const csms = new FakeCsms();
  const log = createLog({ level: "debug", format: "json", sink: memorySink(), clock });
  let timeoutMs = 30_000;
  const rpc = new Rpc({
    clock,
    log,
    newId: () => "id",
    callTimeoutMs: () => timeoutMs,
    strictness: "strict",
    answer: () => Promise.resolve(null),
    answered() {},
  });
  rpc.connected(csms, await loadVersion("2.0.1"), true);
  timeoutMs = 5_000;
  const outcome = rpc.call("Heartbeat", {});
  await clock.advance(5_000);
  assert.equal((await outcome).kind, "timeout");
});
