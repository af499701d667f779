import assert from "node:assert/strict";
import type { Cause } from "../../src/connection/mod.ts";
import { Secret } from "../../src/log/mod.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { FakeTransport, lost, refused } from "../support/fake_transport.ts";
import { NEW, over, proven, retarget, state, tokens, UNAUTHORIZED } from "./retargeting.ts";

for (const command of ["disconnect", "remove"] as const) {
  Deno.test(`${command} before the new target has connected calls the change off`, async () => {
    for (const when of ["closing", "dialling"]) {
      const station = await proven();
      station.transport.answersClose = when === "dialling";
      const change = retarget(station);
      await station.clock.settle();
      const leaving = station.manager[command]("CP1");
      await station.clock.advance(3_000);
      assert.equal(await leaving, true);
      assert.equal((change.outcome as Cause).kind, "asked");
      assert.equal(station.clock.pending, 0);
      station.manager.connect("CP1");
      await station.clock.settle();
      if (command === "disconnect") assert.equal(tokens(station).at(-1), "old-secret");
      await over(station);
    }
  });

  Deno.test(`${command} once the new target has connected keeps it`, async () => {
    const station = await proven();
    const change = retarget(station);
    await station.clock.settle();
    station.network.last.accept();
    await station.clock.settle();
    await station.manager[command]("CP1");
    assert.equal(change.outcome, null);
    assert.equal(station.clock.pending, 0);
    station.manager.connect("CP1");
    await station.clock.settle();
    assert.equal(tokens(station).at(-1), "new-secret");
    await over(station);
  });
}

Deno.test("a shutdown decides every change, and after it there is nothing to change", async () => {
  const station = await proven();
  const change = retarget(station);
  await station.manager.shutdown();
  assert.equal((change.outcome as Cause).kind, "asked");
  assert.equal((await station.connection.retarget(NEW))?.kind, "asked");
  await over(station);
});

Deno.test("a second change undoes a first that has not connected, and falls back to what works", async () => {
  const station = await proven();
  const first = retarget(station, { ...NEW, url: "ws://wrong" });
  await station.clock.settle();
  const second = retarget(station, { url: "ws://right" });
  await station.clock.settle();
  assert.equal((first.outcome as Cause).kind, "asked");
  assert.equal(station.network.last.target.url, "ws://right/CP1");
  assert.equal(tokens(station).at(-1), "old-secret");
  station.network.last.fail(refused());
  await station.clock.settle();
  assert.deepEqual(second.outcome, refused());
  assert.equal(station.network.last.target.url, "ws://csms/ocpp/CP1");
  await over(station);
});

Deno.test("a second change builds on a first that has connected", async () => {
  const station = await proven();
  station.network.willAnswer(() => new FakeTransport());
  const first = retarget(station);
  await station.clock.settle();
  station.network.willAnswer(() => undefined);
  const second = retarget(station, { url: "ws://right" });
  await station.clock.settle();
  assert.equal(first.outcome, null);
  assert.equal(tokens(station).at(-1), "new-secret");
  station.network.last.fail(refused());
  await station.clock.settle();
  assert.deepEqual(second.outcome, refused());
  assert.equal(station.network.last.target.url, "ws://csms/ocpp/CP1");
  assert.equal(tokens(station).at(-1), "new-secret");
  await over(station);
});

Deno.test("a reconnect by hand during a trial goes on with it", async () => {
  const station = await proven();
  const change = retarget(station);
  await station.clock.settle();
  station.network.last.accept();
  await station.clock.settle();
  station.manager.reconnect("CP1");
  await station.clock.advance(5_000);
  assert.equal(change.outcome, "undecided");
  assert.equal(tokens(station).at(-1), "new-secret");
  station.network.last.fail(UNAUTHORIZED);
  await station.clock.settle();
  assert.deepEqual(change.outcome, UNAUTHORIZED);
  await over(station);
});

