import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Cell } from "../../../src/station/memory/cell.ts";
import { Memories } from "../../../src/station/memory/memories.ts";
import { PARTS } from "../../../src/station/memory/parts.ts";
import { Shelf } from "../../store/support.ts";
import { FakeStore } from "../../support/fake_store.ts";

/** The memories of a program that was just started on a store. */
function start(store = new FakeStore()) {
  const clock = new VirtualClock();
  return { clock, store, memories: new Memories(store, clock) };
}

Deno.test("what a cell is set to is there after a restart, and nowhere before it is set", async () => {
  const { store, memories } = start();
  const empty: readonly string[] = [];
  const cell = new Cell(memories.of("CP1"), "localList", empty);
  assert.equal(cell.value, empty);
  cell.value = ["TAG1"];
  assert.equal(await memories.of("CP1").saved(), true, "another view has nothing to write");
  assert.equal(store.commits, 0);
  memories.flush();
  await Promise.resolve();
  const again = start(store).memories;
  assert.deepEqual(new Cell(again.of("CP1"), "localList", empty).value, ["TAG1"]);
  assert.equal(new Cell(again.of("CP2"), "localList", empty).value, empty);
});

Deno.test("a cell that is empty again leaves nothing behind", async () => {
  const { store, memories } = start();
  const memory = memories.of("CP1");
  const empty = {};
  const cell = new Cell<object>(memory, "settings", empty);
  cell.value = { a: 1 };
  await memory.saved();
  cell.value = empty;
  await memory.saved();
  assert.deepEqual(store.entries("settings"), []);
});

Deno.test("changes of one part are written once, as they are when they are written", async () => {
  const { store, memories } = start();
  const memory = memories.of("CP1");
  let value = 1;
  memory.keep("connector", "1", () => value);
  memory.keep("connector", "1", () => value);
  memory.keep("outbox", "0001", () => "first");
  value = 2;
  assert.equal(await memory.saved(), true);
  assert.equal(store.commits, 1);
  assert.equal(memory.read("connector", "1"), 2);
  assert.deepEqual(memory.entries("outbox"), [["0001", "first"]]);
});

Deno.test("what nobody waits for is written soon", async () => {
  const { clock, store, memories } = start();
  memories.of("CP1").keep("settings", "", () => ({ a: 1 }));
  await clock.advance(199);
  assert.equal(store.commits, 0);
  await clock.advance(1);
  assert.deepEqual(store.entries("settings"), [["CP1\n", { a: 1 }]]);
});

Deno.test("while the disk fails nothing is lost, and it is written once it works", async () => {
  const { clock, store, memories } = start();
  const memory = memories.of("CP1");
  store.failure = new Error("No space left");
  memory.keep("settings", "", () => "old");
  memory.keep("profiles", "", () => "profiles");
  const saving = memory.saved();
  memory.keep("settings", "", () => "new");
  assert.equal(await saving, false);
  assert.equal(await memory.saved(), false);
  store.failure = null;
  await clock.advance(200);
  assert.equal(memory.read("settings"), "new");
  assert.equal(memory.read("profiles"), "profiles");
  assert.equal(await memory.saved(), true, "nothing is left to write");
});

Deno.test("who asks while a write is under way waits for it", async () => {
  const { store, memories } = start();
  const memory = memories.of("CP1");
  const disk = Promise.withResolvers<void>();
  store.hold = disk.promise;
  memory.keep("settings", "", () => 1);
  const done: string[] = [];
  void memory.saved().then(() => done.push("first"));
  void memory.saved().then(() => done.push("second"));
  await Promise.resolve();
  assert.deepEqual(done, []);
  disk.resolve();
  await memory.saved();
  assert.equal(store.commits, 1);
});

Deno.test("a station that is forgotten leaves nothing, and no other loses anything", async () => {
  const { clock, store, memories } = start();
  for (const id of ["CP1", "CP10"]) memories.of(id).keep("settings", "", () => id);
  memories.flush();
  await clock.settle();
  memories.of("CP1").keep("profiles", "", () => 1);
  await store.commit((write) => memories.forget("CP1", write));
  memories.forgotten("CP1");
  await clock.advance(1_000);
  assert.equal(memories.of("CP1").read("settings"), undefined);
  assert.deepEqual(store.entries("settings"), [["CP10\n", "CP10"]]);
  assert.deepEqual(store.entries("profiles"), []);
});

Deno.test("a part of an older version is upgraded when a station reads it, and kept in the new shape", async () => {
  using shelf = new Shelf();
  const old = shelf.open({ kinds: PARTS });
  new Cell<object>(new Memories(old, shelf.clock).of("CP1"), "settings", {}).value = { a: 1 };
  await shelf.clock.advance(1_000);
  old.close();
  const upgrade = (value: unknown, from: number) => ({ from, values: value });
  const kinds = { ...PARTS, settings: { version: 2, upgrade } };
  const store = shelf.open({ kinds });
  const memories = new Memories(store, shelf.clock);
  const cell = new Cell<object>(memories.of("CP1"), "settings", {});
  assert.deepEqual(cell.value, { from: 1, values: { a: 1 } });
  cell.value = { from: 2, values: {} };
  await shelf.clock.advance(1_000);
  store.close();
  const again = new Memories(shelf.open({ kinds }), shelf.clock);
  assert.deepEqual(again.of("CP1").read("settings"), { from: 2, values: {} });
});

Deno.test("a station that is gone leaves nothing behind, whatever it still does", async () => {
  const { clock, store, memories } = start();
  const memory = memories.of("CP1");
  memory.keep("settings", "", () => 1);
  memory.end();
  memory.keep("profiles", "", () => 1);
  await clock.advance(1_000);
  assert.deepEqual([...store.keys("settings")], ["CP1\n"], "what it had to say before is kept");
  assert.deepEqual([...store.keys("profiles")], []);
  store.failure = new Error("No space left");
  const last = memories.of("CP1");
  last.keep("settings", "", () => 2);
  const saving = last.saved();
  last.end();
  assert.equal(await saving, false);
  await clock.advance(1_000);
  assert.equal(clock.pending, 0, "it is not tried again");
});

Deno.test("a station that could not be forgotten remembers all", async () => {
  const { store, memories } = start();
  const memory = memories.of("CP1");
  memory.keep("settings", "", () => 1);
  await memory.saved();
  store.failure = new Error("No space left");
  await assert.rejects(store.commit((write) => memories.forget("CP1", write)));
  assert.equal(memory.read("settings"), 1);
});
