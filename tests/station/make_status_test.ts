import assert from "node:assert/strict";
import type { ConnectorStatus, Deed } from "../../src/station/mod.ts";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";
import { CAR, charge, HOUR_MS, status, TAG } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

async function make(
  { station, clock }: StationHarness,
  wanted: ConnectorStatus,
  connectorId = 1,
): Promise<Deed> {
  const deed = await station.driver.status(connectorId, { status: wanted });
  await clock.settle();
  return deed;
}

Deno.test("a fault is told with its code and info, and its end with NoError (1.6 §4.9, §7.6)", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  await driver.status(1, { status: "Faulted", errorCode: "GroundFailure", info: "wet" });
  await driver.status(1, { status: "Available" });
  await harness.clock.settle();
  const told = harness.payloads("StatusNotification");
  assert.deepEqual(told.map(({ status, errorCode, info }) => [status, errorCode, info]), [
    ["Faulted", "GroundFailure", "wet"],
    ["Available", "NoError", undefined],
  ]);
  await harness.over();
});

Deno.test("a fault ends the transaction, and the car has to be charged anew (1.6 §4.10)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await harness.clock.advance(HOUR_MS);
  harness.forget();
  assert.deepEqual(await make(harness, "Faulted"), { kind: "done" });
  assert.deepEqual(harness.said, ["StatusNotification Faulted", "StopTransaction"]);
  const { reason, meterStop } = harness.only("StopTransaction");
  assert.deepEqual([reason, meterStop], ["Other", 11_040]);
  const refused = await harness.station.driver.authorize(1, TAG);
  assert(refused.kind === "refused" && refused.reason === "Connector 1 is Faulted");
  assert.deepEqual(await make(harness, "Available"), { kind: "done" });
  assert(!harness.station.all.get(1)!.state.plugged, "the car left");
  await harness.over();
});

Deno.test("a fault takes back the token that waits for its car", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.station.driver.authorize(1, TAG);
  await make(harness, "Faulted");
  await harness.station.driver.plug(1, CAR);
  harness.station.all.get(1)!.apply({ type: "repaired" });
  await harness.clock.advance(61_000);
  assert.equal(status(harness), "Preparing", "no old timer moves it");
  assert.deepEqual(harness.payloads("StartTransaction"), []);
  await harness.over();
});

Deno.test("a fault of the whole station is told as connector 0, too (1.6 §4.9)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await charge(harness, 2);
  harness.forget();
  await make(harness, "Faulted", 0);
  const told = () =>
    harness.payloads("StatusNotification").map(({ connectorId, status }) => [connectorId, status]);
  assert.deepEqual(told(), [[0, "Faulted"], [1, "Faulted"], [2, "Faulted"]]);
  assert.equal(harness.payloads("StopTransaction").length, 1);
  harness.forget();
  await make(harness, "Available", 0);
  assert.deepEqual(told().toSorted(), [[0, "Available"], [1, "Available"], [2, "Finishing"]]);
  await harness.over();
});

Deno.test("Unavailable is done when a transaction runs: it takes effect at its end (1.6 §5.2)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  assert.deepEqual(await make(harness, "Unavailable"), { kind: "done" });
  assert.equal(status(harness), "Charging");
  await harness.station.driver.unplug(1);
  assert.equal(status(harness), "Unavailable");
  await harness.over();
});

Deno.test("Available empties a connector and opens it", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.station.driver.plug(1);
  await make(harness, "Unavailable");
  assert.deepEqual(await make(harness, "Available"), { kind: "done" });
  assert.equal(status(harness), "Available");
  await harness.station.driver.authorize(1, TAG);
  await make(harness, "Available");
  assert.equal(status(harness), "Available");
  await harness.over();
});

Deno.test("Available is refused while a transaction or a reservation is in the way", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await charge(harness);
  const running = await make(harness, "Available");
  assert(running.kind === "refused" && running.reason.includes("stop it first"));
  const expiryDate = "2026-01-02T00:00:00Z";
  await harness.call("ReserveNow", { connectorId: 2, reservationId: 1, idTag: "A", expiryDate });
  const kept = await make(harness, "Available", 2);
  assert(kept.kind === "refused" && kept.reason === "Connector 2 stays Reserved");
  await harness.over();
});

Deno.test("Preparing plugs in, Finishing stops, and what is so already is done", async () => {
  const harness = await (await stationHarness()).boot();
  assert.deepEqual(await make(harness, "Preparing"), { kind: "done" });
  assert.deepEqual(await make(harness, "Preparing"), { kind: "done" });
  assert.equal(status(harness), "Preparing");
  await harness.station.driver.authorize(1, TAG);
  assert.equal((await make(harness, "Finishing")).kind, "done");
  assert.equal(harness.only("StopTransaction").reason, "Local");
  assert.equal(status(harness), "Finishing");
  await harness.over();
});

Deno.test("a car that pauses and a station that holds back, and both again (1.6 §4.9)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  const { meter } = harness.station.all.get(1)!;
  for (const wanted of ["SuspendedEV", "Charging", "SuspendedEVSE", "Charging"] as const) {
    const before = meter!.importWh;
    assert.deepEqual(await make(harness, wanted), { kind: "done" });
    assert.equal(status(harness), wanted);
    await harness.clock.advance(HOUR_MS / 4);
    assert.equal(meter!.importWh - before, wanted === "Charging" ? 2_760 : 0);
  }
  await harness.over();
});

Deno.test("what the station holds back by hand is over with its transaction", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await make(harness, "SuspendedEVSE");
  await harness.station.driver.unplug(1);
  await charge(harness);
  assert.equal(status(harness), "Charging");
  await harness.over();
});

Deno.test("Charging is refused to a car that is full", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness, 1, { car: { ...CAR, soc: 1 } });
  assert.equal(status(harness), "SuspendedEV");
  const deed = await make(harness, "Charging");
  assert(deed.kind === "refused" && deed.reason.startsWith("Connector 1 stays SuspendedEV"));
  await harness.over();
});

Deno.test("what only a transaction or a CSMS brings about is refused without", async () => {
  const harness = await (await stationHarness()).boot();
  for (
    const [wanted, connectorId, reason] of [
      ["Charging", 1, "No transaction runs on connector 1"],
      ["Finishing", 1, "No transaction runs on connector 1"],
      ["Reserved", 1, "Only the CSMS can make connector 1 Reserved"],
      ["Charging", 0, "The station as a whole cannot be Charging"],
    ] as const
  ) assert.deepEqual(await make(harness, wanted, connectorId), { kind: "refused", reason });
  assert.deepEqual(harness.said, []);
  await harness.over();
});
