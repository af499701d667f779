import assert from "node:assert/strict";
import { RecentBlocks } from "../../src/store/recent_blocks.ts";
import { frame } from "./support.ts";

const ALL = { from: 0, below: Infinity };

/** Messages with the places from `first` to `last`, of which every third is of CP003. */
function push(recent: RecentBlocks, first: number, last: number): void {
  for (let seq = first; seq <= last; seq++) {
    assert(recent.push(seq, frame({ stationId: seq % 3 === 0 ? "CP003" : "CP001" })), `${seq}`);
  }
}

function seqs(recent: RecentBlocks, limit = 10_000): number[] {
  return recent.search({}, ALL, limit).map(({ seq }) => seq);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => last - n);
}

Deno.test("what was pushed is found in the open block and in the sealed ones", () => {
  const recent = new RecentBlocks(1);
  push(recent, 1, 1_200);
  assert.deepEqual([recent.opened, recent.unwritten, recent.isReady], [200, 1_200, true]);
  assert.deepEqual(seqs(recent), range(1, 1_200));
  assert.deepEqual(seqs(recent, 300), range(901, 1_200));
  const found = recent.search({ stationId: "CP003" }, { from: 400, below: 1_100 }, 10_000);
  assert.deepEqual(found.map(({ seq }) => seq), range(400, 1_099).filter((n) => n % 3 === 0));
});

Deno.test("it forgets the oldest blocks that are written, and says from where on it is whole", () => {
  const recent = new RecentBlocks(1);
  push(recent, 1, 4_000);
  assert.equal(recent.take(2).length, 2);
  recent.markWritten(2);
  assert.deepEqual([recent.unwritten, recent.floor], [3_000, 1]);
  push(recent, 4_001, 4_300);
  assert.equal(recent.floor, 501);
  assert.deepEqual(seqs(recent), range(501, 4_300));
});

Deno.test("it never forgets what is not written: what is more is refused", () => {
  const recent = new RecentBlocks(1);
  push(recent, 1, 4_096);
  assert(!recent.push(4_097, frame()));
  assert.deepEqual([recent.unwritten, recent.floor], [4_096, 1]);
  assert.deepEqual(recent.take(3).map(({ first }) => first), [1, 501, 1_001]);
  recent.markWritten(1);
  assert(recent.push(4_098, frame()));
});

Deno.test("few of the small blocks that are written stay", () => {
  const recent = new RecentBlocks(1);
  for (let seq = 1; seq <= 100; seq++) {
    push(recent, seq, seq);
    recent.seal();
    recent.markWritten(1);
  }
  assert.deepEqual([seqs(recent), recent.floor], [range(37, 100), 37]);
});

Deno.test("what is taken out leaves the order and the counts of the others", () => {
  const recent = new RecentBlocks(1);
  push(recent, 1, 1_100);
  recent.markWritten(1);
  assert.deepEqual(recent.remove({ stationId: "CP003" }, { from: 301, below: 1_000 }), {
    unwritten: 167,
    written: 66,
  });
  const isLeft = (n: number) => n % 3 !== 0 || n < 301 || n >= 1_000;
  assert.deepEqual(seqs(recent), range(1, 1_100).filter(isLeft));
  assert.equal(recent.unwritten, 433);
  assert.equal(recent.take(9).reduce((sum, { count }) => sum + count, 0), 433);
});
