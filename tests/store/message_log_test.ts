import assert from "node:assert/strict";
import { SystemClock } from "../../src/clock/mod.ts";
import type { LoggedMessage, MessageLog, MessageQuery, NewMessage } from "../../src/store/mod.ts";
import { frame, Shelf } from "./support.ts";

const DAY_MS = 24 * 3_600_000;

/** Frames of three stations, one a second, of which every tenth is an answer with an error. */
function append(log: MessageLog, count: number, at = Date.UTC(2026, 0, 1), first = 0): void {
  for (let n = first; n < first + count; n++) {
    const isError = n % 10 === 9;
    log.append(frame({
      at: at + n * 1000,
      stationId: `CP00${n % 3}`,
      direction: n % 2 === 0 ? "out" : "in",
      type: isError ? "error" : "call",
      action: n % 4 === 0 ? "Heartbeat" : "MeterValues",
      id: String(n),
      text: `frame ${n} ${isError ? "100%_\\off" : "Wh"}`,
    }));
  }
}

async function ids(shelf: Shelf, log: MessageLog, query: MessageQuery): Promise<number[]> {
  const asked = log.query(query);
  await shelf.clock.advance(1);
  return (await asked).messages.map(({ id }) => Number(id));
}

function expected(count: number, matches: (n: number) => boolean): number[] {
  return Array.from({ length: count }, (_, n) => n).filter(matches).reverse();
}

Deno.test("a message is found at once, newest first, before it is on disk", async () => {
  using shelf = new Shelf();
  const { messages } = shelf.open();
  messages.append(frame({ id: "a" }));
  messages.append(frame({ id: "b", latencyMs: 12.5, error: "NotSupported" }));
  assert.equal(messages.statistics().rows, 0);
  const page = await messages.query({});
  assert.deepEqual(page.messages.map(({ id }) => id), ["b", "a"]);
  const { seq: _, ...first } = page.messages[0]!;
  assert.deepEqual(first, frame({ id: "b", latencyMs: 12.5, error: "NotSupported" }));
  assert.equal(page.next, null);
});

Deno.test("every filter finds the same in memory and on disk", async () => {
  using shelf = new Shelf();
  const start = Date.UTC(2026, 0, 1);
  const cases: [MessageQuery, (n: number) => boolean][] = [
    [{}, () => true],
    [{ stationId: "CP001" }, (n) => n % 3 === 1],
    [{ direction: "in" }, (n) => n % 2 === 1],
    [{ type: "error" }, (n) => n % 10 === 9],
    [{ type: "call" }, (n) => n % 10 !== 9],
    [{ action: "Heartbeat" }, (n) => n % 4 === 0],
    [{ stationId: "CP001", action: "Heartbeat", direction: "out" }, (n) => n % 12 === 4],
    [{ since: start + 10_000, until: start + 20_000 }, (n) => n >= 10 && n <= 20],
    [{ since: start + 10_001 }, (n) => n > 10],
    [{ q: "FRAME 7" }, (n) => String(n).startsWith("7")],
    [{ q: "100%_\\O" }, (n) => n % 10 === 9],
    [{ q: "100_" }, () => false],
    [{ stationId: "nobody" }, () => false],
  ];
  const store = shelf.open();
  append(store.messages, 100);
  for (const [query, matches] of cases) {
    const found = await ids(shelf, store.messages, { limit: 1000, ...query });
    assert.deepEqual(found, expected(100, matches), JSON.stringify(query));
  }
  store.close();
  const { messages } = shelf.open();
  for (const [query, matches] of cases) {
    const found = await ids(shelf, messages, { limit: 1000, ...query });
    assert.deepEqual(found, expected(100, matches), JSON.stringify(query));
  }
});

Deno.test("pages join without a gap or a double while messages come and go", async () => {
  using shelf = new Shelf();
  const { messages } = shelf.open({ messageRetention: 6_000 });
  append(messages, 3_000);
  await shelf.clock.advance(10_000);
  append(messages, 3_000, undefined, 3_000);
  await shelf.clock.advance(10_000);
  const found: number[] = [];
  let after: number | undefined;
  let count = 6_000;
  for (;;) {
    const asked = messages.query({ limit: 400, after });
    await shelf.clock.advance(10);
    const page = await asked;
    found.push(...page.messages.map(({ id }) => Number(id)));
    if (page.next === null) break;
    after = page.next;
    append(messages, 100, undefined, count);
    count += 100;
    await shelf.clock.advance(300);
  }
  const oldest = found.at(-1)!;
  assert.deepEqual(found, expected(6_000, (n) => n >= oldest));
  assert(oldest > 1_000, "retention has removed some meanwhile");
});

