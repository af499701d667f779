import assert from "node:assert/strict";
import { exponentialBackOff } from "../../src/connection/retry.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { FakeTransport, lost, refused } from "../support/fake_transport.ts";

const URL = "ws://csms/ocpp/CP1";
const LADDER = { baseMs: 5_000, maxMs: 60_000, jitter: 0, random: () => 0 };

/** A station in a state, by the way that leads there. */
async function stationIn(state: string) {
  const maxAttempts = state === "error" ? 1 : 0;
  const fake = fakeHarness({ retry: exponentialBackOff({ ...LADDER, maxAttempts }) });
  const { connection, diary } = fake.add();
  let transport: FakeTransport | null = null;
  if (state !== "disconnected") fake.manager.connect("CP1");
  await fake.clock.settle();
  if (state === "connected") transport = fake.network.last.accept();
  if (state === "reconnecting" || state === "error") fake.network.last.fail();
  if (state === "closed") await fake.manager.shutdown();
  await fake.clock.settle();
  assert.equal(now(fake), state);
  return { ...fake, connection, diary, transport: transport as FakeTransport };
}

function now({ manager }: Pick<ReturnType<typeof fakeHarness>, "manager">): string | undefined {
  return manager.statistics("CP1")?.state;
}

const BY_HAND = [
  ["connect", "disconnected", true, "connecting", 1],
  ["connect", "connecting", true, "connecting", 1],
  ["connect", "connected", true, "connected", 1],
  ["connect", "reconnecting", true, "connecting", 2],
  ["connect", "error", true, "connecting", 2],
  ["connect", "closed", false, "closed", 1],
  ["reconnect", "disconnected", true, "connecting", 1],
  ["reconnect", "connecting", true, "connecting", 1],
  ["reconnect", "connected", true, "connecting", 2],
  ["reconnect", "reconnecting", true, "connecting", 2],
  ["reconnect", "error", true, "connecting", 2],
  ["reconnect", "closed", false, "closed", 1],
] as const;

for (const [command, state, answer, then, dials] of BY_HAND) {
  Deno.test(`${command} while ${state} answers ${answer}: ${then}, ${dials} dials in all`, async () => {
    const station = await stationIn(state);
    assert.equal(station.manager[command]("CP1"), answer);
    await station.clock.settle();
    assert.equal(now(station), then);
    assert.equal(station.network.attempts.length, dials);
    await station.manager.shutdown();
    assert.equal(station.clock.pending, 0);
  });
}

for (const state of ["disconnected", "connecting", "connected", "reconnecting", "error"] as const) {
  for (const [command, then] of [["disconnect", "disconnected"], ["remove", undefined]] as const) {
    Deno.test(`${command} while ${state} leaves no timer, no dial and no socket behind`, async () => {
      const station = await stationIn(state);
      assert.equal(await station.manager[command]("CP1"), true);
      assert.equal(now(station), then);
      assert.equal(station.clock.pending, 0);
      const dials = station.network.attempts.length;
      await station.clock.advance(3_600_000);
      assert.equal(station.network.attempts.length, dials);
      if (state === "connecting") assert(station.network.last.signal.aborted);
      if (state === "connected") assert.deepEqual(station.diary.lines.at(-1), "closed asked");
    });
  }
}

Deno.test("disconnect closes with 1000 and connects again only when told to", async () => {
  const station = await stationIn("connected");
  await station.manager.disconnect("CP1");
  assert.deepEqual(station.transport.closes, [{ code: 1000, reason: "" }]);
  assert(station.manager.connect("CP1"));
  await station.clock.settle();
  assert.equal(station.network.attempts.length, 2);
  await station.manager.shutdown();
});

Deno.test("nobody knows a station that was never added", async () => {
  const { manager } = fakeHarness();
  assert.equal(manager.connect("X"), false);
  assert.equal(manager.reconnect("X"), false);
  assert.equal(await manager.disconnect("X"), false);
  assert.equal(await manager.remove("X"), false);
  assert.equal(manager.send("X", "[]"), undefined);
  assert.equal(manager.statistics("X"), undefined);
});

Deno.test("a close that the peer does not answer ends by force after the close timeout", async () => {
  const station = await stationIn("connected");
  station.transport.answersClose = false;
  let gone = false;
  const leaving = station.manager.disconnect("CP1").then(() => gone = true);
  await station.clock.settle();
  assert.equal(now(station), "disconnected");
  await station.clock.advance(2_999);
  assert(!gone);
  await station.clock.advance(1);
  assert(gone && await leaving);
  assert.equal(station.transport.abandonedWith?.kind, "close-timeout");
});

