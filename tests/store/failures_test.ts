import assert from "node:assert/strict";
import { Disk } from "../../src/store/disk.ts";
import { Documents } from "../../src/store/documents.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { DOCUMENTS } from "../../src/store/schema.ts";
import { StoreError } from "../../src/store/mod.ts";
import { frame, Shelf } from "./support.ts";

async function filled(shelf: Shelf): Promise<void> {
  const store = shelf.open();
  void store.commit((write) => {
    for (let n = 0; n < 500; n++) write.put("station", `CP${n}`, "x".repeat(200));
  });
  await shelf.clock.advance(0);
  store.close();
}

Deno.test("a file of garbage is refused with a sentence, and stays as it is", () => {
  using shelf = new Shelf();
  Deno.mkdirSync(`${shelf.folder}/data`);
  Deno.writeTextFileSync(shelf.path, "these are my holiday notes\n".repeat(500));
  const { message } = shelf.refuses("corrupt");
  assert.match(message, /^Cannot open the store ".*emu\.db": the file is damaged.*move it away/);
});

Deno.test("a truncated file is refused and stays as it is", async () => {
  using shelf = new Shelf();
  await filled(shelf);
  Deno.truncateSync(shelf.path, 3 * 4096);
  shelf.refuses("corrupt");
});

Deno.test("a file with a damaged page is refused and stays as it is", async () => {
  using shelf = new Shelf();
  await filled(shelf);
  const bytes = Deno.readFileSync(shelf.path);
  bytes.fill(0xa5, bytes.length - 3 * 4096, bytes.length - 4096);
  Deno.writeFileSync(shelf.path, bytes);
  shelf.refuses("corrupt");
});

Deno.test("another program's database is refused and stays as it is", () => {
  using shelf = new Shelf();
  Deno.mkdirSync(`${shelf.folder}/data`);
  shelf.raw(shelf.path, (db) => db.exec("CREATE TABLE recipes (name TEXT)"));
  shelf.refuses("corrupt");
});

Deno.test("a file of a newer version is refused and stays as it is", async () => {
  using shelf = new Shelf();
  await filled(shelf);
  shelf.raw(shelf.path, (db) => db.exec("PRAGMA user_version = 99"));
  assert.match(shelf.refuses("newer").message, /run that version/);
});

Deno.test("a second store on the same file is refused, and the first goes on", async () => {
  using shelf = new Shelf();
  const first = shelf.open();
  assert.match(shelf.refuses("locked").message, /another process uses it: stop that one/);
  const done = first.commit((write) => write.put("station", "CP001", 1));
  await shelf.clock.advance(0);
  await done;
  first.close();
  assert.equal(shelf.open().get("station", "CP001"), 1);
});

Deno.test("a store below a file is refused: it cannot be written", () => {
  using shelf = new Shelf();
  Deno.writeTextFileSync(`${shelf.folder}/data`, "");
  assert.match(shelf.refuses("read-only").message, /let this user write the file and its folder/);
});

Deno.test("a store that is a folder is refused", () => {
  using shelf = new Shelf();
  Deno.mkdirSync(shelf.path, { recursive: true });
  shelf.refuses("read-only");
});

Deno.test("a missing permission is refused as one", {
  permissions: { read: true, write: false, env: true },
}, () => {
  assert.throws(
    () => openDatabase("/nowhere/emu.db", DOCUMENTS),
    (thrown) => thrown instanceof StoreError && thrown.reason === "read-only",
  );
});

Deno.test("a file of an older schema is brought to the newest, and an interrupted step changes nothing", async () => {
  using shelf = new Shelf();
  await filled(shelf);
  const migrations = [...DOCUMENTS.migrations, "ALTER TABLE documents ADD COLUMN note TEXT"];
  const broken = { ...DOCUMENTS, migrations: [...migrations, "ALTER TABLE moon ADD COLUMN x"] };
  assert.throws(() => openDatabase(shelf.path, broken), StoreError);
  assert.equal(
    shelf.raw(shelf.path, (db) => db.prepare("PRAGMA user_version").get()?.user_version),
    1,
  );
  const db = openDatabase(shelf.path, { ...DOCUMENTS, migrations });
  assert.equal(db.prepare("SELECT count(*) AS n FROM documents WHERE note IS NULL").get()?.n, 500);
  assert.equal(db.prepare("PRAGMA user_version").get()?.user_version, 2);
  db.close();
  shelf.refuses("newer");
});

/** Documents on a disk that a test can fill. */
function fillable(shelf: Shelf) {
  Deno.mkdirSync(`${shelf.folder}/data`, { recursive: true });
  const db = openDatabase(shelf.path, DOCUMENTS);
  const { clock, log } = shelf;
  const disk: Disk = new Disk({
    db,
    name: `the store "${shelf.path}"`,
    clock,
    log,
    onRecovered: () => documents.flush(),
  });
  const documents = new Documents({ disk, kinds: { station: { version: 1 } }, clock, log });
  return {
    disk,
    documents,
    limit: (pages: number) => db.exec(`PRAGMA max_page_count = ${pages}`),
    [Symbol.dispose]: () => disk.close(),
  };
}