Deno.test("what cannot be used throws before anything has changed", async () => {
  const station = await proven();
  const refusals = [
    [{ url: "http://csms" }, /must start ws:\/\/ or wss:\/\//],
    [{ url: "ws://me:secret@csms" }, /a URL with user info/],
    [{ subprotocols: [] }, /Cannot dial for "CP1": it offers no subprotocol/],
    [{ credentials: { type: "bearer", token: new Secret("a b") } }, /Cannot use the bearer token/],
  ] as const;
  for (const [change, message] of refusals) {
    assert.throws(() => station.connection.retarget(change), { name: "TypeError", message });
  }
  await station.clock.settle();
  assert.deepEqual([state(station), station.transport.closes], ["connected", []]);
  await over(station);
});

Deno.test("the log says what changed or why it did not, and never a secret", async () => {
  const station = await proven();
  retarget(station);
  await station.clock.settle();
  station.network.last.fail(UNAUTHORIZED);
  await station.clock.settle();
  station.network.last.accept();
  await station.clock.settle();
  retarget(station, { ...NEW, url: "ws://moved" });
  await station.clock.settle();
  station.network.last.accept();
  await station.clock.advance(5_000);
  retarget(station, { tls: null });
  await station.clock.settle();
  await station.manager.disconnect("CP1");
  const lines = station.logLines.filter((line) => /chang/i.test(line));
  const expected = [
    /WARN {2}Cannot change the credentials: HTTP 401; the connection goes back to what worked before station=CP1 cause=http$/,
    /INFO {2}Changed the URL and credentials: the CSMS took the connection station=CP1 url=ws:\/\/moved\/CP1$/,
    /WARN {2}Cannot change the TLS settings: a disconnect by hand came before the new target had connected station=CP1 cause=asked$/,
  ];
  assert.equal(lines.length, expected.length, lines.join("\n"));
  for (const [at, pattern] of expected.entries()) assert.match(lines[at]!, pattern);
  assert(!station.logLines.join("\n").includes("secret"));
});

Deno.test("census, changes and statistics agree at every moment of a change", async () => {
  const station = await proven();
  const { manager } = station;
  manager.changes.subscribe(({ to }) => {
    assert.equal(state(station), to.name);
    const { connected, connecting, reconnecting } = manager.census();
    assert.equal(manager.census()[to.name], 1);
    assert.equal(connected + connecting + reconnecting, 1);
  });
  const heard: string[] = [];
  manager.facts.subscribe((fact) => heard.push(fact.type));
  retarget(station);
  await station.clock.settle();
  station.network.last.fail(UNAUTHORIZED);
  await station.clock.settle();
  station.network.last.accept();
  await station.clock.settle();
  assert.deepEqual(heard, ["disconnected", "error", "connected"]);
  assert(!station.logLines.some((line) => line.includes("ERROR")), station.logLines.join("\n"));
});

Deno.test("a change that a listener makes when it hears of the failure of another is its own", async () => {
  const station = await proven();
  const first = retarget(station);
  await station.clock.settle();
  let second: ReturnType<typeof retarget> | null = null;
  station.manager.changes.subscribe(({ to }) => {
    if (to.name === "reconnecting") second ??= retarget(station, { url: "ws://second" });
  });
  station.network.last.fail(UNAUTHORIZED);
  await station.clock.settle();
  assert.equal((first.outcome as Cause).kind, "asked");
  assert.equal(station.network.last.target.url, "ws://second/CP1");
  assert.equal(tokens(station).at(-1), "old-secret");
  station.network.last.accept();
  await station.clock.advance(5_000);
  assert.equal(second!.outcome, null);
  await over(station);
});

Deno.test("an owner that changes the target from within closed is heard", async () => {
  const fake = fakeHarness();
  let outcome: Promise<Cause | null> | null = null;
  const connection = fake.manager.add({
    stationId: "CP1",
    url: "ws://csms",
    subprotocols: ["ocpp1.6"],
    owner: { received: () => true, closed: () => outcome ??= connection.retarget(NEW) },
  });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept().end(lost());
  fake.network.willAnswer(() => new FakeTransport());
  await fake.clock.advance(10_000);
  assert.equal(await outcome, null);
  assert.deepEqual(tokens(fake), [undefined, "new-secret"]);
  await fake.manager.shutdown();
});
