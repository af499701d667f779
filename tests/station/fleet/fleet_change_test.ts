import assert from "node:assert/strict";
import { rosterHarness } from "../../support/roster_harness.ts";

const TOKEN = { idToken: "EMU-TAG-1", type: "Central" } as const;

/** A station that is connected and accepted. */
async function connected(document: object = {}) {
  const harness = await rosterHarness();
  harness.befriend();
  await harness.done(harness.roster.create({ id: "CP1", ...document }));
  assert.deepEqual(harness.fleet.missing(), []);
  return harness;
}

/** As {@link connected}, with a transaction on connector 1. */
async function charging() {
  const harness = await connected();
  const driver = harness.fleet.driver("CP1")!;
  const started = driver.startTransaction(1, TOKEN);
  await harness.clock.settle();
  assert.equal((await started).kind, "done");
  return harness;
}

Deno.test("a changed tag, name, autoStart or simulation does not touch the connection", async () => {
  const { roster, fleet, network, done, over } = await connected();
  for (
    const change of [
      { tags: ["b"] },
      { name: "Two" },
      { autoStart: false },
      { simulation: { speed: 60, cars: true } },
    ]
  ) await done(roster.replace("CP1", change));
  assert.equal(network.attempts.length, 1);
  assert.equal(fleet.summary("CP1")!.state, "connected");
  assert.equal(fleet.config("CP1")!.simulation.speed, 60);
  await over();
});

Deno.test("a changed URL is dialled at once, and the CSMS there hears a boot", async () => {
  const { roster, fleet, network, actions, done, over } = await charging();
  await done(roster.replace("CP1", { url: "ws://other" }));
  assert.deepEqual(network.attempts.map(({ target }) => target.url), [
    "ws://csms.example/CP1",
    "ws://other/CP1",
  ]);
  assert.equal(actions()[0], "BootNotification");
  assert.equal(fleet.view("CP1")!.transactions[0]!.state, "running", "the car charges on");
  assert.deepEqual(fleet.missing(), []);
  await over();
});

Deno.test("a changed password is dialled with, without a new boot (1.6-J §5.4)", async () => {
  const { roster, network, actions, done, over } = await connected({
    auth: { type: "basic", password: "0123456789abcdef" },
  });
  await done(roster.replace("CP1", { auth: { type: "basic", password: "fedcba9876543210" } }));
  assert.equal(network.attempts.length, 2);
  const sent = atob(network.last.target.authorization!.reveal().slice("Basic ".length));
  assert.equal(sent, "CP1:fedcba9876543210");
  assert(!actions().includes("BootNotification"), actions().join());
  await over();
});

Deno.test("a URL that nobody answers at is not gone back from", async () => {
  const { roster, fleet, network, clock, done, over } = await connected();
  network.willAnswer(() => ({ kind: "refused", message: "nothing listens" }));
  await done(roster.replace("CP1", { url: "ws://wrong" }));
  await clock.advance(60_000);
  assert.deepEqual(
    [...new Set(network.attempts.slice(1).map(({ target }) => target.url))],
    ["ws://wrong/CP1"],
  );
  assert.deepEqual(fleet.missing(), ["CP1"]);
  await over();
});

Deno.test("a key that the CSMS set survives a change of the URL, but not one of the password", async () => {
  const { roster, network, clock, done, over } = await connected({
    auth: { type: "basic", password: "0123456789abcdef" },
  });
  const key = "00".repeat(20);
  network.attempts[0]!.say(
    JSON.stringify([2, "1", "ChangeConfiguration", { key: "AuthorizationKey", value: key }]),
  );
  await clock.settle();
  const user = () => atob(network.last.target.authorization!.reveal().slice("Basic ".length));
  await done(roster.replace("CP1", { url: "ws://other" }));
  assert.equal(user(), `CP1:${"\0".repeat(20)}`);
  await done(roster.replace("CP1", { auth: { type: "basic", password: "fedcba9876543210" } }));
  assert.equal(user(), "CP1:fedcba9876543210");
  await over();
});

Deno.test("a changed version is offered at once", async () => {
  const { roster, fleet, network, done, over } = await connected();
  await done(roster.replace("CP1", { protocolVersion: ["2.0.1", "1.6"] }));
  assert.deepEqual(network.last.target.subprotocols, ["ocpp2.0.1", "ocpp1.6"]);
  assert.deepEqual(fleet.summary("CP1")!.protocolVersions, ["2.0.1", "1.6"]);
  assert.deepEqual([...fleet.ids()], ["CP1"]);
  await over();
});

Deno.test("a station with another vendor boots anew", async () => {
  const { roster, network, done, actions, over } = await connected();
  await done(roster.replace("CP1", { vendor: "Acme" }));
  assert.equal(network.attempts.length, 2);
  assert.equal(actions()[0], "BootNotification");
  await over();
});

Deno.test("connectors change when nothing runs on them, and not before", async () => {
  const { roster, fleet, clock, kept, network, refusal, done, over } = await charging();
  const connectors = [{ id: 1 }, { id: 2, type: "CCS2" }];
  assert.equal(
    await refusal(roster.replace("CP1", { connectors })),
    'Cannot change connectors of station "CP1": a transaction runs on connector 1, stop it first',
  );
  assert.deepEqual(kept.load(), [["CP1", { document: {} }]], "nor after a restart");
  assert.deepEqual([network.attempts.length, fleet.config("CP1")!.connectors.length], [1, 1]);
  const stopped = fleet.driver("CP1")!.stopTransaction(1, {});
  await clock.settle();
  assert.equal((await stopped).kind, "done");
  await done(roster.replace("CP1", { connectors }));
  assert.deepEqual(fleet.summary("CP1")!.connectors.map(({ id }) => id), [1, 2]);
  assert.equal(network.attempts.length, 2);
  assert.deepEqual(fleet.missing(), []);
  await over();
});

