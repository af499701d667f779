import assert from "node:assert/strict";
import type { ConnectionFact } from "../../src/connection/mod.ts";
import { exponentialBackOff } from "../../src/connection/retry.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { lost, refused } from "../support/fake_transport.ts";

const AWAY_MS = 7_000;
const LADDER = { baseMs: 5_000, maxMs: 60_000, jitter: 0, random: () => 0 };

async function connected(maxAttempts = 0) {
  const fake = fakeHarness({ retry: exponentialBackOff({ ...LADDER, maxAttempts }) });
  const { connection, diary } = fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.settle();
  return { ...fake, connection, diary, transport };
}

type Station = Awaited<ReturnType<typeof connected>>;

/** It waits, says until when, and dials then and not sooner. */
async function staysAway({ clock, manager, network }: Station): Promise<void> {
  const state = manager.state("CP1")!;
  assert(state.name === "reconnecting", state.name);
  assert.equal(state.retryAt, clock.now() + AWAY_MS);
  const before = network.attempts.length;
  await clock.advance(AWAY_MS - 1);
  assert.deepEqual([manager.state("CP1"), network.attempts.length], [state, before]);
  await clock.advance(1);
  assert.equal(network.attempts.length, before + 1);
  assert.equal(manager.state("CP1")?.name, "connecting");
}

async function over({ manager, clock, network }: Station): Promise<void> {
  await manager.shutdown();
  assert.equal(clock.pending, 0);
  for (const most of network.mostOpen.values()) assert.equal(most, 1);
}

Deno.test("a reboot closes with 1000, stays away for its time, and dials", async () => {
  const station = await connected();
  assert(station.connection.reconnect(AWAY_MS));
  await station.clock.settle();
  assert.deepEqual(station.transport.closes, [{ code: 1000, reason: "reconnecting" }]);
  assert.deepEqual(station.diary.lines, ["opened ocpp1.6", "closed asked"]);
  await staysAway(station);
  await over(station);
});

Deno.test("a reboot while dialling calls the dial off", async () => {
  const station = await connected();
  station.transport.end(lost());
  await station.clock.advance(5_000);
  assert.equal(station.manager.state("CP1")?.name, "connecting");
  assert(station.connection.reconnect(AWAY_MS));
  assert(station.network.last.signal.aborted);
  await staysAway(station);
  await over(station);
});

Deno.test("a reboot while waiting to redial puts its own wait in place of the ladder's", async () => {
  const station = await connected();
  station.transport.end(lost());
  await station.clock.advance(1_000);
  assert(station.manager.reconnect("CP1", AWAY_MS));
  await staysAway(station);
  await over(station);
});

Deno.test("a reboot brings a station back that had given up", async () => {
  const station = await connected(1);
  station.network.willAnswer(refused);
  station.transport.end(lost());
  await station.clock.settle();
  assert.equal(station.manager.state("CP1")?.name, "error");
  station.network.willAnswer(() => undefined);
  assert(station.connection.reconnect(AWAY_MS));
  await staysAway(station);
  await over(station);
});

Deno.test("a reboot leaves alone what was disconnected by hand or closed", async () => {
  const station = await connected();
  await station.manager.disconnect("CP1");
  assert.equal(station.connection.reconnect(AWAY_MS), false);
  await station.clock.advance(AWAY_MS);
  assert.equal(station.manager.state("CP1")?.name, "disconnected");
  await station.manager.remove("CP1");
  assert.equal(station.connection.reconnect(AWAY_MS), false);
  assert.equal(station.network.attempts.length, 1);
});

Deno.test("connect by hand ends the wait of a reboot, disconnect wins over it", async () => {
  const station = await connected();
  station.connection.reconnect(AWAY_MS);
  await station.clock.advance(1_000);
  station.manager.connect("CP1");
  await station.clock.settle();
  assert.equal(station.network.attempts.length, 2);
  station.connection.reconnect(AWAY_MS);
  await station.clock.settle();
  await station.manager.disconnect("CP1");
  assert.equal(station.clock.pending, 0);
  await station.clock.advance(AWAY_MS);
  assert.equal(station.manager.state("CP1")?.name, "disconnected");
  assert.equal(station.network.attempts.length, 2);
});

