import assert from "node:assert/strict";
import { untilSignal } from "../../src/cli/until_signal.ts";
import { FakeWorld } from "../support/world.ts";

function job() {
  const said: string[] = [];
  const stopping = Promise.withResolvers<void>();
  return {
    said,
    stopping,
    start(signal: AbortSignal) {
      said.push("start");
      signal.addEventListener("abort", () => said.push("asked"));
      return Promise.resolve();
    },
    stop() {
      said.push("stop");
      return stopping.promise;
    },
    uncaught: (thrown: unknown) => void said.push(`uncaught ${thrown}`),
  };
}

Deno.test("a job runs until the signal, is stopped once, and leaves no handler behind", async () => {
  const fake = new FakeWorld();
  const work = job();
  const done = untilSignal(fake.world, work);
  await fake.clock.settle();
  assert.deepEqual(work.said, ["start"]);
  fake.signal();
  await fake.clock.settle();
  assert.deepEqual(work.said, ["start", "asked", "stop"]);
  work.stopping.resolve();
  await done;
  assert.deepEqual([fake.handlers, fake.exits], [0, []]);
});

Deno.test("a second signal exits with 130 even while the stop hangs", async () => {
  const fake = new FakeWorld();
  const work = job();
  const done = untilSignal(fake.world, work);
  fake.signal();
  fake.signal();
  assert.deepEqual(fake.exits, [130]);
  work.stopping.resolve();
  await done;
});

Deno.test("a start that fails is stopped too, and its error is the caller's", async () => {
  const fake = new FakeWorld();
  const work = job();
  work.stopping.resolve();
  const start = () => Promise.reject(new Error("no port"));
  await assert.rejects(untilSignal(fake.world, { ...work, start }), /no port/);
  assert.deepEqual(work.said, ["stop"]);
  assert.equal(fake.handlers, 0);
});

Deno.test("errors that nobody caught reach the job from before its start until its stop", async () => {
  const fake = new FakeWorld();
  const work = job();
  const start = () => {
    fake.uncaught(1);
    return Promise.resolve();
  };
  const done = untilSignal(fake.world, { ...work, start });
  fake.uncaught(2);
  fake.signal();
  await fake.clock.settle();
  fake.uncaught(3);
  work.stopping.resolve();
  await done;
  fake.uncaught(4);
  assert.deepEqual(work.said, ["uncaught 1", "uncaught 2", "stop", "uncaught 3"]);
});
