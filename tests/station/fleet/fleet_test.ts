import assert from "node:assert/strict";
import { seededRandom } from "../../../src/clock/mod.ts";
import { loadConfig } from "../../../src/config/mod.ts";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import { Fleet } from "../../../src/station/mod.ts";
import { fakeHarness } from "../../support/connection_harness.ts";
import { FakeStore } from "../../support/fake_store.ts";
import { FakeTransport } from "../../support/fake_transport.ts";

/** A fleet of such stations, on a virtual clock and a fake network. End it with `over`. */
async function fleetOf(stations: readonly object[]) {
  const { clock, manager, network } = fakeHarness();
  const sink = memorySink();
  const log = createLog({ level: "debug", format: "text", sink, clock });
  const fleet = new Fleet({
    manager,
    clock,
    random: seededRandom(1),
    log,
    store: new FakeStore(),
    heartbeatIntervalMs: 60_000,
    pingIntervalMs: 0,
    callTimeoutMs: 30_000,
  });
  const config = loadConfig({
    file: null,
    environment: { OCPP_EMU_STATIONS: JSON.stringify(stations) },
    flags: {},
    readFile: () => assert.fail("no file is read"),
    workingFolder: "/nowhere",
  });
  await fleet.add(config.stations);
  return {
    fleet,
    clock,
    network,
    lines: sink.lines,
    /** The n-th dial succeeds, and its boot is answered. */
    async boot(index: number, status = "Accepted"): Promise<FakeTransport> {
      const attempt = network.attempts[index]!;
      const transport = attempt.accept(new FakeTransport(attempt.target.subprotocols[0]));
      await clock.settle();
      const [, id, action] = JSON.parse(transport.sent[0]!);
      assert.equal(action, "BootNotification");
      const currentTime = new Date(clock.now()).toISOString();
      attempt.say(JSON.stringify([3, id, { status, currentTime, interval: 600 }]));
      await clock.settle();
      return transport;
    },
    async over(): Promise<void> {
      fleet.stop();
      await manager.shutdown();
      assert.equal(clock.pending, 0, "nothing is left");
    },
  };
}

Deno.test("those that start by themselves are missing until they are connected and accepted", async () => {
  const { fleet, clock, boot, over } = await fleetOf([
    { id: "CP1" },
    { id: "CP2", auto_start: false },
    { id: "CP3", enabled: false },
    { id: "CP4" },
  ]);
  assert.deepEqual([...fleet.ids()], ["CP1", "CP2", "CP3", "CP4"]);
  assert.deepEqual(fleet.missing(), ["CP1", "CP4"]);
  let looks = 0;
  fleet.changed.subscribe(() => looks++);
  fleet.start();
  await clock.settle();
  await boot(0, "Pending");
  assert.deepEqual(fleet.missing(), ["CP1", "CP4"], "pending is not there");
  await boot(1);
  assert.deepEqual(fleet.missing(), ["CP1"]);
  assert(looks > 0, "whoever waits looks again");
  await over();
});

Deno.test("one that loses its connection is missing again", async () => {
  const { fleet, clock, boot, over } = await fleetOf([{ id: "CP1" }]);
  fleet.start();
  await clock.settle();
  const transport = await boot(0);
  assert.deepEqual(fleet.missing(), []);
  transport.end();
  await clock.settle();
  assert.deepEqual(fleet.missing(), ["CP1"]);
  await over();
});

Deno.test("who is sent away by hand is not waited for until it is called back", async () => {
  const { fleet, clock, boot, over } = await fleetOf([{ id: "CP1" }, {
    id: "CP2",
    auto_start: false,
  }]);
  fleet.start();
  await clock.settle();
  await boot(0);
  assert.equal(fleet.disconnect("CP1"), true);
  await clock.settle();
  assert.deepEqual(fleet.missing(), []);
  assert.equal(fleet.summary("CP1")!.state, "disconnected");
  assert.equal(fleet.connect("CP1"), true);
  assert.equal(fleet.connect("CP2"), true);
  assert.deepEqual(fleet.missing(), ["CP1", "CP2"]);
  await over();
});

Deno.test("a station that there is not, and one that is gone for good", async () => {
  const { fleet, over } = await fleetOf([{ id: "CP1" }]);
  assert.equal(fleet.connect("CP9"), false);
  assert.equal(fleet.disconnect("CP9"), false);
  for (const found of [fleet.summary("CP9"), fleet.view("CP9"), fleet.driver("CP9")]) {
    assert.equal(found, undefined);
  }
  await over();
  assert.equal(fleet.connect("CP1"), "closed");
  assert.equal(fleet.disconnect("CP1"), "closed");
});

Deno.test("a driver drives its own station, and what happens is told with its id", async () => {
  const { fleet, clock, boot, over } = await fleetOf([{ id: "CP1" }, { id: "CP2" }]);
  fleet.start();
  await clock.settle();
  await boot(0);
  await boot(1);
  const facts: string[] = [];
  fleet.facts.subscribe((fact) => facts.push(`${fact.stationId} ${fact.type}`));
  assert.deepEqual(await fleet.driver("CP2")!.plug(1), { kind: "done" });
  assert.deepEqual(facts, ["CP2 connector"]);
  assert.equal(fleet.view("CP2")!.connectors[0]!.status, "Preparing");
  assert.equal(fleet.view("CP1")!.connectors[0]!.status, "Available");
  await over();
});

Deno.test("stations of one fleet offer what each of them speaks", async () => {
  const { fleet, clock, network, over } = await fleetOf([
    { id: "CP1", protocol_version: "1.6" },
    { id: "CP2", protocol_version: ["2.1", "1.6"] },
  ]);
  fleet.start();
  await clock.settle();
  assert.deepEqual(network.attempts.map(({ target }) => target.subprotocols), [
    ["ocpp1.6"],
    ["ocpp2.1", "ocpp1.6"],
  ]);
  await over();
});

Deno.test("stations that are to live do from the start on, until the fleet stops", async () => {
  const { fleet, clock, boot, over } = await fleetOf([
    { id: "CP1", simulation: { cars: true, arrival: "1m", stay: "5m" } },
  ]);
  fleet.start();
  await clock.settle();
  await boot(0);
  const seen = new Set<string>();
  fleet.facts.subscribe((fact) => fact.type === "connector" && seen.add(fact.to));
  await clock.advance(1_800_000);
  assert(seen.has("Preparing"), "a car came");
  await over();
});

Deno.test("no two messages of a fleet have one id", async () => {
  const ids = Array.from({ length: 50 }, (_, index) => ({ id: `CP${index}` }));
  const { fleet, clock, network, over } = await fleetOf(ids);
  fleet.start();
  await clock.settle();
  const transports = network.attempts.map((attempt) => attempt.accept());
  await clock.settle();
  const sent = transports.map((transport) => JSON.parse(transport.sent[0]!)[1]);
  assert.equal(new Set(sent).size, 50);
  await over();
});
