import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { HIGH_WATER_BYTES, SendQueue, STALL_MS } from "../../src/connection/send_queue.ts";
import { FakeTransport, lost } from "../support/fake_transport.ts";

function slowSocket(sendQueue = 3) {
  const clock = new VirtualClock();
  const transport = new FakeTransport();
  const taken: string[] = [];
  const queue = new SendQueue(transport, { clock, sendQueue, onSent: (text) => taken.push(text) });
  return { clock, transport, taken, queue };
}

const FULL = HIGH_WATER_BYTES + 1;

Deno.test("a socket that keeps up gets every message at once, and no timer runs", () => {
  const { clock, transport, queue, taken } = slowSocket();
  for (const text of ["a", "b"]) assert.equal(queue.send(text), "sent");
  assert.deepEqual(transport.sent, ["a", "b"]);
  assert.deepEqual(taken, ["a", "b"]);
  assert.equal(clock.pending, 0);
});

Deno.test("the high water mark itself is not yet too much", () => {
  const { transport, queue } = slowSocket();
  transport.bufferedBytes = HIGH_WATER_BYTES;
  assert.equal(queue.send("a"), "sent");
  transport.bufferedBytes = FULL;
  assert.equal(queue.send("b"), "queued");
});

Deno.test("behind a slow socket messages are queued, then refused, and leave in order", async () => {
  const { clock, transport, queue, taken } = slowSocket();
  transport.bufferedBytes = FULL;
  const answers = ["a", "b", "c", "d"].map((text) => queue.send(text));
  assert.deepEqual(answers, ["queued", "queued", "queued", "full"]);
  assert.equal(queue.length, 3);
  assert.deepEqual(taken, []);
  transport.bufferedBytes = 0;
  await clock.advance(1_000);
  assert.deepEqual(transport.sent, ["a", "b", "c"]);
  assert.deepEqual(taken, ["a", "b", "c"]);
  assert.equal(queue.length, 0);
  assert.equal(clock.pending, 0);
});

Deno.test("a message never overtakes one that waits, even when the socket has room again", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = FULL;
  queue.send("a");
  transport.bufferedBytes = 0;
  assert.equal(queue.send("b"), "queued");
  await clock.advance(1_000);
  assert.deepEqual(transport.sent, ["a", "b"]);
});

Deno.test("what is let go stops at the high water mark, and the rest waits on", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = FULL;
  for (const text of ["a", "b", "c"]) queue.send(text);
  const send = transport.send.bind(transport);
  transport.send = (text) => {
    send(text);
    transport.bufferedBytes += HIGH_WATER_BYTES / 2 + 1;
  };
  transport.bufferedBytes = 0;
  await clock.advance(10);
  assert.deepEqual(transport.sent, ["a", "b"]);
  assert.equal(queue.length, 1);
  queue.end(lost());
});

Deno.test("whoever waits hears null once the socket took it", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = FULL;
  const heard: unknown[] = [];
  queue.send("a", (why) => heard.push(["a", why]));
  queue.send("b", (why) => heard.push(["b", why]));
  await clock.advance(1_000);
  assert.deepEqual(heard, []);
  transport.bufferedBytes = 0;
  await clock.advance(1_000);
  assert.deepEqual(heard, [["a", null], ["b", null]]);
});

Deno.test("whoever waits hears why when the socket dies, once, and nothing is sent any more", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = FULL;
  const heard: unknown[] = [];
  queue.send("a", (why) => heard.push(why));
  queue.end(lost());
  assert.deepEqual(heard, [lost()]);
  assert.equal(clock.pending, 0);
  assert.equal(queue.send("b"), "offline");
  await clock.advance(STALL_MS);
  assert.deepEqual(transport.sent, []);
});

Deno.test("a message handed in while those before it hear of the end is offline", () => {
  const { transport, queue } = slowSocket();
  transport.bufferedBytes = FULL;
  const answers: string[] = [];
  queue.send("a", () => answers.push(queue.send("again")));
  queue.end(lost());
  assert.deepEqual(answers, ["offline"]);
  assert.deepEqual(transport.sent, []);
});

Deno.test("once it is closing it takes nothing, and what waits hears that it never left", async () => {
  const { clock, transport, queue, taken } = slowSocket();
  transport.bufferedBytes = FULL;
  const heard: unknown[] = [];
  queue.send("a", (why) => heard.push(why));
  queue.stop();
  transport.bufferedBytes = 0;
  assert.equal(queue.send("b"), "offline");
  await clock.advance(STALL_MS);
  assert.deepEqual(heard, []);
  queue.end(lost());
  assert.deepEqual(heard, [lost()]);
  assert.deepEqual(taken, []);
  assert.equal(clock.pending, 0);
});

Deno.test("a socket that takes nothing for 30 s is abandoned, with the figures in the message", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = FULL;
  queue.send("a");
  await clock.advance(STALL_MS - 1);
  assert.equal(transport.abandonedWith, null);
  await clock.advance(2_000);
  assert.deepEqual(transport.abandonedWith, {
    kind: "stalled",
    message: `the CSMS read nothing for 30 s while ${FULL} bytes waited`,
  });
  queue.end(lost());
  assert.equal(clock.pending, 0);
});

Deno.test("a stalled peer is found also when nothing waits in the queue yet", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = 500;
  assert.equal(queue.send("a"), "sent");
  await clock.advance(STALL_MS + 2_000);
  assert.equal(transport.abandonedWith?.kind, "stalled");
});

Deno.test("a peer that reads slowly but steadily is never abandoned", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = 10 * FULL;
  queue.send("a");
  for (let second = 0; second < 120; second++) {
    transport.bufferedBytes -= 1_000;
    await clock.advance(1_000);
  }
  assert.equal(transport.abandonedWith, null);
  queue.end(lost());
});

Deno.test("what we put in ourselves does not hide what the peer takes out", async () => {
  const { clock, transport, queue } = slowSocket();
  const send = transport.send.bind(transport);
  transport.send = (text) => {
    send(text);
    transport.bufferedBytes += text.length;
  };
  transport.bufferedBytes = 1_000;
  for (let second = 0; second < 60; second++) {
    assert.equal(queue.send("x".repeat(2_000)), "sent");
    transport.bufferedBytes -= 500;
    await clock.advance(1_000);
  }
  assert.equal(transport.abandonedWith, null);
  queue.end(lost());
});

Deno.test("once all has drained nobody looks any more", async () => {
  const { clock, transport, queue } = slowSocket();
  transport.bufferedBytes = 500;
  queue.send("a");
  assert.equal(clock.pending, 1);
  transport.bufferedBytes = 0;
  await clock.advance(1_000);
  assert.equal(clock.pending, 0);
});

Deno.test("a queue of 0 refuses what the socket cannot take now", () => {
  const { transport, queue } = slowSocket(0);
  assert.equal(queue.send("a"), "sent");
  transport.bufferedBytes = FULL;
  assert.equal(queue.send("b"), "full");
});

Deno.test("one message beyond the high water mark is watched from the start", async () => {
  const { clock, transport, queue } = slowSocket();
  const send = transport.send.bind(transport);
  transport.send = (text) => {
    send(text);
    transport.bufferedBytes += text.length;
  };
  assert.equal(queue.send("x".repeat(FULL)), "sent");
  await clock.advance(STALL_MS + 2_000);
  assert.equal(transport.abandonedWith?.kind, "stalled");
});
