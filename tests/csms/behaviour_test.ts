import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";
import { testCsms, TestStation } from "./support.ts";

const BOOT = { chargePointVendor: "V", chargePointModel: "M" };

Deno.test("a CSMS can refuse, and take it back", async () => {
  await using test = await testCsms({ behaviour: { refuse: { status: 503, retryAfter: 7 } } });
  const { csms } = test;
  const refused = new TestStation(`${csms.url}/CP1`);
  await refused.closed;
  assert.match(refused.error, /Invalid status code: 503/);
  const answer = await fetch(csms.url.replace("ws", "http"));
  assert.equal(answer.headers.get("Retry-After"), "7");
  await answer.body?.cancel();
  csms.behave({ refuse: null });
  const station = new TestStation(`${csms.url}/CP1`);
  assert.equal(await station.opened, "ocpp1.6");
  await station.close();
});

Deno.test("a CSMS can choose no subprotocol or a bogus one, and then behaves as if all were well", async () => {
  await using test = await testCsms();
  for (const [subprotocol, seen] of [["none", ""], [{ bogus: "ocpp9" }, "ocpp9"]] as const) {
    test.csms.behave({ subprotocol });
    const station = new TestStation(`${test.csms.url}/CP1`);
    assert.equal(await station.opened, seen);
    const [type] = await station.ask(2, "1", "Heartbeat", {}) as unknown[];
    assert.equal(type, 3);
    await station.close();
  }
});

Deno.test("a CSMS can close every connection as soon as it is open", async () => {
  await using test = await testCsms({ behaviour: { closeAtOnce: { code: 1008, reason: "no" } } });
  const station = new TestStation(`${test.csms.url}/CP1`);
  assert.equal(await station.opened, "ocpp1.6");
  const { code, reason } = await station.closed;
  assert.deepEqual([code, reason], [1008, "no"]);
});

Deno.test("a CSMS can answer with errors, garbage, nothing, and Pending to a boot", async () => {
  await using test = await testCsms();
  const { csms } = test;
  const station = new TestStation(`${csms.url}/CP1`);
  await station.opened;

  csms.behave({ boot: "Pending" });
  const [, , { status }] = await station.ask(2, "1", "BootNotification", BOOT) as [
    3,
    string,
    { status: string },
  ];
  assert.equal(status, "Pending");

  csms.behave({ answers: "error" });
  assert.deepEqual(await station.ask(2, "2", "Heartbeat", {}), [
    4,
    "2",
    "InternalError",
    "The CSMS was told to fail",
    {},
  ]);

  csms.behave({ answers: "garbage" });
  station.say(2, "3", "Heartbeat", {});
  const garbage = await station.next();
  assert.throws(() => JSON.parse(garbage), SyntaxError);

  csms.behave({ answers: "nothing" });
  station.say(2, "4", "Heartbeat", {});
  await csms.until((now) => now.census().heartbeats === 3);
  csms.behave({ answers: "normal" });
  const [, id] = await station.ask(2, "5", "Heartbeat", {}) as unknown[];
  assert.equal(id, "5");
  await station.close();
});

Deno.test("a CSMS can answer slowly, and what it still owed at its stop stays unsaid", async () => {
  const { csms, clock } = await testCsms({ behaviour: { answerDelayMs: 5000 } });
  const station = new TestStation(`${csms.url}/CP1`);
  await station.opened;
  const answer = station.ask(2, "1", "Heartbeat", {});
  await csms.until((now) => now.census().heartbeats === 1);
  assert.equal(clock.untilNext, 5000);
  await clock.advance(5000);
  assert.equal((await answer as unknown[])[1], "1");
  station.say(2, "2", "Heartbeat", {});
  await csms.until((now) => now.census().heartbeats === 2);
  await csms.stop();
  await station.closed;
  assert.equal(clock.pending, 0);
});

// These two fail when a new runtime hides what runtime_socket.ts needs.
for (const connected of ["before", "after"] as const) {
  Deno.test(`a CSMS that never pongs is noticed by a station that connected ${connected}`, async () => {
    const sink = memorySink();
    const log = createLog({ level: "error", format: "text", sink, clock: new VirtualClock() });
    await using test = await testCsms({ log });
    const { csms } = test;
    if (connected === "after") csms.behave({ neverPong: true });
    const station = new TestStation(`${csms.url}/CP1`);
    assert.equal(await station.opened, "ocpp1.6");
    await csms.until(({ stations }) => stations.has("CP1"));
    csms.behave({ neverPong: true });
    assert.deepEqual(sink.lines, [], "this runtime does not let a server stop reading");
    pingEvery(station.socket, 50);
    const { code } = await station.closed;
    assert.equal(station.error, "No response from ping frame.");
    assert.equal(code, 1001);
  });
}

Deno.test("a frozen CSMS answers neither stations nor handshakes, and thawed it answers all", async () => {
  await using test = await testCsms();
  const { csms } = test;
  const station = new TestStation(`${csms.url}/CP1`);
  await station.opened;
  await csms.until(({ stations }) => stations.has("CP1"));

  csms.behave({ frozen: true });
  for (let id = 0; id < 5; id++) station.say(2, `${id}`, "Heartbeat", {});
  const late = new TestStation(`${csms.url}/CP2`);
  assert.equal(csms.send("CP1", "anything"), false);
  // An answer would be here before that of a server that is asked later.
  await using other = await testCsms();
  const probe = new TestStation(`${other.csms.url}/CP1`);
  await probe.opened;
  for (let id = 0; id < 20; id++) await probe.ask(2, `${id}`, "Heartbeat", {});
  assert.equal(csms.census().heartbeats, 0);
  assert.equal(late.socket.readyState, WebSocket.CONNECTING);

  csms.behave({ frozen: false });
  for (let id = 0; id < 5; id++) {
    assert.equal((JSON.parse(await station.next()) as unknown[])[1], `${id}`);
  }
  assert.equal(await late.opened, "ocpp1.6");
  await Promise.all([station.close(), late.close(), probe.close()]);
});

Deno.test("a frozen CSMS can be dropped, and stopped", async () => {
  for (const end of ["drop", "stop"] as const) {
    const { csms } = await testCsms();
    const station = new TestStation(`${csms.url}/CP1`);
    await station.opened;
    await csms.until(({ stations }) => stations.has("CP1"));
    csms.behave({ frozen: true });
    await csms[end]();
    await station.closed;
  }
});

/** The runtime's own keepalive on a client socket, as the emulator uses it. */
function pingEvery(socket: WebSocket, intervalMs: number): void {
  const named = (on: object, name: string) =>
    Object.getOwnPropertySymbols(on).find((symbol) => symbol.description === name)!;
  const inside = socket as unknown as Record<symbol, unknown>;
  inside[named(socket, "[[idleTimeout]]")] = 2 * intervalMs / 1000;
  (inside[named(WebSocket.prototype, "[[serverHandleIdleTimeout]]")] as () => void).call(socket);
}