Deno.test("a search that finds little goes on where it stopped, and a whole walk finds all", async () => {
  using shelf = new Shelf();
  const clock = new SystemClock();
  const store = shelf.open({ clock });
  append(store.messages, 4_000, clock.now());
  store.close();
  const { messages } = shelf.open({ clock });
  const found: LoggedMessage[] = [];
  for await (const each of messages.iterate({ q: "frame 39" })) found.push(each);
  assert.equal(found.length, 111);
  const { messages: none, next } = await messages.query({ q: "no such text" });
  assert.deepEqual([none, next], [[], null]);
});

Deno.test("retention by count removes the oldest, in small steps", async () => {
  using shelf = new Shelf();
  const store = shelf.open({ messageRetention: 800 });
  append(store.messages, 4_000);
  await shelf.clock.advance(10_000);
  assert.equal(store.messages.statistics().rows, 800);
  const seen = shelf.raw(":memory:", () => store.messages.statistics().transactions);
  assert(seen >= 4, `${seen} transactions`);
  const seenNow = await ids(shelf, store.messages, { limit: 1_000 });
  assert.deepEqual(seenNow, expected(4_000, (n) => n >= 3_200), "in memory too");
  store.close();
  const { messages } = shelf.open({ messageRetention: 800 });
  const left = await ids(shelf, messages, { limit: 1_000 });
  assert.deepEqual(left, expected(4_000, (n) => n >= 3_200));
});

Deno.test("retention by age removes what is too old, also when nothing comes", async () => {
  using shelf = new Shelf();
  const { messages } = shelf.open({ messageMaxAgeMs: 3_600_000 });
  append(messages, 10, shelf.clock.now());
  await shelf.clock.advance(3_500_000);
  assert.equal(messages.statistics().rows, 10);
  await shelf.clock.advance(3 * 60_000);
  assert.equal(messages.statistics().rows, 0);
});

Deno.test("what is too old is not seen, though what is newer in its block is", async () => {
  using shelf = new Shelf();
  const store = shelf.open({ messageMaxAgeMs: 3_600_000 });
  append(store.messages, 10, shelf.clock.now());
  await shelf.clock.advance(3_600_000 + 5_500);
  assert.deepEqual(await ids(shelf, store.messages, {}), [9, 8, 7, 6], "in memory");
  store.close();
  const { messages } = shelf.open({ messageMaxAgeMs: 3_600_000 });
  assert.deepEqual(await ids(shelf, messages, {}), [9, 8, 7, 6], "on disk");
});

Deno.test("a small fleet writes a block a second, not one a message, also while the file is checked", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  append(store.messages, 4_000);
  store.close();
  const { messages } = shelf.open();
  const before = messages.statistics().transactions;
  for (let n = 4_000; n < 4_100; n++) {
    append(messages, 1, undefined, n);
    await shelf.clock.advance(100);
  }
  const written = messages.statistics().transactions - before;
  assert(written >= 9 && written <= 16, `${written} transactions in 10 s`);
});

Deno.test("a block that is full is written at once, and the next one waits for more", async () => {
  using shelf = new Shelf();
  const { messages } = shelf.open();
  append(messages, 501);
  await shelf.clock.advance(10);
  const { rows, waiting } = messages.statistics();
  assert.deepEqual([rows, waiting], [500, 1]);
  await shelf.clock.advance(1_000);
  assert.deepEqual(messages.statistics().rows, 501);
});

Deno.test("a retention of 0 keeps the newest in memory only", async () => {
  using shelf = new Shelf();
  const { messages } = shelf.open({ messageRetention: 0 });
  for (let n = 0; n < 100; n++) {
    append(messages, 1, undefined, n);
    await shelf.clock.advance(1_100);
  }
  assert.equal(messages.statistics().rows, 0);
  assert.equal((await messages.query({ limit: 200 })).messages.length, 100);
  append(messages, 3_900, undefined, 100);
  await shelf.clock.advance(10_000);
  append(messages, 1_000, undefined, 4_000);
  assert.deepEqual(await ids(shelf, messages, { limit: 2 }), [4_999, 4_998]);
  const { rows, waiting, shed } = messages.statistics();
  assert.deepEqual([rows, waiting, shed], [0, 0, 0]);
  const deleting = messages.delete({ until: Date.UTC(2026, 0, 1) + 4_899_000 });
  await shelf.clock.advance(10);
  assert((await deleting) > 3_000, "what is in memory only is counted too");
  assert.equal((await messages.query({ limit: 1_000 })).messages.length, 100);
});

