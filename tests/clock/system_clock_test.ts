import assert from "node:assert/strict";
import { SystemClock } from "../../src/clock/mod.ts";

const clock = new SystemClock();

Deno.test("a short sleep of the system clock ends", async () => {
  const before = clock.monotonic();
  await clock.sleep(5);
  assert(clock.monotonic() > before);
});

Deno.test("a wait of more than 24.8 days does not fire at once", async () => {
  let fired = false;
  const cancel = clock.after(2 ** 31 + 5, () => fired = true);
  await clock.sleep(5);
  cancel();
  assert(!fired);
});

Deno.test("a cancelled timer of the system clock leaves nothing behind", () => {
  clock.after(60_000, () => assert.fail("fired"))();
});

Deno.test("now is the wall clock", () => {
  assert(Math.abs(clock.now() - Date.now()) < 1_000);
});
