import assert from "node:assert/strict";
import type { ConnectionFact } from "../../src/connection/mod.ts";
import { exponentialBackOff } from "../../src/connection/retry.ts";
import { Secret } from "../../src/log/mod.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { FakeTransport, lost, refused } from "../support/fake_transport.ts";

const LADDER = { baseMs: 5_000, maxMs: 60_000, jitter: 0, random: () => 0 };

Deno.test("what cannot be dialled is refused when it is added", () => {
  const fake = fakeHarness();
  const refusals = [
    [{ subprotocols: [] }, /Cannot dial for "CP1": it offers no subprotocol/],
    [{ url: "http://csms" }, /must start ws:\/\/ or wss:\/\//],
    [{ stationId: "" }, /it is no path segment/],
    [{
      stationId: "CP:1",
      credentials: {
        type: "basic",
        username: null,
        password: new Secret("p"),
        authorizationKey: null,
      },
    }, /it contains ":"/],
  ] as const;
  for (const [options, message] of refusals) {
    assert.throws(() => fake.add(options), { name: "TypeError", message });
  }
  assert.equal(fake.manager.size, 0);
});

Deno.test("a dial gets the URL with the id, the subprotocols, the header and the TLS settings", async () => {
  const fake = fakeHarness();
  const tls = { caCert: "PEM", clientCert: null, clientKey: null, insecureSkipVerify: false };
  fake.add({
    stationId: "RDAM 123|\u00df",
    url: "wss://csms/ocpp?x=1",
    subprotocols: ["ocpp2.1", "ocpp2.0.1"],
    credentials: { type: "bearer", token: new Secret("t") },
    tls,
  });
  fake.manager.connect("RDAM 123|\u00df");
  await fake.clock.settle();
  const { target } = fake.network.last;
  assert.equal(target.url, "wss://csms/ocpp/RDAM%20123%7C%C3%9F?x=1");
  assert.deepEqual(target.subprotocols, ["ocpp2.1", "ocpp2.0.1"]);
  assert.equal(target.authorization?.reveal(), "Bearer t");
  assert.equal(target.tls, tls);
  await fake.manager.shutdown();
});

Deno.test("the events: connected, sent, message, disconnected with its cause, error", async () => {
  const fake = fakeHarness();
  const facts: ConnectionFact[] = [];
  fake.manager.facts.subscribe((fact) => facts.push(fact));
  fake.add();
  fake.manager.connect("CP1");
  fake.manager.send("CP1", "too early");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.settle();
  fake.manager.send("CP1", "[2]");
  fake.network.last.say("[3ß]");
  await fake.clock.advance(5_000);
  transport.end(lost());
  fake.network.willAnswer(refused);
  await fake.clock.advance(5_000);
  const start = Date.UTC(2026, 0, 1);
  const stationId = "CP1";
  assert.deepEqual(facts, [
    { type: "connected", stationId, at: start, subprotocol: "ocpp1.6" },
    { type: "sent", stationId, at: start, text: "[2]", bytes: 3 },
    { type: "message", stationId, at: start, text: "[3ß]", bytes: 5 },
    { type: "disconnected", stationId, at: start + 5_000, cause: lost() },
    { type: "error", stationId, at: start + 10_000, cause: refused() },
  ]);
  await fake.manager.shutdown();
});

Deno.test("a change tells from where, to where, when, and how the connection ended", async () => {
  const fake = fakeHarness();
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept();
  await fake.clock.settle();
  await fake.manager.disconnect("CP1");
  assert.deepEqual(fake.path(), [
    "disconnected>connecting",
    "connecting>connected",
    "connected>disconnected",
  ]);
  assert.deepEqual(fake.changes.at(-1)?.ended, { kind: "asked", message: "closed by this side" });
  assert(fake.changes.slice(0, -1).every(({ ended }) => ended === null));
});

Deno.test("whoever hears of a change finds statistics and census that agree with it", async () => {
  const fake = fakeHarness();
  fake.manager.changes.subscribe(({ stationId, to }) => {
    assert.equal(fake.manager.statistics(stationId)?.state, to.name);
    assert.equal(fake.manager.census()[to.name], 1);
  });
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept();
  await fake.clock.settle();
  await fake.manager.shutdown();
  assert(!fake.logLines.some((line) => line.includes("ERROR")), fake.logLines.join("\n"));
});

Deno.test("statistics tell everything about one connection, through its whole life", async () => {
  const fake = fakeHarness();
  const { connection } = fake.add();
  const fresh = {
    stationId: "CP1",
    state: "disconnected",
    url: "ws://csms/ocpp/CP1",
    subprotocol: null,
    connectedAt: null,
    disconnectedAt: null,
    lastMessageAt: null,
    reconnectAttempts: 0,
    messagesSent: 0,
    messagesReceived: 0,
    bytesSent: 0,
    bytesReceived: 0,
    lastError: null,
    latencyMs: null,
    queued: 0,
  };
  assert.deepEqual(fake.manager.statistics("CP1"), fresh);

  fake.network.willAnswer(refused);
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const failed = { ...fresh, state: "reconnecting", reconnectAttempts: 1 };
  const lastError = refused().message;
  assert.deepEqual(fake.manager.statistics("CP1"), { ...failed, lastError });

  const transport = new FakeTransport();
  fake.network.willAnswer(() => transport);
  await fake.clock.advance(5_000);
  await fake.clock.advance(1_000);
  connection.send("[2]\u00df");
  fake.network.last.say("\u20ac");
  connection.noteLatency(12);
  transport.bufferedBytes = 8 * 1024 * 1024;
  connection.send("waits");
  const connected = {
    ...fresh,
    state: "connected",
    subprotocol: "ocpp1.6",
    connectedAt: "2026-01-01T00:00:05.000Z",
    lastMessageAt: "2026-01-01T00:00:06.000Z",
    messagesSent: 1,
    messagesReceived: 1,
    bytesSent: 5,
    bytesReceived: 3,
    lastError,
    latencyMs: 12,
    queued: 1,
  };
  assert.deepEqual(fake.manager.statistics("CP1"), connected);

  transport.end(lost());
  await fake.clock.settle();
  assert.deepEqual(fake.manager.statistics("CP1"), {
    ...connected,
    state: "reconnecting",
    subprotocol: null,
    disconnectedAt: "2026-01-01T00:00:06.000Z",
    lastError: lost().message,
    queued: 0,
  });
  await fake.manager.shutdown();
});

Deno.test("shutdown closes all at once within one close timeout, and takes nobody in", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(() => {
    const transport = new FakeTransport();
    transport.answersClose = false;
    return transport;
  });
  for (let n = 0; n < 50; n++) {
    fake.add({ stationId: `CP${n}` });
    fake.manager.connect(`CP${n}`);
  }
  await fake.clock.settle();
  assert.equal(fake.manager.census().connected, 50);
  let down = false;
  const going = fake.manager.shutdown().then(() => down = true);
  assert.equal(fake.manager.census().closed, 50);
  await fake.clock.advance(2_999);
  assert(!down);
  await fake.clock.advance(1);
  assert(await going);
  assert.equal(fake.clock.pending, 0);
});