Deno.test("connectors do not change while transaction messages wait for the CSMS", async () => {
  const { roster, fleet, network, clock, refusal, over } = await charging();
  network.willAnswer(() => ({ kind: "refused", message: "nothing listens" }));
  fleet.disconnect("CP1");
  await clock.settle();
  const stopped = fleet.driver("CP1")!.stopTransaction(1, {});
  await clock.settle();
  assert.equal((await stopped).kind, "queued");
  assert.match(
    await refusal(roster.replace("CP1", { connectors: [{}, {}] })),
    /^Cannot change connectors of station "CP1": \d+ transaction messages? waits? for the CSMS/,
  );
  await over();
});

Deno.test("a transaction that begins while the station is about to change is not lost", async () => {
  const { roster, fleet, clock, kept, friend, network, refusal, over } = await charging();
  const driver = fleet.driver("CP1")!;
  const stopped = driver.stopTransaction(1, {});
  await clock.settle();
  await stopped;
  const last = friend();
  last.answersClose = false;
  const changed = roster.replace("CP1", { connectors: [{}, {}] });
  await clock.settle();
  const started = driver.startTransaction(1, TOKEN);
  await clock.settle();
  assert.equal((await started).kind, "queued", "the token is in the cache");
  last.end();
  assert.match(await refusal(changed), /a transaction runs on connector 1/);
  assert.deepEqual(kept.load(), [["CP1", { document: {} }]]);
  await clock.settle();
  assert.equal(network.attempts.length, 2, "it comes back");
  assert.equal(fleet.view("CP1")!.transactions[0]!.state, "running");
  await over();
});

Deno.test("a station that is not enabled is there, and never connects until it is", async () => {
  const { roster, fleet, network, clock, refusal, done, over } = await connected();
  await done(roster.replace("CP1", { enabled: false }));
  assert.equal(fleet.summary("CP1")!.state, "disconnected");
  assert.deepEqual(fleet.missing(), []);
  assert.equal(fleet.connect("CP1"), "disabled");
  assert.equal(
    await refusal(roster.start("CP1")),
    'Cannot start station "CP1": it is not enabled',
  );
  await done(roster.replace("CP1", { enabled: false, url: "ws://other" }));
  await clock.advance(600_000);
  assert.equal(network.attempts.length, 1);
  await done(roster.replace("CP1", { url: "ws://other" }));
  assert.equal(network.last.target.url, "ws://other/CP1");
  assert.equal(fleet.summary("CP1")!.state, "connected");
  await over();
});

Deno.test("a station that was stopped stays away through changes, and comes when it is to start by itself", async () => {
  const { roster, fleet, network, done, over } = await connected();
  await done(roster.stop("CP1"));
  await done(roster.replace("CP1", { autoStart: false, url: "ws://other" }));
  assert.equal(network.attempts.length, 1);
  await done(roster.replace("CP1", { url: "ws://other" }));
  assert.equal(fleet.summary("CP1")!.state, "connected");
  await over();
});

Deno.test("changed meter values are in force at once, and what the CSMS set stays otherwise", async () => {
  const { roster, fleet, network, clock, done, over } = await connected();
  const interval = () =>
    fleet.view("CP1")!.configuration.find(({ key }) => key === "MeterValueSampleInterval")?.value;
  assert.equal(interval(), "60");
  network.attempts[0]!.say(
    JSON.stringify([2, "1", "ChangeConfiguration", {
      key: "MeterValueSampleInterval",
      value: "7",
    }]),
  );
  await clock.settle();
  await done(roster.replace("CP1", { tags: ["a"] }));
  assert.equal(interval(), "7");
  await done(roster.replace("CP1", { meterValues: { interval: "30s" } }));
  assert.equal(interval(), "30");
  assert.equal(network.attempts.length, 1);
  await over();
});

Deno.test("a car charges as fast as the speed says from the moment that it changes", async () => {
  const { roster, fleet, clock, done, over } = await charging();
  const energy = () => fleet.view("CP1")!.transactions[0]!.energyWh;
  await clock.advance(60_000);
  const before = energy();
  await done(roster.replace("CP1", { simulation: { speed: 20 } }));
  await clock.advance(60_000);
  const after = energy() - before;
  assert(before > 0 && after > 10 * before, `${before} Wh, then ${after} Wh`);
  await over();
});

Deno.test("cars begin to come and stop coming as a change says", async () => {
  const { roster, fleet, clock, done, over } = await connected();
  let plugs = 0;
  fleet.facts.subscribe((fact) => fact.type === "connector" && fact.to === "Preparing" && plugs++);
  const simulation = { cars: true, arrival: "1m", stay: "1m" };
  await done(roster.replace("CP1", { simulation }));
  await clock.advance(1_800_000);
  assert(plugs > 0, "cars came");
  await done(roster.replace("CP1", {}));
  await clock.advance(600_000);
  const seen = plugs;
  await clock.advance(3_600_000);
  assert.equal(plugs, seen);
  await over();
});

Deno.test("a station that is removed while it charges leaves no timer behind", async () => {
  const { roster, clock, network, done, over } = await charging();
  assert(clock.pending > 0);
  await done(roster.remove("CP1"));
  assert.equal(clock.pending, 0);
  assert.equal(network.attempts.length, 1);
  await over();
});

Deno.test("a station that is built anew leaves no timer of the old one behind", async () => {
  const { roster, clock, done, over } = await connected();
  const before = clock.pending;
  await done(
    roster.replace("CP1", { connectors: [{}, {}], meterValues: { alignedInterval: "15m" } }),
  );
  await done(roster.replace("CP1", {}));
  assert.equal(clock.pending, before);
  await over();
});
