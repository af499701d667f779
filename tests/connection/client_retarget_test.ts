import assert from "node:assert/strict";
import type { Cause, DialFailure } from "../../src/connection/mod.ts";
import { exponentialBackOff } from "../../src/connection/retry.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { FakeTransport, lost, refused } from "../support/fake_transport.ts";
import { NEW, OLD, over, proven, retarget, state, tokens, UNAUTHORIZED } from "./retargeting.ts";

Deno.test("a new target closes the socket politely and is dialled at once", async () => {
  const station = await proven();
  retarget(station, { ...NEW, url: "wss://other/ocpp", subprotocols: ["ocpp2.0.1"] });
  await station.clock.settle();
  assert.deepEqual(station.transport.closes, [{ code: 1000, reason: "reconnecting" }]);
  const { target } = station.network.last;
  assert.equal(target.url, "wss://other/ocpp/CP1");
  assert.deepEqual(target.subprotocols, ["ocpp2.0.1"]);
  assert.deepEqual(tokens(station), ["old-secret", "new-secret"]);
  assert.equal(station.manager.statistics("CP1")?.url, "wss://other/ocpp/CP1");
  await over(station);
});

Deno.test("what a change does not name stays, and null takes the TLS settings away", async () => {
  const station = await proven();
  const tls = { caCert: "PEM", clientCert: null, clientKey: null, insecureSkipVerify: false };
  station.network.willAnswer(() => new FakeTransport());
  for (const change of [{ tls }, { url: "ws://moved" }, { tls: null }]) {
    retarget(station, change);
    await station.clock.advance(5_000);
  }
  const seen = station.network.attempts.map(({ target }) => [target.url, target.tls]);
  assert.deepEqual(seen, [
    ["ws://csms/ocpp/CP1", null],
    ["ws://csms/ocpp/CP1", tls],
    ["ws://moved/CP1", tls],
    ["ws://moved/CP1", null],
  ]);
  assert(tokens(station).every((token) => token === "old-secret"));
  await over(station);
});

Deno.test("a new target is kept at the first frame that makes sense", async () => {
  const station = await proven();
  const change = retarget(station);
  await station.clock.settle();
  station.network.last.accept();
  await station.clock.settle();
  assert.equal(change.outcome, "undecided");
  station.network.last.say("[3]");
  await station.clock.settle();
  assert.equal(change.outcome, null);
  await over(station);
});

Deno.test("a new target is kept once its connection has lasted, and no timer stays", async () => {
  const station = await proven();
  const change = retarget(station);
  await station.clock.settle();
  station.network.last.accept();
  station.diary.understands = false;
  await station.clock.settle();
  station.network.last.say("<html>");
  await station.clock.advance(4_999);
  assert.equal(change.outcome, "undecided");
  await station.clock.advance(1);
  assert.equal(change.outcome, null);
  assert.equal(station.clock.pending, 0);
  await over(station);
});

Deno.test("a new target whose connection ends in the moment that it has lasted is kept", async () => {
  const station = await proven();
  const change = retarget(station);
  await station.clock.settle();
  const transport = new FakeTransport();
  station.clock.after(5_000, () => transport.end(lost()));
  station.network.last.accept(transport);
  await station.clock.advance(5_000);
  assert.equal(change.outcome, null);
  assert.equal(state(station), "reconnecting");
  await over(station);
});

Deno.test("a kept target stays through later losses", async () => {
  const station = await proven();
  retarget(station);
  await station.clock.settle();
  const transport = station.network.last.accept();
  await station.clock.advance(5_000);
  station.network.willAnswer(() => UNAUTHORIZED);
  transport.end(lost());
  await station.clock.advance(20_000);
  assert.deepEqual(tokens(station).slice(1), ["new-secret", "new-secret", "new-secret"]);
  await over(station);
});

Deno.test("a first dial that fails puts the old target back, at once, and tells why", async () => {
  const station = await proven();
  const change = retarget(station);
  await station.clock.settle();
  station.network.last.fail(UNAUTHORIZED);
  await station.clock.settle();
  assert.deepEqual(change.outcome, UNAUTHORIZED);
  assert.deepEqual(tokens(station), ["old-secret", "new-secret", "old-secret"]);
  station.network.last.accept();
  await station.clock.settle();
  assert.equal(state(station), "connected");
  assert.equal(station.manager.statistics("CP1")?.lastError, "HTTP 401");
  assert.deepEqual(station.path().slice(2), [
    "connected>reconnecting",
    "reconnecting>connecting",
    "connecting>reconnecting",
    "reconnecting>connecting",
    "connecting>connected",
  ]);
  await over(station);
});

Deno.test("a server that agrees to no subprotocol has not taken the new target", async () => {
  const station = await proven();
  const change = retarget(station, { subprotocols: ["ocpp2.1"] });
  await station.clock.settle();
  station.network.last.accept(new FakeTransport(""));
  await station.clock.settle();
  assert.equal((change.outcome as Cause).kind, "subprotocol");
  assert.deepEqual(station.network.last.target.subprotocols, ["ocpp1.6"]);
  await over(station);
});

