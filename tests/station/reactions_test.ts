import assert from "node:assert/strict";
import { stationHarness } from "../support/station_harness.ts";
import { charge, configure, HOUR_MS, TAG } from "./sessions.ts";

Deno.test("whoever looks on sees a session as facts, in order", async () => {
  const harness = await (await stationHarness()).boot();
  harness.facts.length = 0;
  await charge(harness);
  await harness.clock.advance(HOUR_MS);
  await harness.station.driver.unplug(1);
  await harness.clock.settle();
  const facts = harness.facts.map((fact) =>
    fact.type === "connector"
      ? `${fact.connectorId} ${fact.from} to ${fact.to}`
      : fact.type === "transaction"
      ? `${fact.event} ${fact.transaction.transactionId} ${fact.transaction.energyWh}`
      : fact.type
  );
  assert.deepEqual(facts, [
    "1 Available to Preparing",
    "started null 0",
    "1 Preparing to Charging",
    "updated null 0",
    "updated 1 0",
    "1 Charging to Finishing",
    "ended 1 11040",
    "1 Finishing to Available",
  ]);
  assert(harness.facts.every(({ stationId }) => stationId === "CP1"));
  await harness.over();
});

Deno.test("another fault on a broken connector is a fact, the same status or not (1.6 §4.9)", async () => {
  const harness = await (await stationHarness()).boot();
  harness.facts.length = 0;
  const { driver } = harness.station;
  await driver.status(1, { status: "Faulted", errorCode: "GroundFailure" });
  await driver.status(1, { status: "Faulted", errorCode: "HighTemperature", info: "85 C" });
  await harness.clock.settle();
  assert.deepEqual(
    harness.facts.map((fact) => fact.type === "connector" && [fact.to, fact.errorCode, fact.info]),
    [["Faulted", "GroundFailure", null], ["Faulted", "HighTemperature", "85 C"]],
  );
  const told = harness.payloads("StatusNotification").map(({ errorCode }) => errorCode);
  assert.deepEqual(told, ["GroundFailure", "HighTemperature"]);
  await harness.over();
});

Deno.test("the boot and its loss are facts", async () => {
  const harness = await stationHarness();
  await harness.open();
  await harness.call("Reset", { type: "Hard" });
  assert.deepEqual(
    harness.facts.map((fact) => fact.type === "registration" && [fact.from, fact.to]),
    [["unknown", "accepted"], ["accepted", "unknown"]],
  );
  await harness.over();
});

Deno.test("the station as a whole is connector 0 among the facts", async () => {
  const harness = await (await stationHarness()).boot();
  harness.facts.length = 0;
  await harness.station.driver.status(0, { status: "Unavailable" });
  const [first] = harness.facts.filter((fact) =>
    fact.type === "connector" && fact.connectorId === 0
  );
  assert(first?.type === "connector" && first.from === "Available" && first.to === "Unavailable");
  await harness.over();
});

Deno.test("the interval that the boot is answered with is the one of the heartbeats (1.6 §4.2)", async () => {
  const currentTime = "2026-01-01T00:00:00Z";
  for (const [interval, seconds] of [[7_200, 7_200], [0, 60]] as const) {
    const harness = await (await stationHarness({
      replies: { BootNotification: { status: "Accepted", currentTime, interval } },
    })).boot();
    assert.equal(harness.station.settings.get("heartbeatInterval"), seconds);
    await harness.clock.advance(seconds * 1_000 - 1);
    assert.deepEqual(harness.said, []);
    await harness.clock.advance(1);
    assert.deepEqual(harness.said, ["Heartbeat"]);
    await harness.over();
  }
});

Deno.test("a new HeartbeatInterval counts at once (1.6 §9.1.10)", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.clock.advance(600_000);
  await configure(harness, { HeartbeatInterval: "30" });
  await harness.clock.advance(29_999);
  assert.deepEqual(harness.said, []);
  await harness.clock.advance(1);
  assert.deepEqual(harness.said, ["Heartbeat"]);
  await harness.over();
});

Deno.test("after a mere reconnect only what changed is told (1.6-J §5.4)", async () => {
  const harness = await (await stationHarness({ station: { connectors: [{ id: 1 }, { id: 2 }] } }))
    .boot();
  await harness.lose();
  await harness.open();
  assert.deepEqual(harness.said, []);
  await harness.lose();
  await harness.station.driver.plug(2);
  await harness.open();
  assert.equal(harness.only("StatusNotification").connectorId, 2);
  assert.deepEqual(harness.said, ["StatusNotification Preparing"]);
  await harness.over();
});

Deno.test("a setting that changes nothing outside does nothing", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { LocalPreAuthorize: "true", BlinkRepeat: "5" });
  assert.equal((await harness.station.driver.authorize(1, TAG)).kind, "done");
  assert.deepEqual(harness.csms.retargets, []);
  await harness.over();
});
