import assert from "node:assert/strict";
import { MessageRing } from "../../src/store/message_ring.ts";
import { frame } from "./support.ts";

function filled(count: number): MessageRing {
  const ring = new MessageRing(1, 4);
  for (let seq = 1; seq <= count; seq++) {
    assert(ring.push({ seq, ...frame() }));
    ring.markWritten(1);
  }
  return ring;
}

const all = (ring: MessageRing) => ring.search(Infinity, 10, () => true).map(({ seq }) => seq);

Deno.test("the ring forgets the oldest that are written, and says from where on it is whole", () => {
  assert.deepEqual([all(filled(4)), filled(4).floor], [[4, 3, 2, 1], 1]);
  assert.deepEqual([all(filled(6)), filled(6).floor], [[6, 5, 4, 3], 3]);
});

Deno.test("the ring never forgets what is not written", () => {
  const ring = filled(3);
  for (let seq = 4; seq <= 7; seq++) assert(ring.push({ seq, ...frame() }));
  assert(!ring.push({ seq: 8, ...frame() }));
  assert.deepEqual(ring.take(2).map(({ seq }) => seq), [4, 5]);
  ring.markWritten(2);
  assert.deepEqual(ring.take(9).map(({ seq }) => seq), [6, 7]);
  assert(ring.push({ seq: 9, ...frame() }));
  assert.deepEqual(all(ring), [9, 7, 6, 5]);
});

Deno.test("what is taken out of the ring leaves the order and the count of what waits", () => {
  const ring = filled(6);
  ring.push({ seq: 7, ...frame() });
  assert.equal(ring.remove(({ seq }) => seq % 2 === 1), 1);
  assert.deepEqual([all(ring), ring.unwritten, ring.floor], [[6, 4], 0, 4]);
});
