import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { createLog, type LogFormat, memorySink, Secret } from "../../src/log/mod.ts";

function logged(format: LogFormat, level: "debug" | "info" | "warn" | "error" = "info") {
  const sink = memorySink();
  const clock = new VirtualClock(Date.UTC(2026, 10, 22, 8, 30));
  return { log: createLog({ level, format, sink, clock }), lines: sink.lines };
}

Deno.test("a json line carries time, level, message and fields", () => {
  const { log, lines } = logged("json");
  log.info("Connected", { station: "CP1", tries: 2 });
  assert.deepEqual(JSON.parse(lines[0]!), {
    time: "2026-11-22T08:30:00.000Z",
    level: "info",
    message: "Connected",
    station: "CP1",
    tries: 2,
  });
});

Deno.test("a text line quotes what has spaces", () => {
  const { log, lines } = logged("text");
  log.warn("Lost", { station: "CP 1", code: 1006, nothing: undefined });
  assert.equal(lines[0], '2026-11-22T08:30:00.000Z WARN  Lost station="CP 1" code=1006');
});

Deno.test("what a peer sends cannot forge a second line", () => {
  for (const format of ["json", "text"] as const) {
    const { log, lines } = logged(format);
    log.info("said\nERROR forged", { reason: "a\r\nb" });
    assert.equal(lines.length, 1);
    assert(!/[\r\n]/.test(lines[0]!));
  }
});

Deno.test("lines below the level are not written", () => {
  const { log, lines } = logged("json", "warn");
  log.debug("no");
  log.info("no");
  log.warn("yes");
  log.error("yes");
  assert.equal(lines.length, 2);
  assert(!log.enabled("info") && log.enabled("error"));
});

Deno.test("with adds fields to every line, and the line's own win", () => {
  const { log, lines } = logged("json");
  log.with({ station: "CP1", a: 1 }).with({ a: 2 }).info("x", { b: 3 });
  const { station, a, b } = JSON.parse(lines[0]!);
  assert.deepEqual({ station, a, b }, { station: "CP1", a: 2, b: 3 });
});

Deno.test("secrets never reach a line, by type or by the name of the field", () => {
  for (const format of ["json", "text"] as const) {
    const { log, lines } = logged(format);
    log.info(`template ${new Secret("hunter2")}`, {
      typed: new Secret("hunter2"),
      nested: { deep: [{ secret: new Secret("hunter2"), password: "hunter2" }] },
      password: "hunter2",
      apiToken: "hunter2",
      authorization: "Basic hunter2",
      authorization_key: "hunter2",
      clientPrivateKey: "hunter2",
    });
    assert(!lines[0]!.includes("hunter2"), lines[0]);
    assert(lines[0]!.includes("***"));
  }
});

Deno.test("an error is described with its causes", () => {
  const { log, lines } = logged("json");
  log.error("Failed", { error: new Error("outer", { cause: new Error("inner") }) });
  assert.equal(JSON.parse(lines[0]!).error, "outer: inner");
});

Deno.test("a field that cannot be rendered costs its line no more than its fields", () => {
  const { log, lines } = logged("json");
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  log.info("Still here", { circle });
  log.info("Big", { n: 10n });
  assert(lines[0]!.includes("Still here"));
  assert.equal(JSON.parse(lines[1]!).n, "10");
});

Deno.test("a secret does not show in console output", () => {
  assert(!Deno.inspect({ key: new Secret("hunter2") }).includes("hunter2"));
});
