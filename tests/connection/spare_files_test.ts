import assert from "node:assert/strict";
import { SpareFiles } from "../../src/connection/spare_files.ts";

/** A process with so many descriptors. */
function process(limit: number) {
  let open = 0;
  const spare = new SpareFiles(() => {
    if (open === limit) throw new Error("Too many open files (os error 24)");
    open++;
    return { [Symbol.dispose]: () => void open-- };
  });
  return {
    spare,
    open: () => open,
    raise: (by: number) => limit += by,
  };
}

Deno.test("spare files are taken once, and leave one for the dial", () => {
  const { spare, open } = process(17);
  assert(spare.take());
  assert(spare.take());
  assert.equal(open(), 16);
  spare.giveUp();
  assert.equal(open(), 0);
});

Deno.test("where there are too few none is kept, so that somebody else may have them", () => {
  const { spare, open, raise } = process(16);
  assert(!spare.take());
  assert.equal(open(), 0);
  raise(1);
  assert(spare.take());
  spare.giveUp();
});