Deno.test("connect right after disconnect waits for the old socket: never two at a time", async () => {
  const station = await stationIn("connected");
  station.transport.answersClose = false;
  const leaving = station.manager.disconnect("CP1");
  assert(station.manager.connect("CP1"));
  await station.clock.advance(2_999);
  assert.equal(now(station), "connecting");
  assert.equal(station.network.attempts.length, 1);
  await station.clock.advance(1);
  await leaving;
  assert.equal(station.network.attempts.length, 2);
  station.network.last.accept();
  await station.clock.settle();
  assert.equal(now(station), "connected");
  assert.equal(station.network.mostOpen.get(URL), 1);
  await station.manager.shutdown();
});

Deno.test("a dial that succeeds although it was called off is closed, not kept", async () => {
  const station = await stationIn("connecting");
  const transport = new FakeTransport();
  station.network.last.accept(transport);
  const leaving = station.manager.disconnect("CP1");
  await leaving;
  assert.equal(transport.closes.length, 1);
  assert.equal(now(station), "disconnected");
  assert.deepEqual(station.diary.lines, []);
});

Deno.test("any mixture of connect and disconnect ends as the last one said, with one socket", async () => {
  const station = await stationIn("disconnected");
  station.network.willAnswer(() => {
    const transport = new FakeTransport();
    transport.answersClose = false;
    return transport;
  });
  for (let round = 0; round < 20; round++) {
    station.manager.connect("CP1");
    if (round % 3 === 0) await station.clock.settle();
    if (round % 5 === 0) station.manager.reconnect("CP1");
    station.manager.disconnect("CP1");
    if (round % 4 === 0) await station.clock.advance(1_000);
  }
  station.manager.connect("CP1");
  await station.clock.advance(60_000);
  assert.equal(now(station), "connected");
  assert.equal(station.network.mostOpen.get(URL), 1);
  const leaving = station.manager.shutdown();
  await station.clock.advance(3_000);
  await leaving;
  assert.equal(station.clock.pending, 0);
});

Deno.test("reconnect of a good connection dials again at once and counts as no failure", async () => {
  const station = await stationIn("connected");
  station.manager.reconnect("CP1");
  await station.clock.settle();
  assert.deepEqual(station.transport.closes, [{ code: 1000, reason: "reconnecting" }]);
  assert.equal(station.network.attempts.length, 2);
  station.network.last.fail();
  await station.clock.settle();
  assert.equal(station.manager.statistics("CP1")?.reconnectAttempts, 1);
  assert.equal(station.clock.untilNext, 5_000);
  await station.manager.shutdown();
});

Deno.test("reconnect while the socket of a disconnect still closes does not linger", async () => {
  const station = await stationIn("connected");
  station.transport.answersClose = false;
  station.manager.disconnect("CP1");
  station.manager.connect("CP1");
  station.manager.reconnect("CP1");
  station.network.willAnswer(refused);
  await station.clock.advance(3_000);
  assert.equal(station.network.attempts.length, 2);
  assert.equal(station.clock.untilNext, 5_000);
  await station.manager.shutdown();
});

Deno.test("connect from a listener that hears of the loss is heard", async () => {
  const station = await stationIn("connected");
  station.manager.changes.subscribe(({ to }) => {
    if (to.name === "reconnecting") station.manager.connect("CP1");
  });
  station.transport.end(lost());
  await station.clock.settle();
  assert.equal(station.network.attempts.length, 2);
  await station.manager.shutdown();
});

Deno.test("disconnect from a listener that hears of the connect is heard", async () => {
  const station = await stationIn("disconnected");
  station.manager.changes.subscribe(({ to }) => {
    if (to.name === "connecting") station.manager.disconnect("CP1");
  });
  station.network.willAnswer(() => new FakeTransport());
  station.manager.connect("CP1");
  await station.clock.settle();
  assert.equal(now(station), "disconnected");
  assert.equal(station.network.attempts.length, 0);
});

Deno.test("closed is final: nothing brings a connection back after a shutdown", async () => {
  const station = await stationIn("connected");
  await station.manager.shutdown();
  assert.equal(now(station), "closed");
  assert.equal(station.manager.connect("CP1"), false);
  assert.equal(station.connection.send("[]"), "offline");
  await station.manager.disconnect("CP1");
  assert.equal(now(station), "closed");
  assert.throws(() => station.add({ stationId: "CP2" }), /Cannot add connection "CP2": shut down/);
});
