import assert from "node:assert/strict";
import { SystemClock } from "../../src/clock/mod.ts";
import { TimerQueue } from "../../src/clock/timer_queue.ts";

Deno.test("waits end in the order in which they are due, and of the same moment in that of their making", async () => {
  const timers = new TimerQueue();
  const { promise, resolve } = Promise.withResolvers<void>();
  const rang: string[] = [];
  timers.after(150, () => {
    rang.push("late");
    resolve();
  });
  for (const name of ["a", "b", "c"]) timers.after(0, () => rang.push(name));
  timers.after(60, () => rang.push("middle"));
  timers.after(NaN, () => rang.push("no number"));
  await promise;
  assert.deepEqual(rang, ["a", "b", "c", "no number", "middle", "late"]);
});

Deno.test("however many waits are called off, each of the others ends once and in order", async () => {
  const timers = new TimerQueue();
  const ended: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  // Scattered without chance, so that a failure comes again. When one is due is known between two bounds.
  const waits = Array.from({ length: 500 }, (_, index) => {
    const ms = (index * 7919) % 17;
    const earliest = performance.now() + ms;
    const cancel = timers.after(ms, () => ended.push(index));
    return { cancel, earliest, latest: performance.now() + ms };
  });
  waits.forEach(({ cancel }, index) => index % 3 === 0 && cancel());
  timers.after(100, resolve);
  await promise;
  waits.forEach(({ cancel }) => cancel());
  const kept = waits.map((_, index) => index).filter((index) => index % 3 !== 0);
  assert.deepEqual(ended.toSorted((one, other) => one - other), kept);
  for (const [place, index] of ended.entries()) {
    const next = waits[ended[place + 1] ?? index]!;
    assert(waits[index]!.earliest <= next.latest, `${index} came too early`);
  }
});

Deno.test("long waits that end at about the same time end together, and none too early", async () => {
  const timers = new TimerQueue();
  let rung = 0, wakes = 0, isAwake = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const dues: number[] = [];
  for (let ms = 640; ms < 650; ms++) {
    const due = performance.now() + ms;
    dues.push(due);
    timers.after(ms, () => {
      assert(performance.now() >= due, `${ms} ms were less`);
      if (!isAwake) wakes++;
      isAwake = true;
      // What rings together does so without a turn for anything else.
      queueMicrotask(() => isAwake = false);
      if (++rung === 10) resolve();
    });
  }
  await promise;
  // Of 640 ms a 64th is 10: they end at multiples of 8. A busy machine may have made them farther apart.
  const most = Math.ceil((dues.at(-1)! - dues[0]!) / 8) + 1;
  assert(wakes <= most, `it woke up ${wakes} times, not ${most} at most`);
});

Deno.test("a wait that is called off by another of the same moment does not end", async () => {
  const timers = new TimerQueue();
  let cancel = () => {};
  const { promise, resolve } = Promise.withResolvers<void>();
  timers.after(1, () => cancel());
  cancel = timers.after(1, () => assert.fail("it was called off"));
  timers.after(5, resolve);
  await promise;
});

Deno.test("a shorter wait that comes later is not held up by a longer one", async () => {
  const clock = new SystemClock();
  const cancel = clock.after(60_000, () => assert.fail("fired"));
  await clock.sleep(2);
  cancel();
});

Deno.test("what a wait throws is the program's, and stops none of the others", async () => {
  const timers = new TimerQueue();
  const { promise: rang, resolve } = Promise.withResolvers<void>();
  const thrown: unknown[] = [];
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    thrown.push(event.error);
  };
  globalThis.addEventListener("error", listen);
  const failure = new Error("mine");
  timers.after(0, () => {
    throw failure;
  });
  timers.after(0, resolve);
  await rang;
  globalThis.removeEventListener("error", listen);
  assert.deepEqual(thrown, [failure]);
});

Deno.test("a run that waits again takes its turn", async () => {
  const timers = new TimerQueue();
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = 5;
  const again = () => void (left-- === 0 ? resolve() : timers.after(0, again));
  timers.after(0, again);
  await promise;
});

Deno.test("a timer that is set again comes at its new time only, and one that is stopped not at all", async () => {
  const timers = new TimerQueue();
  const { promise, resolve } = Promise.withResolvers<void>();
  const rang: string[] = [];
  let times = 0;
  // However late it rings, the order of those that are set now is that of their times.
  const ring = (name: string) => {
    rang.push(name);
    if (rang.length + times === 4) resolve();
  };
  const later = timers.timer(() => ring("later"));
  const sooner = timers.timer(() => ring("sooner"));
  const stopped = timers.timer(() => ring("stopped"));
  const again = timers.timer(() => {
    if (++times < 2) again.set(2);
    if (rang.length + times === 4) resolve();
  });
  later.set(0);
  later.set(20);
  sooner.set(60_000);
  sooner.set(5);
  stopped.set(1);
  stopped.stop();
  again.set(1);
  await promise;
  assert.deepEqual([rang, times], [["sooner", "later"], 2]);
});