Deno.test("the log tells each change in one line, and how to go on after giving up", async () => {
  const fake = fakeHarness({ retry: exponentialBackOff({ ...LADDER, maxAttempts: 2 }) });
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.advance(5_000);
  fake.network.willAnswer(refused);
  transport.end(lost());
  await fake.clock.advance(20_000);
  assert.equal(fake.manager.statistics("CP1")?.state, "error");
  await fake.manager.disconnect("CP1");
  const lines = fake.logLines.filter((line) => !line.includes("DEBUG"));
  const expected = [
    /INFO {2}Connected station=CP1 subprotocol=ocpp1\.6$/,
    /WARN {2}Connection lost: the connection ended without a close frame station=CP1 cause=lost failures=0 retryAt=2026-01-01T00:00:10\.000Z$/,
    /WARN {2}Cannot connect: nothing listens at csms: is the CSMS running\? station=CP1 cause=refused failures=1 retryAt=2026-01-01T00:00:20\.000Z$/,
    /WARN {2}Gave up after 2 failed dials in a row \(nothing listens at csms: is the CSMS running\?\): connect it by hand with POST \/api\/connections\/:id\/connect, or set csms\.max_reconnect_attempts to 0 to never give up station=CP1 cause=refused failures=2$/,
    /INFO {2}Disconnected by hand station=CP1$/,
  ];
  assert.equal(lines.length, expected.length, lines.join("\n"));
  for (const [at, pattern] of expected.entries()) assert.match(lines[at]!, pattern);
});

Deno.test("a reconnect by hand is no error: not in the log, not in the statistics", async () => {
  const fake = fakeHarness();
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept();
  await fake.clock.settle();
  fake.manager.reconnect("CP1");
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.state, "connecting");
  assert.equal(fake.manager.statistics("CP1")?.lastError, null);
  assert(fake.logLines.some((line) => /INFO {2}Reconnecting as asked/.test(line)));
  assert(!fake.logLines.some((line) => line.includes("WARN")), fake.logLines.join("\n"));
});

Deno.test("giving up on a server that accepts and closes is an error, after the disconnect", async () => {
  const fake = fakeHarness({ retry: exponentialBackOff({ ...LADDER, maxAttempts: 1 }) });
  const heard: string[] = [];
  fake.manager.facts.subscribe(({ type }) => heard.push(type));
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept().end(lost());
  await fake.clock.settle();
  assert.equal(fake.manager.state("CP1")?.name, "error");
  assert.deepEqual(heard, ["connected", "disconnected", "error"]);
});

Deno.test("10,000 stations dial through the gate, all connect, and none holds a timer", async () => {
  const fake = fakeHarness({ maxConcurrentDials: 100 });
  let inside = 0;
  let most = 0;
  fake.network.willAnswer((attempt) => {
    most = Math.max(most, ++inside);
    Promise.resolve().then(() => {
      inside--;
      attempt.accept();
    });
    return undefined;
  });
  for (let n = 0; n < 10_000; n++) {
    fake.add({ stationId: `CP${n}` });
    fake.manager.connect(`CP${n}`);
  }
  assert(fake.manager.census().connecting === 10_000);
  while (fake.manager.census().connected < 10_000) await fake.clock.settle();
  assert(most <= 100, `${most} dialled at once`);
  assert.equal(fake.clock.pending, 0);
  await fake.manager.shutdown();
});
