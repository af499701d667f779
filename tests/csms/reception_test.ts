import assert from "node:assert/strict";
import { seededRandom, SystemClock, VirtualClock } from "../../src/clock/mod.ts";
import { startCsms } from "../../src/csms/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import { makeCa } from "../support/certs.ts";
import { deafStation, testCsms, TestStation } from "./support.ts";

Deno.test("a station that comes twice is counted, and its older connection closed", async () => {
  await using test = await testCsms();
  const { csms } = test;
  const older = new TestStation(`${csms.url}/CP1`);
  await older.opened;
  const newer = new TestStation(`${csms.url}/CP1`);
  await newer.opened;
  assert.equal((await older.closed).code, 4000);
  await newer.ask(2, "1", "Heartbeat", {});
  assert.equal(csms.stations.get("CP1")?.heartbeats, 1);
  assert.deepEqual([csms.census().duplicates, csms.census().connected], [1, 1]);
  await newer.close();
});

Deno.test("one station or all are disconnected with the code that was asked for", async () => {
  await using test = await testCsms();
  const { csms } = test;
  const stations = ["CP1", "CP2", "CP3"].map((id) => new TestStation(`${csms.url}/${id}`));
  for (const station of stations) await station.opened;
  assert.equal(csms.disconnect("CP1", 1012, "Service restart"), true);
  assert.equal(csms.disconnect("CP9", 1012), false);
  const { code, reason } = await stations[0]!.closed;
  assert.deepEqual([code, reason], [1012, "Service restart"]);
  csms.disconnectAll(1000);
  for (const station of stations.slice(1)) assert.equal((await station.closed).code, 1000);
  await csms.until((now) => now.census().connected === 0);
});

Deno.test("a stop says goodbye, a drop does not, and either leaves the port to the next", async () => {
  const clock = new VirtualClock();
  const common = { clock, random: seededRandom(1), log: silentLog };
  const csms = await startCsms(common);
  const polite = new TestStation(`${csms.url}/CP1`);
  await polite.opened;
  const waiting = assert.rejects(csms.until(() => false), /The CSMS stopped first/);
  await Promise.all([csms.stop(), csms.stop()]);
  await waiting;
  const { code, reason } = await polite.closed;
  assert.deepEqual([code, reason], [1001, "The CSMS is shutting down"]);

  const again = await startCsms({ ...common, port: csms.port });
  const crashed = new TestStation(`${again.url}/CP1`);
  await crashed.opened;
  await again.drop();
  assert.equal((await crashed.closed).wasClean, false);
  assert.equal(crashed.error, "Unexpected EOF");
  assert.equal(again.census().connected, 0);

  const third = await startCsms({ ...common, port: csms.port });
  const last = new TestStation(`${third.url}/CP1`);
  assert.equal(await last.opened, "ocpp1.6");
  await third.stop();
  await last.closed;
  assert.equal(clock.pending, 0);
});

Deno.test("a station that never answers the close does not keep the CSMS from stopping", async () => {
  const { csms, clock } = await testCsms();
  using _station = await deafStation(csms, "/CP1");
  await csms.until(({ stations }) => stations.has("CP1"));
  let stopped = false;
  const stop = csms.stop().then(() => stopped = true);
  await clock.advance(2999);
  assert.equal(stopped, false);
  await clock.advance(1);
  await stop;
});

Deno.test("a station that answers no ping is dropped", async () => {
  const { promise: left, resolve } = Promise.withResolvers<number>();
  await using test = await testCsms({
    idleTimeoutMs: 20,
    onDisconnect: (_id, code) => resolve(code),
  });
  using _station = await deafStation(test.csms, "/CP1");
  assert.equal(await left, 1006);
  assert.equal(test.csms.stations.size, 0);
});

Deno.test("a station that vanishes without a word is gone", async () => {
  await using test = await testCsms();
  const station = await deafStation(test.csms, "/CP1");
  await test.csms.until(({ stations }) => stations.has("CP1"));
  station.close();
  await test.csms.until(({ stations }) => !stations.has("CP1"));
});

Deno.test("over TLS only the right password lets a station in", async () => {
  const ca = await makeCa();
  const { certPem: cert, keyPem: key } = await ca.issue();
  await using test = await testCsms({ tls: { cert, key }, users: new Map([["CP1", "secret"]]) });
  assert.match(test.csms.url, /^wss:/);
  using client = Deno.createHttpClient({ caCerts: [ca.certPem], http2: false });
  const dial = (password: string) => {
    const headers = { "Authorization": `Basic ${btoa(`CP1:${password}`)}` };
    return new TestStation(`${test.csms.url}/CP1`, { protocols: ["ocpp1.6"], headers, client });
  };
  const station = dial("secret");
  assert.equal(await station.opened, "ocpp1.6");
  await station.close();
  const stranger = dial("guess");
  assert.equal(await stranger.opened, undefined);
  await stranger.closed;
  assert.equal(test.csms.census().refused, 1);
});

Deno.test("a CSMS that cannot listen says where and why", async () => {
  await using test = await testCsms();
  const start = startCsms({
    port: test.csms.port,
    clock: new SystemClock(),
    random: seededRandom(1),
    log: silentLog,
  });
  await assert.rejects(
    start,
    /^Error: Cannot start the CSMS on 127.0.0.1:\d+: Address already in use/,
  );
});
