import assert from "node:assert/strict";
import { Alarm, VirtualClock } from "../../src/clock/mod.ts";

function setUp() {
  const clock = new VirtualClock();
  const rang: number[] = [];
  return { clock, alarm: new Alarm(clock), rang, ring: () => rang.push(clock.monotonic()) };
}

Deno.test("an alarm rings once, in its time", async () => {
  const { clock, alarm, rang, ring } = setUp();
  alarm.set(100, ring);
  await clock.advance(1_000);
  assert.deepEqual(rang, [100]);
});

Deno.test("an alarm that was taken back does not ring, and the next one rings in its own time", async () => {
  const { clock, alarm, rang, ring } = setUp();
  alarm.set(100, () => assert.fail("taken back"));
  alarm.unset();
  await clock.advance(60);
  alarm.set(100, ring);
  assert.equal(clock.pending, 1, "the timer of the first serves the second");
  await clock.advance(200);
  assert.deepEqual(rang, [160]);
});

Deno.test("a shorter alarm than the one before rings in time", async () => {
  const { clock, alarm, rang, ring } = setUp();
  alarm.set(1_000, () => assert.fail("replaced"));
  alarm.set(10, ring);
  await clock.advance(2_000);
  assert.deepEqual(rang, [10]);
});

Deno.test("stop leaves nothing behind, and the alarm can be set again", async () => {
  const { clock, alarm, rang, ring } = setUp();
  alarm.set(100, ring);
  alarm.stop();
  assert.equal(clock.pending, 0);
  alarm.set(5, ring);
  await clock.advance(5);
  assert.deepEqual(rang, [5]);
});

Deno.test("what rings may set the alarm again", async () => {
  const { clock, alarm, rang, ring } = setUp();
  alarm.set(10, () => alarm.set(10, ring));
  await clock.advance(100);
  assert.deepEqual(rang, [20]);
});
