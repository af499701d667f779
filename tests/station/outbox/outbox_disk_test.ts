import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Pace } from "../../../src/station/outbox/pace.ts";
import { FakeStore } from "../../support/fake_store.ts";
import { OutboxBench } from "./outbox_bench.ts";

Deno.test("a message is on the disk before it is sent", async () => {
  const store = new FakeStore();
  const disk = Promise.withResolvers<void>();
  store.hold = disk.promise;
  const bench = new OutboxBench(store);
  await bench.open();
  bench.add("transactionStarted");
  await bench.clock.settle();
  assert.deepEqual(bench.sent, []);
  disk.resolve();
  await bench.clock.settle();
  const [sent] = bench.sent;
  const [[, kept]] = store.entries("outbox") as [[string, { message: object }]];
  const { id, action, payload } = sent!;
  assert.deepEqual(kept.message, { id, action, payload, version: "1.6" });
});

Deno.test("part 4 §4.1.4: after a crash a message goes again as it was, with the same id", async () => {
  const before = new OutboxBench();
  await before.open();
  for (const kind of ["transactionStarted", "transactionUpdated", "transactionEnded"] as const) {
    before.add(kind);
  }
  await before.clock.settle();
  const [lost] = before.sent;
  const after = new OutboxBench(before.store, 10);
  assert.equal(after.outbox.size, 3);
  await after.open();
  assert.equal(JSON.stringify(after.sent[0]?.payload), JSON.stringify(lost?.payload));
  assert.equal(after.sent[0]?.id, lost?.id);
  await after.meet("answer");
  await after.meet("answer");
  assert.deepEqual(after.sent.map(({ action }) => action), [
    "transactionStarted",
    "transactionUpdated",
    "transactionEnded",
  ]);
});

Deno.test("what was answered is gone after a crash too, and the line goes on behind it", async () => {
  const before = new OutboxBench();
  await before.open();
  before.add("transactionStarted");
  before.add("transactionEnded");
  await before.clock.settle();
  await before.meet("answer", { csmsId: 42 });
  await before.clock.settle();
  const after = new OutboxBench(before.store, 10);
  after.add("transactionStarted", "t2");
  await after.open();
  assert.equal(after.sent[0]?.action, "transactionEnded");
  assert.equal(
    after.sent[0]?.payload.csmsId,
    42,
    "§4.8: what the CSMS calls it was learnt for good",
  );
  await after.meet("answer");
  assert.deepEqual(after.sent[1]?.payload.id, "t2");
});

Deno.test("while the disk takes nothing, nothing is sent; then it goes, once", async () => {
  const store = new FakeStore();
  store.failure = new Error("No space left");
  const bench = new OutboxBench(store);
  await bench.open();
  bench.add("transactionStarted");
  await bench.clock.advance(5_000);
  assert.deepEqual(bench.sent, []);
  store.failure = null;
  await bench.clock.advance(1_000);
  assert.equal(bench.sent.length, 1);
  await bench.meet("answer");
  await bench.clock.advance(1_000);
  assert.deepEqual(store.entries("outbox"), []);
});

Deno.test("a CSMS that chooses another version gets what waits in its words, under another id", async () => {
  const bench = new OutboxBench();
  await bench.open();
  bench.add("transactionStarted");
  await bench.clock.settle();
  await bench.lose();
  bench.version = "2.1";
  await bench.open();
  assert.deepEqual(bench.sent.map(({ id }) => id), ["id-1", "id-2"]);
});

Deno.test("thinning holds on the disk as well", async () => {
  const bench = new OutboxBench();
  for (let reading = 0; reading < 1_001; reading++) bench.add("transactionUpdated");
  await bench.clock.advance(200);
  assert.equal(bench.store.entries("outbox").length, bench.outbox.size);
  assert.equal(new OutboxBench(bench.store).outbox.size, bench.outbox.size);
});

Deno.test("after an outage the messages of a fleet go at a bounded rate, in the order of asking", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock, 10);
  const { signal } = new AbortController();
  const went: [number, number][] = [];
  for (let station = 1; station <= 3; station++) {
    void pace.turn(signal).then(() => went.push([station, clock.monotonic()]));
  }
  await clock.advance(1_000);
  assert.deepEqual(went, [[1, 0], [2, 100], [3, 200]]);
  void pace.turn(signal).then(() => went.push([4, clock.monotonic()]));
  await clock.settle();
  assert.deepEqual(
    went.at(-1),
    [4, 1_000],
    "an idle time is not saved up, and costs nobody a wait",
  );
});

Deno.test("a wait for a turn ends with the connection", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock, 0.001);
  const life = new AbortController();
  await pace.turn(life.signal);
  const waiting = pace.turn(life.signal);
  life.abort();
  await waiting;
  assert.equal(clock.pending, 0);
});
