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
    const paced = scaledClock(new VirtualClock(), 2);
    assert.throws(() => paced.speed = speed, RangeError);
    assert.equal(paced.speed, 2);
  }
});

Deno.test("time passes as fast as the speed says, and does not jump when that changes", async () => {
  const real = new VirtualClock();
  const pace = scaledClock(real, 2);
  const start = pace.monotonic();
  await real.advance(1_000);
  assert.equal(pace.monotonic() - start, 2_000);
  pace.speed = 10;
  assert.equal(pace.monotonic() - start, 2_000);
  await real.advance(1_000);
  assert.equal(pace.monotonic() - start, 12_000);
  assert.equal(pace.now(), real.now(), "the wall clock is everybody's");
});

Deno.test("waits are as long as the speed makes them, and can be called off", async () => {
  const real = new VirtualClock();
  const pace = scaledClock(real, 60);
  const rang: string[] = [];
  pace.after(60_000, () => rang.push("after"));
  pace.after(60_000, () => rang.push("cancelled"))();
  const end = new AbortController();
  const slept = pace.sleep(3_600_000, end.signal);
  await real.advance(1_000);
  assert.deepEqual(rang, ["after"]);
  end.abort();
  await slept;
  assert.equal(real.pending, 0);
});
