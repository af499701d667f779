import assert from "node:assert/strict";
import { createApp, type World } from "../src/app.ts";
import { VirtualClock } from "../src/clock/mod.ts";
import { loadConfig } from "../src/config/mod.ts";
import { type LineSink, memorySink } from "../src/log/mod.ts";
import { openStore, StoreError } from "../src/store/mod.ts";
import { FakeDial, FakeTransport, refused } from "./support/fake_transport.ts";

/** The whole program on a virtual clock and a fake network. */
async function build(
  stations: string,
  environment: Record<string, string> = {},
  parts: Partial<World> = {},
) {
  const clock = new VirtualClock();
  const network = new FakeDial();
  const sink = memorySink();
  const opened: string[] = [];
  const world: World = {
    version: "1.2.3",
    clock,
    random: () => 0,
    openSink: (output): Promise<LineSink> => {
      opened.push(output);
      return Promise.resolve(sink);
    },
    openDial: () => ({ dial: network.dial, makeRoom() {}, [Symbol.dispose]() {} }),
    openStore: (options) => openStore({ ...options, path: ":memory:" }),
    memory: () => ({ rss: 1, heapUsed: 1, external: 1 }),
    listen: () => Promise.resolve({ port: 8080, stop: () => Promise.resolve() }),
    ...parts,
  };
  const config = loadConfig({
    file: { path: "/etc/config.yaml", text: `stations:\n${stations}` },
    environment,
    flags: {},
    readFile: () => assert.fail("no file to read"),
    workingFolder: "/",
  });
  const app = await createApp(config, world);
  return { app, clock, network, lines: sink.lines, opened };
}

const TWO = `
  - { id: CP1, protocol_version: "1.6" }
  - { id: CP2, protocol_version: ["2.0.1", "1.6"], auto_start: false }
`;

/** The BootNotification that a station sent, answered. */
function accept(transport: FakeTransport, say: (text: string) => void): void {
  const [, id, action] = JSON.parse(transport.sent[0]!);
  assert.equal(action, "BootNotification");
  say(`[3,"${id}",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":60}]`);
}