Deno.test("a reboot is no failure: not in the log, the statistics, the events or the ladder", async () => {
  const station = await connected();
  const facts: ConnectionFact["type"][] = [];
  station.manager.facts.subscribe(({ type }) => facts.push(type));
  station.network.willAnswer(refused);
  station.transport.end(lost());
  await station.clock.advance(5_000 + 10_000);
  const { lastError } = station.manager.statistics("CP1")!;
  facts.length = station.logLines.length = 0;
  station.network.willAnswer(() => undefined);
  station.connection.reconnect(AWAY_MS);
  await staysAway(station);
  station.network.last.fail();
  await station.clock.settle();
  assert.equal(station.manager.statistics("CP1")?.reconnectAttempts, 1);
  assert.equal(station.clock.untilNext, 5_000);
  assert.equal(station.manager.statistics("CP1")?.lastError, lastError);
  assert.deepEqual(facts, ["error"]);
  assert.match(station.logLines[0]!, /INFO {2}Reconnecting as asked station=CP1 retryAt=2026/);
  assert.equal(station.logLines.filter((line) => line.includes("WARN")).length, 1);
  await over(station);
});

Deno.test("a new target during a reboot waits for it, whichever was asked for first", async () => {
  for (const order of [["reboot", "retarget"], ["retarget", "reboot"]]) {
    const station = await connected();
    let kept: unknown = "undecided";
    for (const command of order) {
      if (command === "reboot") station.connection.reconnect(AWAY_MS);
      else station.connection.retarget({ url: "ws://new" }).then((cause) => kept = cause);
    }
    await station.clock.settle();
    await staysAway(station);
    assert.equal(station.network.last.target.url, "ws://new/CP1");
    station.network.last.accept();
    await station.clock.advance(5_000);
    assert.equal(kept, null);
    await over(station);
  }
});

Deno.test("a wait or an interval that is no duration is refused, and changes nothing", async () => {
  const { connection, manager, clock } = await connected();
  for (const ms of [-1, NaN, Infinity]) {
    assert.throws(() => connection.reconnect(ms), {
      name: "RangeError",
      message: `Cannot stay away for ${ms} ms: it is no duration`,
    });
    assert.throws(() => connection.setPingInterval(ms), {
      name: "RangeError",
      message: `Cannot ping every ${ms} ms: it is no duration`,
    });
  }
  await clock.settle();
  assert.equal(manager.state("CP1")?.name, "connected");
  await manager.shutdown();
});

Deno.test("a ping interval is that of one connection, now and at its later sockets", async () => {
  const station = await connected();
  const { clock, connection, manager, network } = station;
  connection.setPingInterval(1_000);
  await clock.advance(1_000);
  assert.equal(station.transport.pings, 1);
  manager.reconnect("CP1");
  await clock.settle();
  const next = network.last.accept();
  next.heardAt = clock.monotonic();
  await clock.settle();
  await clock.advance(1_000);
  assert.equal(next.pings, 1);
  connection.setPingInterval(0);
  station.add({ stationId: "CP2" });
  manager.connect("CP2");
  await clock.settle();
  const other = network.last.accept();
  await clock.advance(10_000);
  assert.deepEqual([next.pings, other.pings], [1, 0]);
  assert.equal(manager.state("CP1")?.name, "connected");
  await over(station);
});

Deno.test("a ping interval that is set while offline holds from the next socket on", async () => {
  const station = await connected();
  await station.manager.disconnect("CP1");
  station.connection.setPingInterval(1_000);
  station.manager.connect("CP1");
  await station.clock.settle();
  const next = station.network.last.accept();
  await station.clock.settle();
  assert.equal(station.clock.untilNext, 1_000);
  await station.clock.advance(1_000);
  assert.equal(next.pings, 1);
  await over(station);
});
