import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { Session } from "../../src/connection/session.ts";
import { FakeTransport, lost } from "../support/fake_transport.ts";

const INTERVAL_MS = 30_000;

function session(
  options: { canPing?: boolean; pingIntervalMs?: number; probe?: () => boolean } = {},
) {
  const clock = new VirtualClock();
  const transport = new FakeTransport();
  transport.canPing = options.canPing ?? true;
  const probes: number[] = [];
  const opened = new Session(transport, {
    clock,
    sendQueue: 10,
    pingIntervalMs: options.pingIntervalMs ?? INTERVAL_MS,
    closeTimeoutMs: 3_000,
    goodAfterMs: 5_000,
    probe: () => {
      probes.push(clock.monotonic());
      return options.probe?.() ?? true;
    },
    onSent: () => {},
  });
  return { clock, transport, session: opened, probes };
}

Deno.test("a silent peer is pinged after one interval and given up after two", async () => {
  const { clock, transport, probes } = session();
  await clock.advance(INTERVAL_MS - 1);
  assert.equal(transport.pings, 0);
  await clock.advance(1);
  assert.equal(transport.pings, 1);
  await clock.advance(INTERVAL_MS - 1);
  assert.equal(transport.abandonedWith, null);
  await clock.advance(1);
  assert.deepEqual(transport.abandonedWith, {
    kind: "no-pong",
    message: "the CSMS did not answer a ping in time",
  });
  assert.deepEqual([clock.pending, probes], [0, []]);
});

Deno.test("any frame puts the ping off, and a pong keeps the connection", async () => {
  const { clock, transport } = session();
  await clock.advance(20_000);
  transport.heardAt = clock.monotonic();
  await clock.advance(29_999);
  assert.equal(transport.pings, 0);
  await clock.advance(1);
  assert.equal(transport.pings, 1);
  await clock.advance(10_000);
  transport.heardAt = clock.monotonic();
  await clock.advance(INTERVAL_MS - 1);
  assert.equal(transport.abandonedWith, null);
  assert.equal(transport.pings, 1);
  await clock.advance(1);
  assert.equal(transport.pings, 2);
});

Deno.test("a pong that comes at once keeps the connection: silence of an interval since then is a new one", async () => {
  const { clock, transport } = session();
  for (let ping = 1; ping <= 3; ping++) {
    await clock.advance(INTERVAL_MS);
    assert.deepEqual([transport.pings, transport.abandonedWith], [ping, null]);
    transport.heardAt = clock.monotonic();
  }
});

Deno.test("where the runtime cannot ping, the owner is asked to probe", async () => {
  const { clock, transport, probes } = session({ canPing: false });
  await clock.advance(INTERVAL_MS);
  assert.deepEqual(probes, [INTERVAL_MS]);
  await clock.advance(INTERVAL_MS);
  assert.equal(transport.abandonedWith?.kind, "no-pong");
});

Deno.test("a peer that could not be probed is not given up", async () => {
  const { clock, transport, probes } = session({ canPing: false, probe: () => false });
  await clock.advance(10 * INTERVAL_MS);
  assert.equal(transport.abandonedWith, null);
  assert.equal(probes.length, 10);
});

Deno.test("an interval of 0 watches nothing, from the start or later", async () => {
  const never = session({ pingIntervalMs: 0 });
  assert.equal(never.clock.pending, 0);
  const later = session();
  later.session.setPingInterval(0);
  assert.equal(later.clock.pending, 0);
  await later.clock.advance(10 * INTERVAL_MS);
  assert.equal(later.transport.abandonedWith, null);
});

Deno.test("a new interval takes effect at once", async () => {
  const { clock, transport, session: opened } = session();
  opened.setPingInterval(1_000);
  await clock.advance(1_000);
  assert.equal(transport.pings, 1);
});

Deno.test("an interval that is set while the session ends leaves no timer behind", async () => {
  const { clock, transport, session: opened } = session();
  transport.bufferedBytes = 8 * 1024 * 1024;
  opened.send("queued", () => opened.setPingInterval(1_000));
  transport.end(lost());
  await opened.ended();
  assert.equal(clock.pending, 0);
});

Deno.test("the end lets go of every timer", async () => {
  const { clock, transport, session: opened } = session();
  transport.answersClose = false;
  transport.bufferedBytes = 500;
  opened.send("a");
  opened.close("bye");
  assert(clock.pending > 0);
  transport.end(lost());
  assert.deepEqual(await opened.ended(), lost());
  assert.equal(clock.pending, 0);
});

Deno.test("close is asked once, and forced once its time is up", async () => {
  const { clock, transport, session: opened } = session();
  transport.answersClose = false;
  opened.close("bye");
  opened.close("again");
  assert.deepEqual(transport.closes, [{ code: 1000, reason: "bye" }]);
  await clock.advance(3_000);
  assert.equal(transport.abandonedWith?.kind, "close-timeout");
  assert.match(transport.abandonedWith!.message, /did not answer within 3000 ms$/);
});

Deno.test("a session that is closing pings nobody: the close has a deadline of its own", async () => {
  const { clock, transport, session: opened } = session({ pingIntervalMs: 1_000 });
  transport.answersClose = false;
  opened.close("bye");
  opened.setPingInterval(500);
  await clock.advance(3_000);
  assert.equal(transport.pings, 0);
  assert.equal(transport.abandonedWith?.kind, "close-timeout");
});

Deno.test("after close nothing is sent, and what was queued hears that it never left", async () => {
  const { clock, transport, session: opened } = session();
  transport.answersClose = false;
  transport.bufferedBytes = 8 * 1024 * 1024;
  const heard: unknown[] = [];
  assert.equal(opened.send("queued", (why) => heard.push(why)), "queued");
  opened.close("");
  assert.equal(opened.send("late"), "offline");
  const ended = opened.ended();
  await clock.advance(3_000);
  assert.deepEqual(heard, [await ended]);
  assert.deepEqual(transport.sent, []);
});
