import assert from "node:assert/strict";
import { summaryOf, viewOf } from "../../src/station/view.ts";
import { stationHarness } from "../support/station_harness.ts";
import { charge, HOUR_MS, TAG } from "./sessions.ts";

const KEY = "0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF";

Deno.test("a station in a list: what it is, and how its connectors stand", async () => {
  const station = { name: "Yard", tags: ["north"], connectors: [{ id: 1 }, { id: 4 }] };
  const harness = await (await stationHarness({ station })).boot();
  await harness.station.driver.plug(4);
  assert.deepEqual(summaryOf(harness.station, "connected"), {
    id: "CP1",
    name: "Yard",
    enabled: true,
    autoStart: true,
    protocolVersions: ["1.6"],
    source: "config",
    state: "connected",
    registration: "accepted",
    connectors: [{ id: 1, status: "Available" }, { id: 4, status: "Preparing" }],
    tags: ["north"],
  });
  await harness.over();
});

Deno.test("a station that charges shows its connector, its meter and its transaction", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await harness.clock.advance(HOUR_MS);
  const view = viewOf(harness.station, "connected");
  assert.deepEqual(view.connectors, [{
    id: 1,
    type: "Type2",
    maxPower: 22_000,
    status: "Charging",
    errorCode: "NoError",
    plugged: true,
    reservationId: null,
    meterWh: 11_040,
    powerW: 11_040,
    soc: view.connectors[0]!.soc,
    limitW: null,
    transactionId: 1,
  }]);
  assert.equal(view.connectors[0]!.soc?.toFixed(4), "0.3656");
  const [running] = view.transactions;
  assert.deepEqual(running, {
    id: running!.id,
    transactionId: 1,
    connectorId: 1,
    idToken: "TAG-1",
    state: "running",
    chargingState: "Charging",
    startedAt: "2026-01-01T00:00:00.000Z",
    endedAt: null,
    meterStartWh: 0,
    energyWh: 11_040,
    stopReason: null,
  });
  await harness.over();
});

Deno.test("what ended stands behind what runs, with its end", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await harness.clock.advance(HOUR_MS / 2);
  await harness.station.driver.unplug(1);
  await charge(harness);
  await harness.clock.advance(HOUR_MS / 2);
  const { transactions } = viewOf(harness.station, "connected");
  assert.deepEqual(
    transactions.map(({ transactionId, state, energyWh, endedAt, stopReason }) => [
      transactionId,
      state,
      energyWh,
      endedAt,
      stopReason,
    ]),
    [
      [2, "running", 5_520, null, null],
      [1, "ended", 5_520, "2026-01-01T00:30:00.000Z", "EVDisconnected"],
    ],
  );
  await harness.over();
});

Deno.test("no secret is in a view", async () => {
  const station = { auth: { type: "basic", authorization_key: KEY } };
  const harness = await (await stationHarness({ station })).boot();
  await harness.call("ChangeConfiguration", { key: "AuthorizationKey", value: KEY.toLowerCase() });
  const text = JSON.stringify(viewOf(harness.station, "connected"));
  assert(!text.toUpperCase().includes(KEY));
  assert(text.includes("AuthorizationKey"), "that there is one is no secret");
  await harness.over();
});

Deno.test("reservations, profiles, faults and what waits for the CSMS are in it", async () => {
  const harness = await (await stationHarness({ station: { connectors: [{ id: 1 }, { id: 2 }] } }))
    .boot();
  const expiryDate = "2026-01-01T02:00:00.000Z";
  await harness.call("ReserveNow", { connectorId: 2, reservationId: 3, idTag: "X", expiryDate });
  await harness.call("SetChargingProfile", {
    connectorId: 0,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: "TxDefaultProfile",
      chargingProfileKind: "Relative",
      chargingSchedule: {
        chargingRateUnit: "W",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 9_000 }],
      },
    },
  });
  harness.station.settings.set("allowOfflineTxForUnknownId", true);
  await harness.lose();
  await charge(harness, 1, { idToken: TAG });
  await harness.station.driver.status(2, { status: "Faulted", errorCode: "GroundFailure" });
  const view = viewOf(harness.station, "reconnecting");
  assert.equal(view.state, "reconnecting");
  // The start, and that energy flows, which 1.6 will have no message for.
  assert.equal(view.queuedMessages, 2);
  assert.equal(view.profiles.length, 1);
  assert.deepEqual(view.reservations, [], "its connector broke");
  const [first, second] = view.connectors;
  assert.deepEqual([first!.limitW, first!.powerW], [9_000, 9_000]);
  assert.deepEqual([second!.status, second!.errorCode], ["Faulted", "GroundFailure"]);
  await harness.over();
});

Deno.test("a reservation is shown with its end", async () => {
  const harness = await (await stationHarness()).boot();
  const expiryDate = "2026-01-01T02:00:00.000Z";
  await harness.call("ReserveNow", { connectorId: 1, reservationId: 3, idTag: "X", expiryDate });
  const { reservations } = viewOf(harness.station, "connected");
  assert.deepEqual(reservations, [{ id: 3, connectorId: 1, idToken: "X", expiresAt: expiryDate }]);
  await harness.over();
});

Deno.test("looking at a station makes nothing that it did not need", async () => {
  const harness = await stationHarness();
  const view = viewOf(harness.station, "disconnected");
  assert.deepEqual([view.firmware.status, view.logs.status], ["Idle", "Idle"]);
  assert(view.configuration.some(({ key }) => key === "HeartbeatInterval"), "also unconnected");
  assert(!harness.station.isServed);
  assert.equal(harness.station.all.get(1)!.meter, null);
  await harness.over();
});
