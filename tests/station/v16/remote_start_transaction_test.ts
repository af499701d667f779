import assert from "node:assert/strict";
import type { v16 } from "../../../src/ocpp/mod.ts";
import { readProfile16 } from "../../../src/station/v16/charging_profile.ts";
import { idTag } from "../../../src/station/v16/id_tag.ts";
import { remoteStartTransaction } from "../../../src/station/v16/remote_start_transaction.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

const PROFILE: v16.ChargingProfile = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: "TxProfile",
  chargingProfileKind: "Relative",
  chargingSchedule: {
    chargingRateUnit: "W",
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 7000 }],
  },
};

function start(
  station: ReturnType<typeof fakeCharger>,
  request: v16.RemoteStartTransactionRequest,
) {
  return obey("RemoteStartTransaction", remoteStartTransaction, station, request);
}

Deno.test("§5.11: a remote start on a connector is Accepted, and tried", async () => {
  const station = fakeCharger();
  const { payload } = await start(station, { connectorId: 2, idTag: "TAG1" });
  assert.deepEqual(payload, { status: "Accepted" });
  const idToken = idTag("TAG1");
  assert.deepEqual(station.deeds, [
    ["remoteStart", { connectorId: 2, idToken, groupId: null, profile: null, remoteStartId: null }],
  ]);
});

Deno.test("§5.11: without a connector the station chooses", async () => {
  const station = fakeCharger();
  assert.equal((await start(station, { idTag: "TAG1" })).payload.status, "Accepted");
  assert.equal((station.deeds[0]?.[1] as { connectorId: unknown }).connectorId, null);
});

Deno.test("§5.11: what the station cannot start is Rejected", async () => {
  const station = fakeCharger({
    remoteStart: () => ({ obstacle: "out-of-service", why: "Connector 1 is unavailable" }),
  });
  assert.equal((await start(station, { connectorId: 1, idTag: "A" })).payload.status, "Rejected");
});

Deno.test("§5.11: an unknown connector is Rejected, and 0 is none to charge at", async () => {
  for (const connectorId of [0, 3, -1]) {
    const station = fakeCharger();
    const { payload } = await start(station, { connectorId, idTag: "TAG1" });
    assert.equal(payload.status, "Rejected");
    assert.deepEqual(station.deeds, []);
  }
});

Deno.test("§5.11: a TxProfile goes along with the start", async () => {
  const station = fakeCharger();
  await start(station, { connectorId: 1, idTag: "TAG1", chargingProfile: PROFILE });
  const { profile } = station.deeds[0]?.[1] as { profile: unknown };
  assert.deepEqual(profile, readProfile16(PROFILE));
});

for (const chargingProfilePurpose of ["ChargePointMaxProfile", "TxDefaultProfile"] as const) {
  Deno.test(`§5.11: a start with a ${chargingProfilePurpose} is Rejected`, async () => {
    const station = fakeCharger();
    const chargingProfile = { ...PROFILE, chargingProfilePurpose };
    const { payload } = await start(station, { connectorId: 1, idTag: "A", chargingProfile });
    assert.equal(payload.status, "Rejected");
    assert.deepEqual(station.deeds, []);
  });
}

Deno.test("§5.11: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ connectorId: 1, idTag: "TAG1", chargingProfile: PROFILE })) {
    await obeyAnything("RemoteStartTransaction", remoteStartTransaction, fakeCharger(), odd);
  }
});
