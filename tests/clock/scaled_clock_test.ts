import assert from "node:assert/strict";
import { scaledClock, VirtualClock } from "../../src/clock/mod.ts";

Deno.test("durations pass at the speed of a scaled clock, its wall clock stays the real one", async () => {
  const real = new VirtualClock();
  const fast = scaledClock(real, 3600);
  const [wall, before] = [real.now(), fast.monotonic()];
  await real.advance(2_000);
  assert.equal(fast.monotonic() - before, 2 * 3_600_000);
  assert.equal(fast.now() - wall, 2_000);
  assert.equal(fast.speed, 3600);
});

Deno.test("timers of a scaled clock fire after the scaled time, and can be called off", async () => {
  const real = new VirtualClock();
  const slow = scaledClock(real, 0.5);
  let fired = 0;
  slow.after(100, () => fired++);
  slow.after(100, () => assert.fail("called off"))();
  await real.advance(199);
  assert.equal(fired, 0);
  await real.advance(1);
  assert.equal(fired, 1);
  assert.equal(real.pending, 0);
});

Deno.test("a sleep on a scaled clock ends when its signal is aborted, and leaves no timer", async () => {
  const real = new VirtualClock();
  const stop = new AbortController();
  const asleep = scaledClock(real, 10).sleep(60_000, stop.signal);
  stop.abort();
  await asleep;
  assert.equal(real.pending, 0);
});

Deno.test("a clock cannot stand still, run backwards or jump to the end", () => {
  for (const speed of [0, -1, NaN, Infinity]) {
    assert.throws(
      () => scaledClock(new VirtualClock(), speed),
      new RangeError(`Cannot scale a clock by ${speed}: the speed must be a number above 0`),
    );
  }
});
