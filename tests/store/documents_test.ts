import assert from "node:assert/strict";
import { StoreError } from "../../src/store/mod.ts";
import { Shelf } from "./support.ts";

Deno.test("what was committed is there when the store is opened again", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  const done = store.commit((write) => write.put("station", "CP001", { vendor: "Ünï\u0000" }));
  assert.deepEqual(store.get("station", "CP001"), { vendor: "Ünï\u0000" });
  await shelf.clock.advance(0);
  await done;
  store.close();
  assert.deepEqual(shelf.open().get("station", "CP001"), { vendor: "Ünï\u0000" });
});

Deno.test("commits of one turn share one transaction, and later ones have one of their own", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  const order: number[] = [];
  const commit = (n: number) =>
    store.commit((write) => write.put("station", `CP${n}`, n)).then(() => order.push(n));
  const first = Array.from({ length: 1000 }, (_, n) => commit(n));
  assert.equal(store.statistics().documents.transactions, 0);
  await shelf.clock.advance(0);
  await Promise.all(first);
  assert.equal(store.statistics().documents.transactions, 1);
  const second = commit(1000);
  await shelf.clock.advance(0);
  await second;
  assert.equal(store.statistics().documents.transactions, 2);
  assert.deepEqual(order, Array.from({ length: 1001 }, (_, n) => n));
});

Deno.test("a commit does not resolve before the disk has it", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  let isDone = false;
  void store.commit((write) => write.put("station", "CP001", 1)).then(() => isDone = true);
  await Promise.resolve();
  assert(!isDone);
  assert.equal(store.statistics().documents.waiting, 1);
  await shelf.clock.advance(0);
  assert(isDone);
  assert.equal(store.statistics().documents.waiting, 0);
});

Deno.test("what is written later is read at once, is on disk after 200 ms, and by close", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  store.later((write) => write.put("cache", "a", 1));
  store.later((write) => write.put("cache", "a", 2));
  assert.equal(store.get("cache", "a"), 2);
  await shelf.clock.advance(199);
  assert.equal(store.statistics().documents.transactions, 0);
  await shelf.clock.advance(1);
  assert.equal(store.statistics().documents.transactions, 1);
  store.later((write) => write.remove("cache", "a"));
  assert.equal(store.get("cache", "a"), undefined);
  store.close();
  assert.deepEqual(shelf.open().entries("cache"), []);
});

Deno.test("the last of a later write and a commit to one document wins, whatever is on disk first", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  store.later((write) => write.put("cache", "a", "older, later"));
  const done = store.commit((write) => write.put("cache", "a", "newer, commit"));
  assert.equal(store.get("cache", "a"), "newer, commit");
  store.later((write) => write.put("cache", "b", 1));
  void store.commit((write) => write.put("cache", "b", 2));
  store.later((write) => write.put("cache", "b", "newest, later"));
  assert.equal(store.get("cache", "b"), "newest, later");
  await shelf.clock.advance(500);
  await done;
  store.close();
  assert.deepEqual(shelf.open().entries("cache"), [["a", "newer, commit"], ["b", "newest, later"]]);
});

Deno.test("entries are in the order of keys, from the disk and from memory alike, and only of the prefix", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  void store.commit((write) => {
    for (const key of ["b/2", "a/2", "b/1", "b%/1"]) write.put("station", key, key);
  });
  await shelf.clock.advance(0);
  void store.commit((write) => write.put("station", "b/0", "b/0"));
  store.later((write) => write.put("station", "b/3", "b/3"));
  store.later((write) => write.remove("station", "b/2"));
  assert.deepEqual(store.entries("station", "b/").map(([key]) => key), ["b/0", "b/1", "b/3"]);
  assert.equal(store.entries("station").length, 5);
  assert.deepEqual(store.entries("cache"), []);
});