Deno.test("a full disk rejects commits, keeps later writes, is said once, and is over by itself", async () => {
  using shelf = new Shelf();
  using full = fillable(shelf);
  const { documents, disk } = full;
  const big = "x".repeat(10_000);
  void documents.commit((write) => write.put("station", "CP001", "old"));
  await shelf.clock.advance(0);
  full.limit(8);
  const first = documents.commit((write) => write.put("station", "CP001", big.repeat(10)));
  const second = assert.rejects(first, { name: "StoreError", reason: "full" });
  await shelf.clock.advance(0);
  await second;
  assert.equal(documents.get("station", "CP001"), "old", "what was rejected has not happened");
  await assert.rejects(
    documents.commit((write) => write.put("station", "CP002", 1)),
    /Cannot write the store ".*": the disk is full: free some space/,
  );
  documents.later((write) => write.put("station", "CP003", "waits"));
  assert.equal(documents.get("station", "CP003"), "waits");
  await shelf.clock.advance(60_000);
  assert(disk.failure !== null && documents.waiting === 1);
  assert.equal(shelf.logged(/disk is full/).length, 1);

  full.limit(10_000);
  await shelf.clock.advance(10_000);
  assert.equal(disk.failure, null);
  assert.equal(documents.waiting, 0);
  assert.equal(shelf.logged(/Writing works again/).length, 1);
  const again = documents.commit((write) => write.put("station", "CP002", big));
  await shelf.clock.advance(0);
  await again;
});

Deno.test("while the disk fails, what waits in memory is bounded, and what is shed is counted", async () => {
  using shelf = new Shelf();
  using full = fillable(shelf);
  const { documents } = full;
  full.limit(4);
  void documents.commit((write) => write.put("station", "x", "x".repeat(100_000))).catch(() => {});
  await shelf.clock.advance(0);
  const big = "x".repeat(4 * 1024 * 1024);
  for (let n = 0; n < 20; n++) documents.later((write) => write.put("station", `CP${n}`, big));
  assert(documents.waiting <= 8 && documents.waiting > 5, `${documents.waiting} wait`);
  assert.equal(documents.waiting + documents.shed, 20);
});

Deno.test("a damaged message log is moved away at the start, and the stations are there", async () => {
  using shelf = new Shelf();
  await filled(shelf);
  const damaged = "not a database at all ".repeat(300);
  Deno.writeTextFileSync(shelf.messagesPath, damaged);
  const store = shelf.open();
  assert.equal(store.entries("station").length, 500);
  assert.equal(Deno.readTextFileSync(`${shelf.messagesPath}.damaged`), damaged);
  const [line] = shelf.logged(/damaged and begins anew/);
  assert.equal(line?.movedTo, `${shelf.messagesPath}.damaged`);
  store.messages.append(frame());
  await shelf.clock.advance(1_000);
  assert.equal(store.messages.statistics().rows, 1);
});

Deno.test("a message log whose rows are damaged is found by the check in the background", async () => {
  using shelf = new Shelf();
  const old = shelf.open();
  for (let n = 0; n < 3_000; n++) old.messages.append(frame({ text: `${n} ${"x".repeat(300)}` }));
  await shelf.clock.advance(5_000);
  old.close();
  const bytes = Deno.readFileSync(shelf.messagesPath);
  bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 8 * 4096);
  Deno.writeFileSync(shelf.messagesPath, bytes);
  const store = shelf.open();
  await shelf.clock.advance(60_000);
  assert.equal(shelf.logged(/damaged and begins anew/).length, 1);
  store.messages.append(frame());
  await shelf.clock.advance(1_000);
  assert.equal(store.messages.statistics().rows, 1);
  assert.equal(store.health, "connected");
});

Deno.test("a message log of which one block is garbage is found by the check, and moved away", async () => {
  using shelf = new Shelf();
  const old = shelf.open();
  for (let n = 0; n < 3_000; n++) old.messages.append(frame());
  old.close();
  shelf.raw(
    shelf.messagesPath,
    (db) =>
      db.exec(`UPDATE blocks SET body = zeroblob(length(body)) WHERE first =
        (SELECT first FROM blocks ORDER BY first LIMIT 1 OFFSET 2)`),
  );
  const store = shelf.open();
  assert.equal(store.messages.statistics().rows, 3_000);
  await shelf.clock.advance(60_000);
  const [line] = shelf.logged(/damaged and begins anew/);
  assert.equal(line?.movedTo, `${shelf.messagesPath}.damaged`);
  assert.match(JSON.stringify(line?.cause), /does not begin as one/);
  store.messages.append(frame());
  await shelf.clock.advance(1_000);
  assert.equal(store.messages.statistics().rows, 1);
});

Deno.test({
  name: "the files of a store are for their owner alone: they may hold passwords",
  ignore: Deno.build.os === "windows",
  async fn() {
    using shelf = new Shelf();
    await filled(shelf);
    const folder = shelf.path.replace(/[^/]+$/, "");
    const modes = Array.from(
      Deno.readDirSync(folder),
      ({ name }) => [name, Deno.statSync(folder + name).mode! & 0o777],
    );
    assert(modes.length > 0);
    for (const [name, mode] of modes) assert.equal(mode, 0o600, String(name));
  },
});
