import assert from "node:assert/strict";
import { deadline, VirtualClock } from "../../src/clock/mod.ts";

Deno.test("timers fire in the order of their time, not of their making", async () => {
  const clock = new VirtualClock();
  const fired: string[] = [];
  clock.after(30, () => fired.push("late"));
  clock.after(10, () => fired.push("early"));
  clock.after(10, () => fired.push("early too"));
  await clock.advance(30);
  assert.deepEqual(fired, ["early", "early too", "late"]);
});

Deno.test("a timer set by a timer fires within the same advance", async () => {
  const clock = new VirtualClock();
  const at: number[] = [];
  clock.after(10, () => clock.after(10, () => at.push(clock.monotonic())));
  await clock.advance(25);
  assert.deepEqual(at, [20]);
  assert.equal(clock.monotonic(), 25);
});

Deno.test("a loop that sleeps wakes once per interval", async () => {
  const clock = new VirtualClock();
  const stop = new AbortController();
  let beats = 0;
  const loop = (async () => {
    while (!stop.signal.aborted) {
      await clock.sleep(1_000, stop.signal);
      if (!stop.signal.aborted) beats++;
    }
  })();
  await clock.advance(3_500);
  stop.abort();
  await loop;
  assert.equal(beats, 3);
  assert.equal(clock.pending, 0);
});

Deno.test("sleep ends at once when its signal is aborted, before or during", async () => {
  const clock = new VirtualClock();
  await clock.sleep(1_000, AbortSignal.abort());
  const stop = new AbortController();
  const asleep = clock.sleep(1_000, stop.signal);
  stop.abort();
  await asleep;
  assert.equal(clock.pending, 0);
});

Deno.test("a cancelled timer does not fire, and cancelling twice is harmless", async () => {
  const clock = new VirtualClock();
  const cancel = clock.after(10, () => assert.fail("fired"));
  cancel();
  cancel();
  await clock.advance(20);
});

Deno.test("now and monotonic move together from the epoch given", async () => {
  const clock = new VirtualClock(1_000_000);
  await clock.advance(500);
  assert.equal(clock.now(), 1_000_500);
  assert.equal(clock.untilNext, null);
  clock.after(70, () => {});
  assert.equal(clock.untilNext, 70);
});

Deno.test("a deadline gives the work's value, or nothing when the time is up first", async () => {
  const clock = new VirtualClock();
  assert.equal(await deadline(clock, 10, Promise.resolve("done")), "done");
  assert.equal(clock.pending, 0, "its timer is gone");
  const late = deadline(clock, 10, new Promise<string>(() => {}));
  await clock.advance(10);
  assert.equal(await late, undefined);
});