Deno.test("removeAll takes what is on disk, in memory and in the same change", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  void store.commit((write) => write.put("station", "a/1", 1));
  await shelf.clock.advance(0);
  store.later((write) => write.put("station", "a/2", 1));
  void store.commit((write) => {
    write.put("station", "a/3", 1);
    write.put("station", "b/1", 1);
    write.removeAll("station", "a/");
    write.put("station", "a/4", 1);
  });
  const left = ["a/4", "b/1"];
  assert.deepEqual(store.entries("station").map(([key]) => key), left);
  await shelf.clock.advance(500);
  store.close();
  assert.deepEqual(shelf.open().entries("station").map(([key]) => key), left);
});

Deno.test("a throw in the middle of a change changes nothing", () => {
  using shelf = new Shelf();
  const store = shelf.open();
  assert.throws(() =>
    store.later((write) => {
      write.put("station", "CP001", 1);
      write.put("station", "CP002", undefined);
    }), new TypeError('Cannot keep station "CP002": undefined is no JSON'));
  assert.throws(
    () => store.commit((write) => write.remove("moon", "1")),
    new TypeError('Cannot keep moon "1": the store knows no such kind'),
  );
  assert.throws(() => store.get("moon", "1"), TypeError);
  assert.deepEqual(store.entries("station"), []);
});

Deno.test("a value of an older version is upgraded when it is read", async () => {
  using shelf = new Shelf();
  const old = shelf.open();
  void old.commit((write) => write.put("station", "CP001", { url: "ws://a" }));
  await shelf.clock.advance(0);
  old.close();
  const upgrade = (value: unknown, from: number) => ({
    urls: [(value as { url: string }).url],
    from,
  });
  const store = shelf.open({ kinds: { station: { version: 3, upgrade } } });
  assert.deepEqual(store.get("station", "CP001"), { urls: ["ws://a"], from: 1 });
  assert.deepEqual(store.entries("station"), [["CP001", { urls: ["ws://a"], from: 1 }]]);
});

Deno.test("a value that cannot be read is left out, said once, and stays on disk", async () => {
  using shelf = new Shelf();
  const old = shelf.open();
  void old.commit((write) => {
    write.put("station", "CP001", 1);
    write.put("station", "CP002", 2);
  });
  await shelf.clock.advance(0);
  old.close();
  function upgrade(value: unknown): unknown {
    if (value === 1) throw new Error("it has no URL");
    return value;
  }
  const store = shelf.open({ kinds: { station: { version: 2, upgrade } } });
  assert.deepEqual(store.entries("station"), [["CP002", 2]]);
  assert.equal(store.get("station", "CP001"), undefined);
  const [line, ...more] = shelf.logged(/cannot be read/);
  assert.deepEqual([line?.kind, line?.key, line?.cause], ["station", "CP001", "it has no URL"]);
  assert.deepEqual(more, []);
  store.close();
  assert.equal(shelf.open().get("station", "CP001"), 1);
});

Deno.test("a value of a newer version refuses the file", async () => {
  using shelf = new Shelf();
  const newer = shelf.open({ kinds: { station: { version: 2 } } });
  void newer.commit((write) => write.put("station", "CP001", 1));
  await shelf.clock.advance(0);
  newer.close();
  assert.throws(
    () => shelf.open(),
    (thrown) => thrown instanceof StoreError && thrown.reason === "newer",
  );
});

Deno.test("a store in memory does all of it and leaves nothing", async () => {
  using shelf = new Shelf();
  const store = shelf.open({ path: ":memory:" });
  const done = store.commit((write) => write.put("station", "CP001", 1));
  await shelf.clock.advance(0);
  await done;
  assert.equal(store.get("station", "CP001"), 1);
  store.close();
  assert.deepEqual([...Deno.readDirSync(shelf.folder)], []);
});

Deno.test("a closed store rejects commits, and leaves no timer", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  const last = store.commit((write) => write.put("station", "CP001", 1));
  store.later((write) => write.put("cache", "a", 1));
  assert.equal(store.health, "connected");
  store.close();
  assert.equal(store.health, "failed");
  await last;
  await assert.rejects(store.commit((write) => write.put("station", "CP002", 1)), StoreError);
  store.later((write) => write.put("cache", "a", 2));
  assert.equal(shelf.clock.pending, 0);
});
