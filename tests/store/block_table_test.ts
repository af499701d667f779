import assert from "node:assert/strict";
import { BlockRows } from "../../src/store/block_rows.ts";
import { BlockTable } from "../../src/store/block_table.ts";
import { BlockWriter, type SealedBlock } from "../../src/store/block_writer.ts";
import { Disk } from "../../src/store/disk.ts";
import type { MessageFilter } from "../../src/store/mod.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { MESSAGES } from "../../src/store/schema.ts";
import { frame, Shelf } from "./support.ts";

const ALL = { from: 0, below: Number.MAX_SAFE_INTEGER };

/** A table in memory. Messages have the places 1, 2, 3 …; a block is of one station. */
class Fixture implements Disposable {
  readonly #shelf = new Shelf();
  readonly db = openDatabase(":memory:", MESSAGES);
  readonly disk = new Disk({
    db: this.db,
    name: "the message log",
    clock: this.#shelf.clock,
    log: this.#shelf.log,
    onRecovered: () => {},
  });
  readonly #writer = new BlockWriter();
  #seq = 0;

  open(retention = 1_000_000): BlockTable {
    return new BlockTable(this.disk, retention);
  }

  block(count: number, stationId = "CP001", text = "x"): SealedBlock {
    for (let n = 0; n < count; n++) {
      this.#writer.append(++this.#seq, frame({ stationId, text: `${text} ${this.#seq}` }));
    }
    return this.#writer.seal()!;
  }

  get counts(): number[] {
    return this.db.prepare("SELECT count FROM blocks ORDER BY first").all().map(({ count }) =>
      Number(count)
    );
  }

  [Symbol.dispose](): void {
    this.disk.close();
    this.#shelf[Symbol.dispose]();
  }
}

/** The places that a search finds in all of its steps, and how many steps it took. */
function search(table: BlockTable, filter: MessageFilter, from = table.floor()) {
  const found: number[] = [];
  let steps = 0;
  for (let below: number | null = ALL.below; below !== null; steps++) {
    const slice = table.select(filter, { from, below }, 1_000);
    found.push(...slice.result.map(({ seq }) => seq));
    below = slice.below;
  }
  return { found, steps };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => last - n);
}

Deno.test("32 small blocks become one, which grows until it is as large as one may be", () => {
  using on = new Fixture();
  const table = on.open();
  const counts: number[][] = [];
  for (let n = 1; n <= 1_000; n++) {
    table.write([on.block(1, `CP${n % 5}`)], 0);
    if ([31, 32, 33, 62, 63].includes(n)) counts.push(on.counts);
  }
  const ones = (count: number) => new Array(count).fill(1);
  assert.deepEqual(counts, [ones(31), [32], [32, 1], [32, ...ones(30)], [63]]);
  assert.equal(on.counts[0], 500, "the first one has become full");
  assert(on.counts.length < 40, `${on.counts.length} blocks`);
  assert.deepEqual(search(table, {}).found, range(1, 1_000));
  assert.deepEqual(
    search(table, { stationId: "CP3" }).found,
    range(1, 1_000).filter((n) => n % 5 === 3),
  );
  assert.equal(table.rows, 1_000);
});

Deno.test("blocks of middling size become one when the next does not fit", () => {
  using on = new Fixture();
  const table = on.open();
  for (let n = 0; n < 5; n++) table.write([on.block(120)], 0);
  assert.deepEqual(on.counts, [480, 120]);
  table.write([on.block(500)], 0);
  assert.deepEqual(on.counts, [480, 120, 500]);
  assert.deepEqual(search(table, {}).found, range(1, 1_100));
});

Deno.test("small blocks whose texts are too large together stay apart", () => {
  using on = new Fixture();
  const table = on.open();
  const text = "x".repeat(50_000);
  for (let n = 0; n < 4; n++) table.write([on.block(1, "CP001", text)], 0);
  assert.deepEqual(on.counts, [2, 1, 1]);
});

Deno.test("small blocks that an earlier run has written are merged with those of this one", () => {
  using on = new Fixture();
  for (let n = 0; n < 20; n++) on.open().write([on.block(1)], 0);
  const table = on.open();
  for (let n = 0; n < 12; n++) table.write([on.block(1)], 0);
  assert.deepEqual(on.counts, [32]);
});