Deno.test("what comes faster than it can be written is shed and counted, and still heard", () => {
  using shelf = new Shelf();
  const { messages } = shelf.open();
  let heard = 0;
  messages.subscribe({}, () => heard++);
  append(messages, 10_000);
  const { waiting, shed } = messages.statistics();
  assert.equal(waiting + shed, 10_000);
  assert(shed > 5_000 && heard === 10_000);
});

Deno.test("a huge text is cut, and few of them fill the memory's share", async () => {
  using shelf = new Shelf();
  const { messages } = shelf.open();
  const text = "é".repeat(2 * 1024 * 1024);
  for (let n = 0; n < 200; n++) messages.append(frame({ text, bytes: 4 * 1024 * 1024 }));
  const { messages: [found] } = await messages.query({ limit: 1 });
  assert.equal(found?.text.length, 64 * 1024);
  assert.equal(found?.bytes, 4 * 1024 * 1024);
  assert(messages.statistics().waiting <= 128);
});

Deno.test("deleting takes what matches, in memory and on disk, and gives the room back", async () => {
  using shelf = new Shelf();
  const { messages } = shelf.open();
  const text = "x".repeat(2_000);
  for (let n = 0; n < 6_000; n += 3_000) {
    for (let m = 0; m < 3_000; m++) messages.append(frame({ id: String(n + m), text }));
    append(messages, 10);
    await shelf.clock.advance(20_000);
  }
  append(messages, 10);
  const { bytes } = messages.statistics();
  const deleting = messages.delete({ action: "Heartbeat", q: "xxx" });
  messages.append(frame({ id: "new", text }));
  await shelf.clock.advance(1_000);
  assert.equal(await deleting, 6_000);
  const found = await ids(shelf, messages, { limit: 1_000 });
  assert.equal(found.length, 31);
  assert(messages.statistics().bytes < bytes / 2);
  const all = messages.delete({});
  await shelf.clock.advance(1_000);
  assert.equal(await all, 31);
  assert.deepEqual(await ids(shelf, messages, {}), []);
  assert.equal(messages.statistics().rows, 0);
});

Deno.test("a subscriber hears what matches, and no more once it has left", () => {
  using shelf = new Shelf();
  const { messages } = shelf.open();
  const heard: (string | null)[] = [];
  messages.subscribe({}, () => {
    throw new Error("mine");
  });
  const leave = messages.subscribe({ stationId: "CP002" }, ({ id }) => heard.push(id));
  messages.append(frame({ stationId: "CP001", id: "a" }));
  messages.append(frame({ stationId: "CP002", id: "b" }));
  leave();
  messages.append(frame({ stationId: "CP002", id: "c" }));
  assert.deepEqual(heard, ["b"]);
  assert.equal(shelf.logged(/A reader of the message log failed/).length, 3);
});

Deno.test("the log is in the order of appending, also when the wall clock is set back", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  const at = Date.UTC(2026, 0, 2);
  const given: NewMessage[] = [at, at, at - DAY_MS, at + 1].map((at, n) =>
    frame({ at, id: String(n) })
  );
  for (const each of given) store.messages.append(each);
  assert.deepEqual(await ids(shelf, store.messages, {}), [3, 2, 1, 0]);
  store.close();
  const { messages } = shelf.open();
  messages.append(frame({ at: at - DAY_MS, id: "4" }));
  assert.deepEqual(await ids(shelf, messages, {}), [4, 3, 2, 1, 0]);
});

Deno.test("what waits is written by close; what is appended later is dropped", async () => {
  using shelf = new Shelf();
  const store = shelf.open();
  append(store.messages, 3_000);
  store.close();
  append(store.messages, 1);
  assert.equal(shelf.clock.pending, 0);
  const { messages } = shelf.open();
  assert.equal(messages.statistics().rows, 3_000);
  assert.equal((await ids(shelf, messages, { limit: 5 })).length, 5);
});