Deno.test("nothing runs until it is asked to", async () => {
  const { app, clock, network } = await build(TWO);
  assert.equal(network.attempts.length, 0);
  assert.equal(clock.pending, 1, "the store looks after its log");
  assert.deepEqual(app.manager.census().disconnected, 2);
  await app.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("a start dials the stations that start by themselves, with their versions", async () => {
  const { app, clock, network } = await build(TWO);
  await app.start();
  await clock.settle();
  assert.deepEqual(network.attempts.map(({ target }) => target.url), ["ws://localhost:9000/CP1"]);
  app.http.request("/api/connections/CP2/connect", { method: "POST" });
  await clock.settle();
  assert.deepEqual(network.last.target.subprotocols, ["ocpp2.0.1", "ocpp1.6"]);
  network.last.fail();
  await clock.settle();
  await app.stop();
  assert.equal(clock.pending, 0, "no timer is left");
});

Deno.test("ready asks for connected and accepted, of those that nobody stopped", async () => {
  const { app, clock, network } = await build(TWO);
  const ready = async () => (await app.http.request("/ready")).status;
  await app.start();
  await clock.settle();
  assert.equal(await ready(), 503);
  const transport = network.last.accept();
  await clock.settle();
  assert.equal(await ready(), 503, "connected, but not accepted");
  accept(transport, network.last.say);
  await clock.settle();
  assert.equal(await ready(), 200);
  transport.end();
  await clock.settle();
  assert.equal(await ready(), 503, "lost");
  await app.http.request("/api/connections/CP1/disconnect", { method: "POST" });
  assert.equal(await ready(), 200, "stopped by hand: nobody waits for it");
  await app.http.request("/api/connections/CP1/connect", { method: "POST" });
  assert.equal(await ready(), 503, "wanted again");
  await app.stop();
});

Deno.test("the API tells a change at the same moment as the log", async () => {
  const { app, clock, network, lines } = await build(TWO);
  await app.start();
  await clock.settle();
  const said = () => lines.filter((line) => line.includes("Connected")).length;
  const seen: [number, string][] = [];
  app.manager.changes.subscribe(({ stationId, to }) => {
    seen.push([said(), app.manager.statistics(stationId)!.state]);
    assert.equal(to.name, app.manager.state(stationId)!.name);
  });
  network.last.accept();
  await clock.settle();
  assert.deepEqual(seen, [[1, "connected"]]);
  await app.stop();
});

Deno.test("the ladder of the config is the ladder of the stations, up to its limit", async () => {
  const { app, clock, network } = await build(`\n  - { id: CP1 }`, {
    OCPP_EMU_CSMS__RECONNECT_BACKOFF: "5s",
    OCPP_EMU_CSMS__RECONNECT_JITTER: "0",
    OCPP_EMU_CSMS__MAX_RECONNECT_ATTEMPTS: "6",
  });
  network.willAnswer(() => refused());
  const waits: number[] = [];
  app.manager.changes.subscribe(({ to, at }) => {
    if (to.name === "reconnecting") waits.push((to.retryAt - at) / 1000);
  });
  await app.start();
  await clock.advance(10 * 60_000);
  assert.deepEqual(waits, [5, 10, 20, 40, 60]);
  assert.equal(app.manager.state("CP1")?.name, "error");
  assert.equal(network.attempts.length, 6);
  await app.stop();
});

Deno.test("the ocpp policy never gives up", async () => {
  const { app, clock, network } = await build(`\n  - { id: CP1 }`, {
    OCPP_EMU_CSMS__RECONNECT_POLICY: "ocpp",
  });
  network.willAnswer(() => refused());
  await app.start();
  await clock.advance(3_600_000);
  assert(network.attempts.length > 30, `${network.attempts.length}`);
  assert.equal(app.manager.state("CP1")?.name, "reconnecting");
  await app.stop();
});

Deno.test("a stop ends within its time although no peer answers the close", async () => {
  const { app, clock, network, lines } = await build(`\n  - { id: CP1 }`, {
    OCPP_EMU_CSMS__CLOSE_TIMEOUT: "60s",
  });
  await app.start();
  await clock.settle();
  const transport = network.last.accept();
  transport.answersClose = false;
  await clock.settle();
  const stopped = app.stop();
  await clock.advance(5_000);
  await stopped;
  assert.deepEqual(transport.closes.map(({ code }) => code), [1000]);
  assert(lines.at(-1)!.includes("Stopped"));
  transport.end();
  await clock.settle();
});

Deno.test("the log goes where the config says", async () => {
  const { app, opened } = await build(TWO, { OCPP_EMU_LOGGING__OUTPUT: "stderr" });
  assert.deepEqual(opened, ["stderr"]);
  await app.stop();
});

Deno.test("every frame is in the log, answers with the latency of their calls, and is counted", async () => {
  const { app, clock, network } = await build(TWO);
  await app.start();
  await clock.settle();
  const transport = network.last.accept();
  await clock.advance(40);
  accept(transport, network.last.say);
  await clock.settle();
  const answer = app.http.request("/api/messages?stationId=CP1&action=BootNotification");
  await clock.settle();
  const { messages } = await (await answer).json();
  assert.deepEqual(
    messages.map((
      { direction, type, latencyMs }: Record<string, unknown>,
    ) => [direction, type, latencyMs]),
    [["in", "result", 40], ["out", "call", null]],
  );
  assert.equal(messages[1].text, transport.sent[0]);
  const metrics = await (await app.http.request("/metrics")).text();
  for (
    const line of [
      'ocpp_emu_build_info{version="1.2.3"} 1',
      'ocpp_emu_connections{state="connected"} 1',
      "ocpp_emu_dials_total 1",
      'ocpp_emu_calls_total{action="BootNotification",direction="out",result="result"} 1',
      "ocpp_emu_store_healthy 1",
      "ocpp_emu_uptime_seconds 0.04",
    ]
  ) assert(metrics.includes(`\n${line}\n`), line);
  assert.doesNotMatch(metrics, /CP1/);
  await app.stop();
});

Deno.test("health tells that the store works", async () => {
  const { app } = await build(TWO);
  assert.equal((await (await app.http.request("/health")).json()).database, "connected");
  await app.stop();
});

Deno.test("a store that cannot be opened is an error, after the log was closed", async () => {
  let closed = false;
  const sink = { ...memorySink(), close: () => Promise.resolve(void (closed = true)) };
  const building = build(TWO, {}, {
    openSink: () => Promise.resolve(sink),
    openStore: () => {
      throw new StoreError('open the store "/etc/data/ocpp-emu.db"', "locked");
    },
  });
  await assert.rejects(building, /^StoreError: Cannot open the store .*: another process uses it/);
  assert(closed);
});
