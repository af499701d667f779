import assert from "node:assert/strict";
import { type Fate, OutboxBench } from "./outbox_bench.ts";

/** A bench that is open, with a transaction's start, reading and end in line. */
async function inLine(): Promise<OutboxBench> {
  const bench = new OutboxBench();
  await bench.open();
  bench.add("transactionStarted");
  bench.add("transactionUpdated");
  bench.add("transactionEnded");
  await bench.clock.settle();
  return bench;
}

Deno.test("1.6 §3.7: messages go one at a time, in the order in which things happened", async () => {
  const bench = await inLine();
  assert.deepEqual(bench.numbers, [1]);
  await bench.meet("answer");
  assert.deepEqual(bench.numbers, [1, 2]);
  await bench.meet("answer");
  await bench.meet("answer");
  assert.deepEqual(bench.sent.map(({ action }) => action), [
    "transactionStarted",
    "transactionUpdated",
    "transactionEnded",
  ]);
  assert.equal(bench.outbox.size, 0);
  assert.deepEqual(bench.sent.map(({ id }) => id), ["id-1", "id-2", "id-3"]);
});

Deno.test("1.6 §3.7: a message leaves when it is answered, not when it is sent", async () => {
  const bench = await inLine();
  assert.equal(bench.outbox.size, 3);
  await bench.meet("answer");
  assert.equal(bench.outbox.size, 2);
});

Deno.test("what comes in when nothing waits goes at once, and again after that", async () => {
  const bench = new OutboxBench();
  await bench.open();
  for (const number of [1, 2]) {
    bench.add("transactionUpdated");
    await bench.clock.settle();
    assert.equal(bench.sent.length, number);
    await bench.meet("answer");
  }
});

Deno.test("whoever waits hears the answer, after the station did", async () => {
  const bench = await inLine();
  await bench.meet("answer", { csmsId: 42 });
  assert.deepEqual(bench.heard, ["station: t1 42", "transactionStarted: answered 42"]);
});

Deno.test("without a connection whoever waits hears so at once, and the message stays", async () => {
  const bench = new OutboxBench();
  bench.add("transactionStarted");
  await bench.clock.settle();
  assert.deepEqual(bench.heard, ["transactionStarted: offline"]);
  assert.deepEqual(bench.sent, []);
  assert.equal(bench.outbox.size, 1);
  await bench.open();
  assert.deepEqual(bench.numbers, [1]);
});

for (const fate of ["lost", "timeout", "error", "invalid"] as const satisfies readonly Fate[]) {
  Deno.test(`part 4 §4.1.4: after ${fate} the message goes again as it was, with the same id`, async () => {
    const bench = await inLine();
    if (fate === "lost") {
      await bench.lose();
      await bench.open();
    } else {
      await bench.meet(fate);
      await bench.clock.advance(60_000);
    }
    const [first, second] = bench.sent;
    assert.equal(bench.sent.length, 2);
    assert.equal(second?.id, first?.id);
    assert.equal(JSON.stringify(second?.payload), JSON.stringify(first?.payload));
    assert.equal(second?.action, first?.action);
  });
}

Deno.test("1.6 §3.7: the wait is the interval times the earlier transmissions, then it is given up", async () => {
  const bench = await inLine();
  for (const waitMs of [60_000, 120_000]) {
    const before = bench.sent.length;
    await bench.meet("error");
    await bench.clock.advance(waitMs - 1);
    assert.equal(bench.sent.length, before);
    await bench.clock.advance(1);
    assert.equal(bench.sent.length, before + 1);
  }
  await bench.meet("timeout");
  assert.deepEqual(bench.numbers, [1, 1, 1, 2], "the next in line goes at once");
  assert(bench.lines.some((line) => line.includes("transactionStarted is given up")));
  assert(bench.lines.some((line) => line.includes("InternalError disk full")));
});

Deno.test("1.6 §9.1.30: one attempt means that nothing is sent again", async () => {
  const bench = await inLine();
  bench.attempts = 1;
  await bench.meet("error");
  assert.deepEqual(bench.numbers, [1, 2]);
});

Deno.test("1.6 §9.1.31: with interval 0 it is sent again at once", async () => {
  const bench = await inLine();
  bench.intervalMs = 0;
  await bench.meet("error");
  await bench.meet("error");
  assert.deepEqual(bench.sent.map(({ at }) => at), [0, 0, 0]);
});

