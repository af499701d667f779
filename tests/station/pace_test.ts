import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { Pace } from "../../src/station/pace.ts";

Deno.test("time passes as fast as the speed says, and does not jump when that changes", async () => {
  const real = new VirtualClock();
  const pace = new Pace(real, 2);
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
  const pace = new Pace(real, 60);
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