Deno.test("small blocks are merged while the oldest of them go", () => {
  using on = new Fixture();
  const table = on.open(40);
  for (let n = 0; n < 200; n++) table.write([on.block(1)], 0);
  assert.deepEqual(search(table, {}).found, range(161, 200));
  const few = on.open(10);
  for (let n = 0; n < 100; n++) few.write([on.block(1)], 0);
  assert.deepEqual(search(few, {}).found, range(291, 300));
});

Deno.test("a merge that fails changes nothing, and the next one works", async () => {
  using shelf = new Shelf();
  using on = new Fixture();
  const { clock, log } = shelf;
  const disk = new Disk({ db: on.db, name: "it", clock, log, onRecovered: () => {} });
  const table = new BlockTable(disk, 1_000);
  for (let n = 0; n < 30; n++) table.write([on.block(1)], 0);
  const blocks = [on.block(1), on.block(1)];
  on.db.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON blocks WHEN NEW.count > 1
    BEGIN SELECT RAISE(ABORT, 'the disk is tired'); END`);
  assert.throws(() => table.write(blocks, 0), { name: "StoreError" });
  assert.deepEqual([table.rows, on.counts.length], [30, 30]);
  on.db.exec("DROP TRIGGER full");
  await clock.advance(1_000);
  table.write(blocks, 0);
  assert.deepEqual([table.rows, on.counts], [32, [32]]);
  disk.close();
});

Deno.test("what is more than is kept is not seen, to the message, while its block is there", () => {
  using on = new Fixture();
  const table = on.open(1_200);
  for (let n = 0; n < 4; n++) table.write([on.block(500)], 0);
  assert.deepEqual(on.counts, [500, 500, 500], "whole blocks go");
  assert.deepEqual([table.rows, table.floor()], [1_200, 801]);
  assert.deepEqual(search(table, {}).found, range(801, 2_000));
  const small = on.open(300);
  assert.deepEqual([small.rows, small.floor()], [300, 1_701], "blocks that are to go are not seen");
  const none = on.open(0);
  assert.deepEqual([none.rows, none.floor()], [0, 2_001]);
});

Deno.test("what was not seen is not seen again when others are deleted", () => {
  using on = new Fixture();
  const table = on.open(700);
  table.write([on.block(500), on.block(500, "CP002")], 0);
  assert.equal(table.floor(), 301);
  const gone = table.remove({ stationId: "CP002" }, { from: table.floor(), below: ALL.below });
  assert.deepEqual(gone, { result: 500, below: null });
  assert.deepEqual([on.counts, table.rows], [[200], 200]);
  assert.deepEqual(search(table, {}).found, range(301, 500));
});

Deno.test("a removal first takes away what is not seen, a bounded number of blocks a step", () => {
  using on = new Fixture();
  const table = on.open();
  for (let n = 0; n < 20; n++) table.write([on.block(500)], 0);
  const small = on.open(400);
  const span = { from: small.floor(), below: ALL.below };
  assert.deepEqual(small.remove({ q: "x 99" }, span), { result: 0, below: ALL.below });
  assert.equal(on.counts.length, 12);
  small.remove({}, span);
  assert.deepEqual(small.remove({ q: "x 99" }, span), { result: 100, below: null });
  assert.deepEqual([on.counts, small.rows], [[300], 300]);
});

Deno.test("room that an earlier run has left is given back after the check", () => {
  using on = new Fixture();
  const table = on.open();
  for (let n = 0; n < 60; n++) table.write([on.block(500, "CP001", "x".repeat(200))], 0);
  for (let below: number | null = ALL.below; below !== null;) {
    below = table.remove({}, { from: 1_000, below }).below;
  }
  const { bytes } = on.disk;
  const next = on.open();
  let steps = 0;
  while (next.tidy()) steps++;
  assert(steps > 2 && steps < 20, `${steps} steps`);
  assert(on.disk.bytes < bytes * 0.7, `${on.disk.bytes} of ${bytes}`);
  assert.equal(next.tidy(), false);
});

Deno.test("the check reads what an earlier run has written, and no more", () => {
  using on = new Fixture();
  for (let n = 0; n < 9; n++) on.open().write([on.block(500)], 0);
  const table = on.open();
  for (let n = 0; n < 9; n++) table.write([on.block(500)], 0);
  on.db.exec("UPDATE blocks SET body = x'00' WHERE last = 9000");
  while (table.tidy());
  on.db.exec("UPDATE blocks SET body = x'00' WHERE last = 4500");
  const next = on.open();
  assert.throws(() => {
    while (next.tidy());
  }, { reason: "corrupt" });
});

Deno.test("whole blocks that are too old go, a bounded number at once", () => {
  using on = new Fixture();
  const table = on.open();
  for (let n = 0; n < 12; n++) table.write([on.block(500)], 0);
  assert.equal(table.write([], 5_250), true);
  assert.equal(on.counts.length, 4);
  assert.equal(table.write([], 5_250), false);
  assert.deepEqual([on.counts, table.rows], [[500, 500], 1_000]);
});

Deno.test("a search does not read blocks that cannot have what it looks for", () => {
  using on = new Fixture();
  const table = on.open();
  table.write([on.block(500, "CP001"), on.block(500, "CP002"), on.block(500, "CP003")], 0);
  on.db.exec("UPDATE blocks SET body = x'00' WHERE first IN (1, 1001)");
  assert.deepEqual(search(table, { stationId: "CP002" }).found, range(501, 1_000));
  assert.deepEqual(search(table, { type: "error" }).found, []);
  assert.deepEqual(search(table, { action: "Reset", q: "x" }).found, []);
  assert.deepEqual(
    table.select({ q: "x" }, { from: 501, below: 1_001 }, 1_000).result.length,
    500,
    "a span is all that is read",
  );
  assert.throws(() => search(table, { stationId: "CP001" }), { reason: "corrupt" });
});

Deno.test("a block that is not that of its row is damage", () => {
  using on = new Fixture();
  const table = on.open();
  table.write([on.block(500), on.block(500)], 0);
  on.db.exec(
    "UPDATE blocks SET body = (SELECT body FROM blocks WHERE first = 1) WHERE first = 501",
  );
  assert.throws(() => search(table, {}), { name: "StoreError", reason: "corrupt" });
});

Deno.test("a step of a search looks at a bounded number of messages, whatever it looks for", () => {
  using on = new Fixture();
  const table = on.open();
  for (let n = 0; n < 40; n++) table.write([on.block(500)], 0);
  assert.deepEqual(search(table, { q: "not there" }), { found: [], steps: 3 });
  assert.deepEqual(search(table, { stationId: "CP404" }), { found: [], steps: 1 });
});

Deno.test("a step of a search looks at a bounded number of rows, also when it reads none of them", () => {
  using on = new Fixture();
  const rows = new BlockRows(on.db);
  for (let n = 0; n < 2_500; n++) rows.insert(on.block(1, n === 0 ? "CP404" : "CP001"));
  assert.deepEqual(search(on.open(), { stationId: "CP404" }), { found: [1], steps: 3 });
});

Deno.test("deleting in the middle of a block leaves what is before and behind", () => {
  using on = new Fixture();
  const table = on.open();
  table.write([on.block(500), on.block(500), on.block(500)], 0);
  assert.deepEqual(table.remove({}, { from: 401, below: 1_101 }), { result: 700, below: null });
  assert.deepEqual([on.counts, table.rows], [[400, 400], 800]);
  assert.deepEqual(search(table, {}).found, [...range(1_101, 1_500), ...range(1, 400)]);
  assert.equal(table.remove({ q: "x 14" }, ALL).result, 11 + 100);
  assert.equal(table.remove({ stationId: "CP404" }, ALL).result, 0);
  table.write([on.block(1)], 0);
  assert.deepEqual([on.open().rows, on.open().last()], [690, 1_501]);
});

Deno.test("removing step by step takes exactly what matches", () => {
  using on = new Fixture();
  const table = on.open();
  for (let n = 0; n < 30; n++) table.write([on.block(500, n % 2 === 0 ? "CP001" : "CP002")], 0);
  let removed = 0;
  let steps = 0;
  for (let below: number | null = ALL.below; below !== null; steps++) {
    const slice = table.remove({ stationId: "CP001", q: "0" }, { from: 0, below });
    assert(slice.result <= 2_000);
    removed += slice.result;
    below = slice.below;
  }
  const isGone = (n: number) => Math.ceil(n / 500) % 2 === 1 && String(n).includes("0");
  assert.equal(removed, range(1, 15_000).filter(isGone).length);
  assert(steps > 3, `${steps} steps`);
  assert.deepEqual(search(table, {}).found, range(1, 15_000).filter((n) => !isGone(n)));
});