Deno.test("a server that lets the new target in and closes before it was good has refused it", async () => {
  const station = await proven();
  const change = retarget(station);
  await station.clock.settle();
  const transport = station.network.last.accept();
  await station.clock.advance(4_999);
  const closed = { kind: "peer-closed", message: "closed with 1008", code: 1008 } as const;
  transport.end(closed);
  await station.clock.settle();
  assert.deepEqual(change.outcome, closed);
  assert.deepEqual(tokens(station), ["old-secret", "new-secret", "old-secret"]);
  await over(station);
});

Deno.test("after a fall-back the ladder goes as usual, and the failed dial counts", async () => {
  const station = await proven();
  station.network.willAnswer(refused);
  retarget(station);
  await station.clock.settle();
  assert.equal(station.network.attempts.length, 3);
  assert.equal(station.manager.statistics("CP1")?.reconnectAttempts, 2);
  for (const waitMs of [5_000, 10_000, 20_000]) {
    assert.equal(station.clock.untilNext, waitMs);
    await station.clock.advance(waitMs);
  }
  assert.deepEqual(new Set(tokens(station).slice(2)), new Set(["old-secret"]));
  await over(station);
});

Deno.test("a server that is back when asked why gets the new target once more", async () => {
  const back: DialFailure = { kind: "handshake", message: "it answers now", recovered: true };
  for (const [second, expected] of [[new FakeTransport(), null], [back, back]] as const) {
    const station = await proven();
    const answers = [back, second];
    station.network.willAnswer(() => answers.shift());
    const change = retarget(station);
    await station.clock.advance(5_000);
    assert.deepEqual(change.outcome, expected);
    assert.deepEqual(tokens(station).slice(0, 3), ["old-secret", "new-secret", "new-secret"]);
    await over(station);
  }
});

Deno.test("while it waits to redial, the next dial is the new target's, and no sooner", async () => {
  const station = await proven();
  station.transport.end(lost());
  await station.clock.settle();
  const change = retarget(station);
  await station.clock.advance(4_999);
  assert.equal(station.network.attempts.length, 1);
  await station.clock.advance(1);
  station.network.last.fail(UNAUTHORIZED);
  await station.clock.settle();
  assert.deepEqual(tokens(station), ["old-secret", "new-secret", "old-secret"]);
  assert.deepEqual(change.outcome, UNAUTHORIZED);
  await over(station);
});

Deno.test("while it dials, that dial is called off and the new target dialled", async () => {
  const station = await proven();
  station.transport.end(lost());
  await station.clock.advance(5_000);
  const [, dial] = station.network.attempts;
  const change = retarget(station);
  await station.clock.settle();
  assert(dial!.signal.aborted);
  assert.deepEqual(tokens(station), ["old-secret", "old-secret", "new-secret"]);
  station.network.last.accept();
  await station.clock.advance(5_000);
  assert.equal(change.outcome, null);
  assert.equal(state(station), "connected");
  await over(station);
});

Deno.test("a dial that succeeds although a change called it off is closed before the new one", async () => {
  const station = await proven();
  station.transport.end(lost());
  await station.clock.advance(5_000);
  const late = new FakeTransport();
  late.answersClose = false;
  station.network.last.accept(late);
  retarget(station);
  await station.clock.advance(2_999);
  assert.equal(station.network.attempts.length, 2);
  await station.clock.advance(1);
  assert.deepEqual(tokens(station).at(-1), "new-secret");
  await over(station);
});

Deno.test("disconnected by hand, the change waits for the next connect, with its fall-back", async () => {
  const station = await proven();
  await station.manager.disconnect("CP1");
  const change = retarget(station);
  await station.manager.disconnect("CP1");
  await station.clock.advance(3_600_000);
  assert.deepEqual([state(station), change.outcome], ["disconnected", "undecided"]);
  station.manager.connect("CP1");
  await station.clock.settle();
  station.network.last.fail(UNAUTHORIZED);
  await station.clock.settle();
  assert.deepEqual(tokens(station), ["old-secret", "new-secret", "old-secret"]);
  assert.deepEqual(change.outcome, UNAUTHORIZED);
  await over(station);
});

Deno.test("where nothing has ever connected there is nothing to go back to", async () => {
  const fake = fakeHarness({
    retry: exponentialBackOff({
      baseMs: 5_000,
      maxMs: 60_000,
      jitter: 0,
      maxAttempts: 3,
      random: () => 0,
    }),
  });
  const { connection } = fake.add(OLD);
  assert.equal(await connection.retarget(NEW), null);
  fake.network.willAnswer(() => UNAUTHORIZED);
  fake.manager.connect("CP1");
  await fake.clock.advance(15_000);
  assert.deepEqual(tokens(fake), ["new-secret", "new-secret", "new-secret"]);
  assert.equal(state(fake), "error");
  assert(fake.logLines.some((line) => line.includes("Changed the credentials untried: nothing")));
});
