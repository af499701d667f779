import assert from "node:assert/strict";
import { clearChargingProfile } from "../../../src/station/v16/clear_charging_profile.ts";
import { LIMITS, MONDAY, profile } from "../smart/builders.ts";
import { SmartCharger } from "./smart_charger.ts";

/** A station with profile 1 of the station, and 2 and 3 on the levels 0 and 1 of connector 1. */
function filled(): SmartCharger {
  const station = new SmartCharger();
  const facts = { at: MONDAY, limits: LIMITS, transaction: null };
  const max = { id: 1, purpose: "ChargingStationMaxProfile" } as const;
  station.profiles.install(0, profile([[0, 1]], max), facts);
  station.profiles.install(1, profile([[0, 1]], { id: 2 }), facts);
  station.profiles.install(1, profile([[0, 1]], { id: 3, stackLevel: 1 }), facts);
  return station;
}

const CASES: Record<string, [request: object, status: string, left: number[]]> = {
  "§5.5: the profile with an id is cleared": [{ id: 2 }, "Accepted", [1, 3]],
  "§6.14: an id that no profile has is Unknown": [{ id: 9 }, "Unknown", [1, 2, 3]],
  "§6.13: all of a connector are cleared": [{ connectorId: 1 }, "Accepted", [1]],
  "§6.13: connector 0 is the station alone": [{ connectorId: 0 }, "Accepted", [2, 3]],
  "§6.13: all of a purpose are cleared": [
    { chargingProfilePurpose: "ChargePointMaxProfile" },
    "Accepted",
    [2, 3],
  ],
  "§6.13: connector, purpose and stack level together": [
    { connectorId: 1, chargingProfilePurpose: "TxDefaultProfile", stackLevel: 1 },
    "Accepted",
    [1, 2],
  ],
  "§6.14: criteria that nothing meets are Unknown": [
    { connectorId: 1, chargingProfilePurpose: "TxProfile" },
    "Unknown",
    [1, 2, 3],
  ],
  "§5.5: without criteria all are cleared": [{}, "Accepted", []],
};

for (const [name, [request, status, left]] of Object.entries(CASES)) {
  Deno.test(name, async () => {
    const station = filled();
    assert.deepEqual(await station.call(clearChargingProfile, request), { status });
    assert.deepEqual(station.profiles.installed.map(({ profile }) => profile.id), left);
    assert.equal(station.reckoned, status === "Accepted" ? 1 : 0);
  });
}
