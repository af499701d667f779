import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Pace } from "../../../src/station/outbox/pace.ts";

/** Asks for many turns; `came` names those that came so far. */
function queue(pace: Pace, names: readonly string[], signal = new AbortController().signal) {
  const came: string[] = [];
  for (const name of names) {
    void pace.turn(signal).then(() => {
      if (!signal.aborted) came.push(name);
    });
  }
  return came;
}

function names(count: number, prefix = ""): string[] {
  return Array.from({ length: count }, (_, n) => `${prefix}${n}`);
}

Deno.test("so many go in a second, in the order in which they asked", async () => {
  const clock = new VirtualClock();
  const came = queue(new Pace(clock, 100), names(250));
  await clock.settle();
  assert.deepEqual(came, ["0"]);
  await clock.advance(1_000);
  assert.equal(came.length, 101);
  await clock.advance(2_000);
  assert.deepEqual(came, names(250));
  assert.equal(clock.pending, 0);
});

Deno.test("who goes away before its turn leaves its place to the next: flapping keeps nobody waiting", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock, 100);
  for (let flap = 0; flap < 50; flap++) {
    const stop = new AbortController();
    queue(pace, names(1_000), stop.signal);
    await clock.advance(10);
    stop.abort();
    await clock.settle();
    assert.equal(clock.pending, 0, "nobody waits, and no timer is left");
  }
  const came = queue(pace, names(10));
  await clock.advance(100);
  assert.deepEqual(came, names(10));
});

Deno.test("whoever is alone, or went away already, does not wait", async () => {
  const clock = new VirtualClock();
  const pace = new Pace(clock, 1);
  await pace.turn(new AbortController().signal);
  await pace.turn(AbortSignal.abort());
  await clock.advance(1_000);
  await pace.turn(new AbortController().signal);
  assert.equal(clock.pending, 0);
});
