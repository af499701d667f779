import assert from "node:assert/strict";
import { testCsms, TestStation } from "./support.ts";

const BOOT = {
  "ocpp1.6": { chargePointVendor: "V", chargePointModel: "M" },
  "ocpp2.0.1": { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } },
  "ocpp2.1": { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } },
};

Deno.test("stations of all three versions boot and heartbeat, and the time is the clock's", async () => {
  await using test = await testCsms({ bootIntervalMs: 60_000 });
  const { csms } = test;
  for (const [subprotocol, boot] of Object.entries(BOOT)) {
    const station = new TestStation(`${csms.url}/ocpp/${subprotocol}`, {
      protocols: ["ocpp3.0", subprotocol],
    });
    assert.equal(await station.opened, subprotocol);
    const currentTime = "2026-01-01T00:00:00.000Z";
    assert.deepEqual(await station.ask(2, "1", "BootNotification", boot), [3, "1", {
      status: "Accepted",
      currentTime,
      interval: 60,
    }]);
    assert.deepEqual(await station.ask(2, "2", "Heartbeat", {}), [3, "2", { currentTime }]);
    const seen = csms.stations.get(subprotocol);
    assert.deepEqual([seen?.version.subprotocol, seen?.boots, seen?.heartbeats], [
      subprotocol,
      1,
      1,
    ]);
    await station.close();
  }
  await csms.until(({ stations }) => stations.size === 0);
  assert.deepEqual(csms.census(), {
    connected: 0,
    connects: 3,
    duplicates: 0,
    refused: 0,
    messages: 6,
    boots: 3,
    heartbeats: 3,
    violations: 0,
  });
});

Deno.test("a percent-encoded id is known by its own name", async () => {
  await using test = await testCsms();
  const station = new TestStation(`${test.csms.url}/ocpp/RDAM%20123%7C%C3%9F`);
  await station.opened;
  assert.deepEqual([...test.csms.stations.keys()], ["RDAM 123|\u00df"]);
  await station.close();
});

Deno.test("a station that offers nothing known is let in without subprotocol and closed", async () => {
  await using test = await testCsms();
  const station = new TestStation(`${test.csms.url}/CP1`, { protocols: ["ocpp3.0"] });
  assert.equal(await station.opened, "");
  const { code, reason } = await station.closed;
  assert.deepEqual([code, reason], [1002, "None of the offered subprotocols is known here"]);
  assert.equal(test.csms.census().connected, 0);
});

Deno.test("what breaks the rules is answered by the rules, counted and remembered", async () => {
  await using test = await testCsms();
  const { csms } = test;
  const station = new TestStation(`${csms.url}/CP1`, { protocols: ["ocpp2.0.1"] });
  await station.opened;
  const codeOf = async (...frame: unknown[]) => (await station.ask(...frame) as unknown[])[2];
  assert.equal(await codeOf(2, "1", "Fly", {}), "NotImplemented");
  assert.equal(await codeOf(2, "2", "Reset", { type: "Immediate" }), "NotSupported");
  const untyped = { reason: 1, chargingStation: { vendorName: "V", model: "M" } };
  assert.equal(await codeOf(2, "3", "BootNotification", untyped), "TypeConstraintViolation");
  assert.equal(await codeOf(9, "4"), "MessageTypeNotSupported");
  station.say(3, "nobody asked", {});
  await csms.until((now) => now.census().violations === 5);
  assert.match(csms.violations[0]!, /^CP1: Cannot accept CALL "1": OCPP 2.0.1 has no action "Fly"/);
  assert.match(csms.violations[4]!, /^CP1: Answer "nobody asked" belongs to no CALL/);
  for (let times = 0; times < 30; times++) station.socket.send("?");
  await csms.until((now) => now.census().violations === 35);
  assert.equal(csms.violations.length, 20);
  await station.close();
});

Deno.test("without validation broken payloads pass, and one that cannot be answered is refused", async () => {
  await using test = await testCsms({ validate: false });
  const station = new TestStation(`${test.csms.url}/CP1`, { protocols: ["ocpp2.1"] });
  await station.opened;
  const [type] = await station.ask(2, "1", "Heartbeat", { a: 1 }) as unknown[];
  assert.equal(type, 3);
  const [, , code] = await station.ask(2, "2", "GetCertificateChainStatus", {}) as unknown[];
  assert.equal(code, "FormatViolation");
  const [, , unknown] = await station.ask(2, "3", "toString", {}) as unknown[];
  assert.equal(unknown, "NotImplemented");
  assert.equal(test.csms.census().violations, 0);
  await station.close();
});

