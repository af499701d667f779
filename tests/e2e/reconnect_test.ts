import assert from "node:assert/strict";
import { EventReader, ready, realCsms, serve, until } from "./support.ts";

Deno.test("a killed CSMS shows in the API no later than in the log, and all stations come back", async () => {
  const csms = await realCsms();
  await using program = await serve(csms.url, { csms: { ping_interval: "5s" } });
  await ready(program);
  await using events = await EventReader.open(program);
  await csms.drop();

  const first = await program.logged(/^Connection lost/);
  const { body } = await program.get(`/api/connections/${first.station}`);
  assert.notEqual(body.state, "connected");
  assert.match(String(body.disconnectedAt), /^\d{4}-/);

  for (const id of ["CP16", "CP201", "CP21"]) {
    const lost = await events.to("reconnecting", id);
    assert.equal(lost.from, "connected");
    assert.match(lost.cause!.kind, /^(lost|peer-closed)$/);
    assert(lost.cause!.message.length > 10);
    assert(Date.parse(lost.retryAt!) - Date.parse(lost.at) === 200, "the first wait");
    const again = await events.to("reconnecting", id);
    assert.deepEqual([again.from, again.cause!.kind], ["connecting", "refused"]);
    assert(Date.parse(again.retryAt!) - Date.parse(again.at) === 400, "and the second");
  }
  const waiting = await program.get("/ready");
  assert.equal(waiting.body.missingCount, 3);

  await using reborn = await realCsms({ port: csms.port });
  assert.equal((await ready(program)).status, 200);
  await until(reborn, "three stations", ({ stations }) => stations.size === 3);
  assert.deepEqual(
    [reborn.census().duplicates, reborn.census().boots, reborn.violations],
    [0, 0, []],
  );
  const { body: health } = await program.get("/health");
  assert.deepEqual(health.stations, { connected: 3, total: 3 });
  assert.equal(await program.stop(), 0);
});

Deno.test("a station that waits is `reconnecting` in API and log, and /connect redials at once", async () => {
  const csms = await realCsms();
  await using program = await serve(csms.url, {
    csms: { reconnect_backoff: "10m", reconnect_max_backoff: "10m" },
    stations: [{ id: "CP1" }],
  });
  await ready(program);
  // What nobody has read when a socket closes makes it a reset.
  await until(csms, "the boot and both statuses", (csms) => csms.census().messages === 3);
  await csms.drop();
  await program.logged(/^Connection lost/, { station: "CP1" });
  const { body } = await program.get("/api/connections/CP1");
  assert.deepEqual([body.state, body.subprotocol], ["reconnecting", null]);
  assert.equal(body.lastError, "the connection ended without a close frame");
  const { body: list } = await program.get("/api/connections?state=reconnecting");
  assert.deepEqual([list.total, list.connected, list.next], [1, 0, null]);
  assert.deepEqual(Object.keys(list.stations), ["CP1"]);

  await using reborn = await realCsms({ port: csms.port });
  assert.equal((await program.post("/api/connections/CP1/connect")).status, 202);
  await until(reborn, "the station", ({ stations }) => stations.has("CP1"));
  assert.equal((await ready(program)).status, 200);
});

Deno.test("a CSMS that closes well is reconnected to just the same", async () => {
  await using csms = await realCsms();
  await using program = await serve(csms.url);
  await ready(program);
  csms.disconnectAll(1000, "done for today");
  await until(csms, "six connects", (csms) => csms.census().connects === 6);
  assert.equal((await ready(program)).status, 200);
  const { body } = await program.get("/api/connections/CP16");
  assert.equal(body.state, "connected");
  assert.equal(await program.stop(), 0);
});

Deno.test("a station that gives up says how to go on, and goes on", async () => {
  const csms = await realCsms({ behaviour: { refuse: { status: 404 } } });
  await using _ = csms;
  await using program = await serve(csms.url, {
    csms: { max_reconnect_attempts: 2 },
    stations: [{ id: "CP1" }],
  });
  const line = await program.logged(/^Gave up after 2 failed dials in a row/);
  assert.match(line.message, /does not know this station or path \(HTTP 404\)/);
  assert.match(line.message, /POST \/api\/connections\/:id\/connect/);
  const { body } = await program.get("/api/connections/CP1");
  assert.deepEqual([body.state, body.reconnectAttempts], ["error", 2]);
  const { body: problem } = await program.get("/ready");
  assert.match(problem.detail, /"CP1" \(error: .*HTTP 404\)/);
  csms.behave({ refuse: null });
  assert.equal((await program.post("/api/connections/CP1/connect")).status, 202);
  assert.equal((await ready(program)).status, 200);
});
