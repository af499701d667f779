import assert from "node:assert/strict";
import { openDatabase } from "../../src/store/open_database.ts";
import { MESSAGES } from "../../src/store/schema.ts";
import { type MessageFilter, seqOf } from "../../src/store/message.ts";
import { MessageSlices } from "../../src/store/message_slices.ts";

const ROWS = 30_000;

/** A chatty station `CP0` with half of all, a hundred others, few errors, mostly meter values. */
function filled() {
  const db = openDatabase(":memory:", MESSAGES);
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS - 1})
    INSERT INTO messages SELECT ${seqOf(1_000_000)} + i * 1024, 1000000 + i,
      iif(i % 2, 'CP' || (1 + i % 199), 'CP0'), iif(i % 3, 'in', 'out'),
      iif(i % 5000 = 17, 'error', 'call'), iif(i % 2000 = 0, 'StartTransaction', 'MeterValues'),
      i, 'text ' || i, 9, NULL, NULL FROM n`);
  return { slices: new MessageSlices(db), [Symbol.dispose]: () => db.close() };
}

Deno.test("a filter is found along an index, in the order of the log, without a sort", () => {
  using log = filled();
  const plan = (filter: MessageFilter) =>
    log.slices.explain(filter, Number.MAX_SAFE_INTEGER).join();
  const span = "SEARCH messages USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)";
  assert.equal(plan({}), span);
  assert.equal(plan({ since: 1_010_000, until: 1_020_000 }), span);
  assert.equal(plan({ direction: "in", q: "7" }), span);
  const along = (name: string, column: string) =>
    `SEARCH messages USING INDEX messages_${name} (${column}=? AND rowid>? AND rowid<?)`;
  assert.equal(plan({ stationId: "CP7" }), along("station", "stationId"));
  assert.equal(plan({ action: "StartTransaction" }), along("action", "action"));
  assert.equal(plan({ type: "error", q: "7" }), along("failed", "type"));
});

Deno.test("of two indexes it takes the one that leads past fewer rows", () => {
  using log = filled();
  const plan = (filter: MessageFilter) =>
    log.slices.explain(filter, Number.MAX_SAFE_INTEGER).join();
  assert.match(plan({ stationId: "CP7", action: "MeterValues" }), /messages_station/);
  assert.match(plan({ stationId: "CP0", action: "StartTransaction" }), /messages_action/);
});

Deno.test("a step looks at a bounded number of rows, whatever it looks for", () => {
  using log = filled();
  let below: number | null = Number.MAX_SAFE_INTEGER;
  let steps = 0;
  for (; below !== null; steps++) {
    const slice: { result: unknown[]; below: number | null } = log.slices.select(
      { q: "not there" },
      below,
      100,
    );
    assert.deepEqual(slice.result, []);
    below = slice.below;
  }
  assert.equal(steps, ROWS / 5_000 + 1);
});

Deno.test("removing step by step takes exactly what matches", () => {
  using log = filled();
  const filter = { stationId: "CP0", direction: "out" } as const;
  let removed = 0;
  let below: number | null = Number.MAX_SAFE_INTEGER;
  while (below !== null) {
    const slice: { result: number; below: number | null } = log.slices.remove(filter, below);
    assert(slice.result <= 1_000);
    removed += slice.result;
    below = slice.below;
  }
  assert.equal(removed, ROWS / 6);
  assert.deepEqual(log.slices.select(filter, Number.MAX_SAFE_INTEGER, 10).result, []);
  assert.equal(log.slices.select({}, Number.MAX_SAFE_INTEGER, 10).result.length, 10);
});
