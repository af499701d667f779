import assert from "node:assert/strict";
import { killOnce, KINDS } from "./killing.ts";
import { Shelf } from "./support.ts";

Deno.test("what was acknowledged survives kill -9", async () => {
  using shelf = new Shelf();
  for (const afterMs of [30, 250]) await killOnce(shelf, afterMs);
});

Deno.test("a second process is refused, and the lock ends with the process that has it", async () => {
  using shelf = new Shelf();
  await killOnce(shelf, 0, () => {
    assert.throws(() => shelf.open({ kinds: KINDS }), { name: "StoreError", reason: "locked" });
  });
});
