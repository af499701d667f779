import assert from "node:assert/strict";
import { live } from "../../../src/station/fleet/living.ts";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { HOUR_MS } from "../sessions.ts";

const LIVELY = { cars: true, arrival: "10m", stay: "30m", id_tokens: ["A", "B"] };

/** Lets a station live for so long, and ends its life. */
async function liveFor(harness: StationHarness, ms: number): Promise<void> {
  const end = new AbortController();
  const life = live(harness.station, end.signal);
  await harness.clock.advance(ms);
  end.abort();
  await harness.clock.settle();
  await life;
}

Deno.test("cars come, charge and go, and every transaction that starts ends once", async () => {
  const station = { simulation: LIVELY, meter_values: { interval: 0 } };
  const harness = await (await stationHarness({ station })).boot();
  await liveFor(harness, 12 * HOUR_MS);
  const starts = harness.payloads("StartTransaction");
  const stops = harness.payloads("StopTransaction").map(({ transactionId }) => transactionId);
  const running = harness.station.all.get(1)!.transaction === null ? 0 : 1;
  assert(starts.length > 8, `${starts.length} sessions`);
  assert.equal(new Set(stops).size, stops.length);
  assert.equal(stops.length, starts.length - running);
  assert.deepEqual(new Set(starts.map(({ idTag }) => idTag)), new Set(["A", "B"]));
  const reasons = new Set(harness.payloads("StopTransaction").map(({ reason }) => reason));
  assert.deepEqual(reasons, new Set(["Local", "EVDisconnected"]));
  await harness.over();
});

Deno.test("at speed 60 six hours pass in six minutes", async () => {
  const station = { simulation: { ...LIVELY, speed: 60 }, meter_values: { interval: 0 } };
  const harness = await (await stationHarness({ station })).boot();
  await liveFor(harness, 6 * 60_000);
  assert(harness.payloads("StartTransaction").length > 4);
  await harness.over();
});

Deno.test("the same seed lives the same life, another does not", async () => {
  const days = [];
  for (const seed of [1, 1, 2]) {
    const station = { simulation: { ...LIVELY, seed }, meter_values: { interval: 0 } };
    const harness = await (await stationHarness({ station })).boot();
    await liveFor(harness, 2 * HOUR_MS);
    days.push(JSON.stringify(harness.payloads("StartTransaction")));
    await harness.over();
  }
  assert.equal(days[0], days[1]);
  assert.notEqual(days[0], days[2]);
});

Deno.test("faults come and go by themselves, and end what runs (1.6 §4.9)", async () => {
  const simulation = { ...LIVELY, fault_every: "30m", fault_duration: "5m" };
  const harness = await (await stationHarness({ station: { simulation } })).boot();
  await liveFor(harness, 8 * HOUR_MS);
  const told = harness.payloads("StatusNotification").filter(({ connectorId }) =>
    connectorId === 1
  );
  const faults = told.filter(({ status }) => status === "Faulted");
  assert(faults.length > 5 && faults.every(({ errorCode }) => errorCode !== "NoError"));
  const after = told.filter((_, index) => told[index - 1]?.status === "Faulted");
  assert(after.every(({ status }) => status !== "Charging"));
  assert(harness.payloads("StopTransaction").some(({ reason }) => reason === "Other"));
  await harness.over();
});

Deno.test("by default nobody comes, and it costs nothing", async () => {
  const harness = await (await stationHarness()).boot();
  await live(harness.station, new AbortController().signal);
  await harness.clock.advance(31_000);
  assert.equal(harness.clock.pending, 1, "only the heartbeat is left");
  await harness.over();
});

Deno.test("a CSMS that refuses every token does not stop life", async () => {
  const harness = await (await stationHarness({
    station: { simulation: LIVELY },
    replies: { Authorize: { idTagInfo: { status: "Blocked" } } },
  })).boot();
  await liveFor(harness, 12 * HOUR_MS);
  assert(harness.payloads("Authorize").length > 10);
  assert.deepEqual(harness.payloads("StartTransaction"), []);
  await harness.over();
});

Deno.test("without a connection cars still come, and what they did is told later (1.6 §3.7)", async () => {
  const harness = await (await stationHarness({
    station: { simulation: LIVELY, meter_values: { interval: 0 } },
  })).boot();
  harness.station.settings.set("allowOfflineTxForUnknownId", true);
  await harness.lose();
  await liveFor(harness, 6 * HOUR_MS);
  await harness.open();
  await harness.clock.advance(1_000);
  const told = harness.csms.actions.filter((action) => action.endsWith("Transaction"));
  assert(told.length > 8);
  told.forEach((action, index) =>
    assert.equal(action, index % 2 === 0 ? "StartTransaction" : "StopTransaction")
  );
  await harness.over();
});