Deno.test("a SEND of 2.1 is taken and never answered", async () => {
  await using test = await testCsms();
  const station = new TestStation(`${test.csms.url}/CP1`, { protocols: ["ocpp2.1"] });
  await station.opened;
  const data = [{ v: "1", t: 0 }];
  station.say(6, "1", "NotifyPeriodicEventStream", {
    id: 1,
    pending: 0,
    basetime: "2026-01-01T00:00:00Z",
    data,
  });
  const [, id] = await station.ask(2, "2", "Heartbeat", {}) as unknown[];
  assert.equal(id, "2");
  assert.deepEqual(test.csms.violations, []);
  await station.close();
});

Deno.test("transaction ids grow, over all stations", async () => {
  await using test = await testCsms();
  const ids: unknown[] = [];
  for (const name of ["CP1", "CP2"]) {
    const station = new TestStation(`${test.csms.url}/${name}`);
    await station.opened;
    const [, , payload] = await station.ask(2, "1", "StartTransaction", {
      connectorId: 1,
      idTag: "A",
      meterStart: 0,
      timestamp: "2026-01-01T00:00:00Z",
    }) as [number, string, { transactionId: number }];
    ids.push(payload.transactionId);
    await station.close();
  }
  assert.deepEqual(ids, [1, 2]);
});

Deno.test("a call to a station gets its answer, its refusal, or the reason why there is none", async () => {
  await using test = await testCsms({ callTimeoutMs: 10_000 });
  const { csms, clock } = test;
  assert.deepEqual(await csms.call("CP1", "Reset", { type: "Soft" }), {
    kind: "refused",
    reason: "offline",
    message: 'Cannot send Reset: station "CP1" is not connected',
  });
  const station = new TestStation(`${csms.url}/CP1`);
  await station.opened;
  const heard = async () => JSON.parse(await station.next()) as [2, string, string, unknown];

  const accepted = csms.call("CP1", "Reset", { type: "Soft" });
  const [, first, action, payload] = await heard();
  assert.deepEqual([action, payload], ["Reset", { type: "Soft" }]);
  station.say(3, first, { status: "Accepted" });
  const result = await accepted;
  assert(result.kind === "result" && result.payload.status === "Accepted");

  const broken = csms.call("CP1", "Reset", { type: "Soft" });
  station.say(3, (await heard())[1], { status: "Perhaps" });
  assert.equal((await broken).kind, "result");
  assert.match(csms.violations[0]!, /^CP1: Cannot accept CALLRESULT .*Reset.status/);

  const refused = csms.call("CP1", "Reset", { type: "Soft" });
  station.say(4, (await heard())[1], "NotSupported", "", {});
  const error = await refused;
  assert(error.kind === "error" && error.code === "NotSupported");

  const ignored = csms.call("CP1", "Reset", { type: "Soft" });
  await heard();
  await clock.advance(10_000);
  assert.equal((await ignored).kind, "timeout");

  const lost = csms.call("CP1", "Reset", { type: "Soft" });
  await heard();
  await station.close();
  assert.equal((await lost).kind, "lost");
  assert.equal(clock.pending, 0);
});

Deno.test("any text can be sent to a station, valid or not", async () => {
  await using test = await testCsms();
  const station = new TestStation(`${test.csms.url}/CP1`);
  await station.opened;
  assert.equal(test.csms.send("CP1", "]["), true);
  assert.equal(await station.next(), "][");
  assert.equal(test.csms.send("CP2", "]["), false);
  await station.close();
});

Deno.test("a listener that throws harms neither the CSMS nor the station", async () => {
  const thrower = () => {
    throw new Error("boom");
  };
  await using test = await testCsms({
    onConnect: thrower,
    onText: thrower,
    onDisconnect: thrower,
  });
  const station = new TestStation(`${test.csms.url}/CP1`);
  await station.opened;
  const [type] = await station.ask(2, "1", "Heartbeat", {}) as unknown[];
  assert.equal(type, 3);
  await station.close();
  await test.csms.until(({ stations }) => stations.size === 0);
});