Deno.test("attempts and interval are those of now, since the CSMS can change them", async () => {
  const bench = await inLine();
  await bench.meet("error");
  bench.attempts = 2;
  await bench.clock.advance(60_000);
  await bench.meet("error");
  assert.deepEqual(bench.numbers, [1, 1, 2]);
});

Deno.test("a lost connection is no attempt: nothing is given up for it", async () => {
  const bench = await inLine();
  for (let cuts = 0; cuts < 10; cuts++) {
    await bench.lose();
    await bench.open();
  }
  await bench.meet("answer");
  assert.equal(bench.numbers.at(-1), 2);
  assert.equal(bench.outbox.size, 2);
});

Deno.test("attempts are counted over connections", async () => {
  const bench = await inLine();
  await bench.meet("timeout");
  bench.outbox.close();
  await bench.open();
  await bench.meet("timeout");
  await bench.clock.advance(119_999);
  assert.deepEqual(bench.numbers, [1, 1]);
  await bench.clock.advance(1);
  await bench.meet("timeout");
  assert.deepEqual(bench.numbers, [1, 1, 1, 2]);
});

Deno.test("whoever waits hears what became of the first attempt, once", async () => {
  for (const fate of ["error", "timeout", "invalid"] as const) {
    const bench = await inLine();
    await bench.meet(fate);
    assert.deepEqual(bench.heard, [`transactionStarted: ${fate}`]);
    await bench.clock.advance(60_000);
    await bench.meet("answer");
    assert.deepEqual(bench.heard.slice(1), ["station: t1 null"]);
  }
});

Deno.test("when the connection goes, all that wait hear so, and nothing is left to fire", async () => {
  const bench = await inLine();
  await bench.lose();
  assert.deepEqual(bench.heard.toSorted(), [
    "transactionEnded: offline",
    "transactionStarted: offline",
    "transactionUpdated: offline",
  ]);
  assert.equal(bench.outbox.size, 3);
  await bench.clock.advance(200);
  assert.equal(bench.clock.pending, 0);
});

Deno.test("a connection that goes during a wait ends the wait; the next one sends at once", async () => {
  const bench = await inLine();
  await bench.meet("error");
  bench.outbox.close();
  await bench.clock.settle();
  await bench.clock.advance(200);
  assert.equal(bench.clock.pending, 0);
  await bench.clock.advance(10_000_000);
  assert.deepEqual(bench.numbers, [1]);
  await bench.open();
  assert.deepEqual(bench.numbers, [1, 1]);
  await bench.meet("answer");
  assert.deepEqual(bench.numbers, [1, 1, 2]);
});

Deno.test("a new connection during a wait that has not noticed yet sends each message once", async () => {
  const bench = await inLine();
  await bench.meet("error");
  bench.outbox.close();
  bench.outbox.open();
  await bench.clock.settle();
  assert.deepEqual(bench.numbers, [1, 1]);
});

Deno.test("a second acceptance sends nothing twice", async () => {
  const bench = await inLine();
  await bench.open();
  assert.deepEqual(bench.numbers, [1]);
  await bench.meet("answer");
  assert.deepEqual(bench.numbers, [1, 2]);
});

Deno.test("an answer that comes while the station goes down still counts", async () => {
  const bench = await inLine();
  bench.outbox.close();
  await bench.meet("answer", { csmsId: 42 });
  assert.equal(bench.outbox.size, 2);
  await bench.open();
  assert.deepEqual(bench.sent.at(-1)?.payload, { id: "t1", csmsId: 42, seqNo: 2 });
});

Deno.test("two answers to a message that went twice take one message out of the line", async () => {
  const bench = await inLine();
  bench.outbox.close();
  await bench.open();
  const [first, resent] = bench.sent;
  for (const { id, settle } of [first!, resent!]) {
    settle({ kind: "result", id, payload: {}, latencyMs: 1 });
    await bench.clock.settle();
  }
  assert.deepEqual(bench.numbers, [1, 1, 2]);
  assert.equal(bench.outbox.size, 2);
});

