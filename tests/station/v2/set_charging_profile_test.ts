import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { CallRefused } from "../../../src/station/dialect.ts";
import type { Services } from "../../../src/station/services.ts";
import { Profiles } from "../../../src/station/smart/profiles.ts";
import { setChargingProfile } from "../../../src/station/v2/set_charging_profile.ts";
import { connectorFacts, fakeCharger, transactionFacts } from "../v16/fake_charger.ts";
import { profile2, schedule2 } from "./profiles.ts";
import { obey, reasonOf, settings } from "./support.ts";

const T1 = transactionFacts({ id: "T1", connectorId: 2 });

/** A transaction runs on EVSE 2 of two. */
function setUp(given: Parameters<typeof settings>[0] = {}) {
  const profiles = new Profiles();
  const connectors = [connectorFacts(), connectorFacts({ id: 2, transaction: T1 })];
  const station = fakeCharger({
    profiles,
    settings: settings(given),
    connectors: () => connectors,
    services: { facilities: { smart: { profileGiven() {} } } } as unknown as Services,
  });
  /** The status, or the reason why not. */
  const set = async (evseId: number, rest: Partial<v21.ChargingProfileType> = {}) => {
    const request = { evseId, chargingProfile: profile2(rest) };
    const obeyed = await obey("SetChargingProfile", setChargingProfile, station, request);
    obeyed.after();
    return reasonOf(obeyed.payload) ?? obeyed.payload.status;
  };
  return { profiles, station, set };
}

Deno.test("K01: a profile is Accepted, and the station reckons anew after its answer", async () => {
  const { profiles, station, set } = setUp();
  assert.equal(await set(1), "Accepted");
  assert.equal(profiles.installed.length, 1);
  assert.deepEqual(station.deeds, [["limitsChanged"]]);
});

Deno.test("K01.FR.28: an EVSE that does not exist is Rejected", async () => {
  const { station, set } = setUp();
  assert.equal(await set(3), "UnknownEvse");
  assert.deepEqual(station.deeds, []);
});

Deno.test("K01.FR.22: external constraints are not for a CSMS to set", async () => {
  const chargingProfilePurpose = "ChargingStationExternalConstraints";
  assert.equal(await setUp().set(0, { chargingProfilePurpose }), "InvalidValue");
});

Deno.test("K01.FR.03, 09: a TxProfile names the transaction that runs there", async () => {
  const chargingProfilePurpose = "TxProfile";
  const { set } = setUp();
  assert.equal(await set(2, { chargingProfilePurpose }), "MissingParam");
  assert.equal(await set(2, { chargingProfilePurpose, transactionId: "T9" }), "TxNotFound");
  assert.equal(await set(1, { chargingProfilePurpose, transactionId: "T1" }), "TxNotFound");
  assert.equal(await set(0, { chargingProfilePurpose, transactionId: "T1" }), "TxNotFound");
  assert.equal(await set(2, { chargingProfilePurpose, transactionId: "T1" }), "Accepted");
});

Deno.test("K01.FR.05: a profile replaces the one with its id", async () => {
  const { profiles, set } = setUp();
  await set(1);
  assert.equal(await set(1), "Accepted");
  assert.equal(await set(1, { stackLevel: 3 }), "Accepted");
  assert.deepEqual(profiles.installed.map(({ profile }) => profile.stackLevel), [3]);
});

Deno.test("K01.FR.06, 52, 53: two profiles cannot stand in one place at one time", async () => {
  const { profiles, set } = setUp();
  assert.equal(await set(1), "Accepted");
  assert.equal(await set(1, { id: 2 }), "DuplicateProfile");
  assert.equal(await set(0, { id: 2 }), "DuplicateProfile");
  assert.equal(await set(2, { id: 2 }), "Accepted");
  assert.equal(await set(1, { id: 3, stackLevel: 1 }), "Accepted");
  assert.equal(profiles.installed.length, 3);
});

Deno.test("K01.FR.06: one that begins when the other has ended is no rival", async () => {
  const { set } = setUp();
  const validTo = "2026-02-01T00:00:00Z";
  assert.equal(await set(1, { validTo }), "Accepted");
  assert.equal(await set(1, { id: 2 }), "DuplicateProfile");
  assert.equal(await set(1, { id: 2, validFrom: validTo }), "Accepted");
});

Deno.test("K01.FR.39: nor can two of a transaction", async () => {
  const { set } = setUp();
  const rest = { chargingProfilePurpose: "TxProfile", transactionId: "T1" } as const;
  assert.equal(await set(2, rest), "Accepted");
  assert.equal(await set(2, { ...rest, id: 2 }), "DuplicateProfile");
  assert.equal(await set(2, { ...rest, id: 2, stackLevel: 1 }), "Accepted");
});

Deno.test("K01: what the configuration does not allow is Rejected", async () => {
  const { set } = setUp({ chargingScheduleAllowedChargingRateUnit: ["W"] });
  assert.equal(await set(1), "UnsupportedRateUnit");
  const inWatts = [schedule2({ chargingRateUnit: "W" })];
  assert.equal(await set(1, { chargingSchedule: inWatts }), "Accepted");
  assert.equal(await set(1, { chargingSchedule: inWatts, stackLevel: 99 }), "InvalidStackLevel");
  const late = [schedule2({
    chargingRateUnit: "W",
    chargingSchedulePeriod: [{ startPeriod: 5, limit: 1 }],
  })];
  assert.equal(await set(1, { chargingSchedule: late }), "InvalidSchedule");
});

Deno.test("K01.FR.29: a station without smart charging does not support it", async () => {
  const { set } = setUp({ supportedFeatureProfiles: ["Core"] });
  await assert.rejects(
    set(1),
    (thrown) => thrown instanceof CallRefused && thrown.kind === "NotSupported",
  );
});
