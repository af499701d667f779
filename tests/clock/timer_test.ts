import assert from "node:assert/strict";
import { scaledClock, VirtualClock } from "../../src/clock/mod.ts";

Deno.test("a timer can be set from what it calls, and set anew before it is due", async () => {
  const clock = new VirtualClock();
  const rang: number[] = [];
  const timer = clock.timer(() => {
    rang.push(clock.monotonic());
    if (rang.length < 2) timer.set(100);
  });
  assert.equal(clock.pending, 0, "it is not set yet");
  timer.set(50);
  await clock.advance(40);
  timer.set(50);
  await clock.advance(1_000);
  assert.deepEqual(rang, [90, 190]);
  timer.set(10);
  timer.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("a timer of a scaled clock runs at its speed", async () => {
  const real = new VirtualClock();
  let rang = 0;
  const timer = scaledClock(real, 60).timer(() => rang++);
  timer.set(60_000);
  await real.advance(999);
  assert.equal(rang, 0);
  await real.advance(1);
  assert.equal(rang, 1);
  timer.set(60_000);
  timer.stop();
  assert.equal(real.pending, 0);
});
