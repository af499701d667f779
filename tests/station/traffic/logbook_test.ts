import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { createLog, memorySink, Secret } from "../../../src/log/mod.ts";
import { Logbook } from "../../../src/station/traffic/logbook.ts";

function setUp() {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const sink = memorySink();
  const log = createLog({ level: "debug", format: "json", sink, clock });
  const book = new Logbook(log, clock);
  return { clock, book, lines: sink.lines };
}

Deno.test("1.6 §5.9: a station's lines can be collected, oldest first, and go to the program's log too", async () => {
  const { clock, book, lines } = setUp();
  const log = book.of("CP1");
  log.info("It begins", { connector: 1 });
  await clock.advance(1_000);
  log.warn("It hurts");
  log.error("It broke", { error: new Error("no fuse") });
  assert.equal(
    book.collect("CP1", null, null),
    '2026-01-01T00:00:00.000Z INFO  It begins {"connector":1}\n' +
      "2026-01-01T00:00:01.000Z WARN  It hurts\n" +
      '2026-01-01T00:00:01.000Z ERROR It broke {"error":"no fuse"}\n',
  );
  assert.equal(lines.length, 3);
  for (const line of lines) assert.equal(JSON.parse(line).station, "CP1");
});

Deno.test("a station gets its own lines and nobody else's", () => {
  const { book } = setUp();
  book.of("CP1").info("Mine");
  book.of("CP2").info("Yours");
  assert(!book.collect("CP1", null, null).includes("Yours"));
  assert.equal(book.collect("CP3", null, null), "");
});

Deno.test("1.6 §6.27: only the lines between two times are collected, both included", async () => {
  const { clock, book } = setUp();
  const log = book.of("CP1");
  for (const name of ["one", "two", "three", "four"]) {
    log.info(name);
    await clock.advance(1_000);
  }
  const start = Date.UTC(2026, 0, 1);
  const names = (from: number | null, to: number | null) =>
    [...book.collect("CP1", from, to).matchAll(/INFO +(\w+)/g)].map(([, name]) => name);
  assert.deepEqual(names(start + 1_000, start + 2_000), ["two", "three"]);
  assert.deepEqual(names(start + 2_000, null), ["three", "four"]);
  assert.deepEqual(names(null, start), ["one"]);
});

Deno.test("what is said for developers only is not remembered", () => {
  const { book, lines } = setUp();
  book.of("CP1").debug("Tick");
  assert.equal(book.collect("CP1", null, null), "");
  assert.equal(lines.length, 1);
});

Deno.test("a secret does not leave with an upload", () => {
  const { book } = setUp();
  book.of("CP1").info("A new key", { key: new Secret("0001020304") });
  assert(!book.collect("CP1", null, null).includes("0001020304"));
});

Deno.test("a year of lines does not fill the memory: the oldest go, the order stays", () => {
  const { book } = setUp();
  const [one, other] = [book.of("CP1"), book.of("CP2")];
  one.info("the very first");
  for (let count = 0; count < 19_998; count++) other.info("chatter");
  assert(book.collect("CP1", null, null).includes("the very first"));
  one.info("older");
  one.info("newer");
  const text = book.collect("CP1", null, null);
  assert(!text.includes("the very first"));
  assert(text.indexOf("older") < text.indexOf("newer"));
});

Deno.test("a station's log knows its level, and fields can be added to it", () => {
  const { book, lines } = setUp();
  const log = book.of("CP1");
  assert(log.enabled("debug"));
  log.with({ connector: 2 }).info("Plugged");
  const { station, connector, message } = JSON.parse(lines[0]!);
  assert.deepEqual([station, connector, message], ["CP1", 2, "Plugged"]);
});
