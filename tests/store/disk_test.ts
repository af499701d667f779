import assert from "node:assert/strict";
import { Disk } from "../../src/store/disk.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { DOCUMENTS } from "../../src/store/schema.ts";
import { StoreError } from "../../src/store/mod.ts";
import { Shelf } from "./support.ts";

Deno.test("a transaction that fails half-way leaves nothing, and the next one works after a probe", async () => {
  using shelf = new Shelf();
  const { clock, log } = shelf;
  let recovered = 0;
  const db = openDatabase(":memory:", DOCUMENTS);
  const disk = new Disk({ db, name: "the store", clock, log, onRecovered: () => recovered++ });
  const put = (key: string) =>
    db.exec(`INSERT INTO documents VALUES ('station', '${key}', 1, '1')`);
  const half = () => {
    put("half");
    throw new Error("the cable was pulled");
  };
  assert.throws(() => disk.write("full", half), { name: "StoreError", reason: "failed" });
  assert.throws(() => disk.write("full", () => put("refused")), StoreError);
  assert.match(disk.lastError ?? "", /Cannot write the store: the disk .*: the cable was pulled$/);
  await clock.advance(1_000);
  assert.deepEqual([disk.failure, recovered], [null, 1]);
  disk.write("normal", () => put("whole"));
  assert.deepEqual(db.prepare("SELECT key FROM documents").all().map(({ key }) => key), ["whole"]);
  assert.throws(() => disk.read(() => db.prepare("SELECT moon")), StoreError);
  assert.equal(disk.failure, null);
  disk.close();
  assert.equal(clock.pending, 0);
});

Deno.test("the probe waits longer each time, at most 10 s", async () => {
  using shelf = new Shelf();
  const { clock, log } = shelf;
  const db = openDatabase(":memory:", DOCUMENTS);
  const disk = new Disk({ db, name: "the store", clock, log, onRecovered: () => {} });
  db.exec("PRAGMA query_only = TRUE");
  assert.throws(() => disk.write("full", () => db.exec("DELETE FROM documents")), {
    reason: "read-only",
  });
  const waits: (number | null)[] = [];
  for (let probe = 0; probe < 6; probe++) {
    waits.push(clock.untilNext);
    await clock.advance(clock.untilNext ?? 0);
  }
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  disk.close();
});