Deno.test("a socket that takes no more is tried again, and no attempt is counted", async () => {
  const bench = await inLine();
  for (let tries = 1; tries <= 10; tries++) {
    await bench.meet("refused");
    await bench.clock.advance(1_000);
    assert.equal(bench.sent.length, tries + 1);
  }
  await bench.meet("answer");
  assert.deepEqual(bench.heard, ["station: t1 null", "transactionStarted: answered null"]);
});

Deno.test("1.6 §4.8: what the CSMS calls a transaction reaches all of it that waits, and no other", async () => {
  const bench = await inLine();
  bench.add("transactionStarted", "t2");
  bench.add("transactionEnded", "t2");
  await bench.meet("answer", { csmsId: 42 });
  await bench.meet("answer");
  await bench.meet("answer");
  await bench.meet("answer", { csmsId: 43 });
  assert.deepEqual(bench.sent.map(({ payload: { id, csmsId } }) => `${id} ${csmsId}`), [
    "t1 null",
    "t1 42",
    "t1 42",
    "t2 null",
    "t2 43",
  ]);
  await bench.meet("answer");
  assert.deepEqual(
    bench.heard.filter((line) => line.startsWith("transactionEnded")),
    ["transactionEnded: answered null", "transactionEnded: answered null"],
  );
});

Deno.test("1.6 §3.7: after a start that is given up the rest is said without the id", async () => {
  const bench = await inLine();
  bench.attempts = 1;
  await bench.meet("error");
  await bench.meet("answer");
  await bench.meet("answer");
  assert.deepEqual(bench.sent.map(({ payload }) => payload.csmsId), [null, null, null]);
  assert.equal(bench.outbox.size, 0);
});

Deno.test("what a version has no words for is passed over", async () => {
  const bench = new OutboxBench();
  await bench.open();
  bench.add("transactionUpdated", "t1", { samples: [] });
  bench.add("transactionUpdated", "t1", { samples: [] });
  bench.add("transactionEnded");
  await bench.clock.settle();
  assert.deepEqual(bench.numbers, [3]);
  assert.deepEqual(bench.heard, ["transactionUpdated: unsaid", "transactionUpdated: unsaid"]);
});

Deno.test("2.x E04: a year offline thins the readings out, and keeps starts, ends and their order", async () => {
  const bench = new OutboxBench();
  for (let count = 0; count < 40; count++) {
    bench.add("transactionStarted", `t${count}`);
    for (let reading = 0; reading < 100; reading++) bench.add("transactionUpdated", `t${count}`);
    bench.add("transactionEnded", `t${count}`);
  }
  assert(bench.outbox.size <= 1_000, `${bench.outbox.size} wait`);
  assert(bench.outbox.size > 400, "and no more than needed went");
  await bench.open();
  while (bench.outbox.size > 0) await bench.meet("answer");
  const kinds = bench.sent.map(({ action }) => action);
  assert.equal(kinds.filter((kind) => kind === "transactionStarted").length, 40);
  assert.equal(kinds.filter((kind) => kind === "transactionEnded").length, 40);
  const numbers = bench.numbers as number[];
  assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b));
});

Deno.test("thinning leaves alone what is on its way, and forgets nobody who waits", async () => {
  const bench = new OutboxBench();
  await bench.open();
  for (let reading = 0; reading < 1_001; reading++) bench.add("transactionUpdated");
  await bench.clock.settle();
  assert.deepEqual(bench.heard, Array(500).fill("transactionUpdated: unsaid"));
  await bench.meet("answer");
  assert.deepEqual(bench.numbers, [1, 2], "2 is the first that nobody had sent");
  assert.equal(bench.outbox.size, 500);
});

Deno.test("starts and ends are never thinned out, however many there are", () => {
  const bench = new OutboxBench();
  for (let count = 0; count < 1_500; count++) bench.add("transactionEnded", `t${count}`);
  assert.equal(bench.outbox.size, 1_500);
});

Deno.test("what an answer leads to hears its own answer, and so does whoever waited for the first", async () => {
  const bench = new OutboxBench();
  await bench.open();
  bench.onAnswer = () => {
    bench.onAnswer = null;
    bench.add("transactionEnded");
  };
  bench.add("transactionStarted");
  await bench.clock.settle();
  await bench.meet("answer", { csmsId: 1 });
  await bench.meet("answer");
  assert.deepEqual(bench.heard.filter((one) => !one.startsWith("station")), [
    "transactionStarted: answered 1",
    "transactionEnded: answered null",
  ]);
});
