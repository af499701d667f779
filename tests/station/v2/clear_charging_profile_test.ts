import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { Profiles } from "../../../src/station/smart/profiles.ts";
import { clearChargingProfile } from "../../../src/station/v2/clear_charging_profile.ts";
import { LIMITS, MONDAY, profile } from "../smart/builders.ts";
import { fakeCharger } from "../v16/fake_charger.ts";
import { obey, type Version } from "./support.ts";

/** Profile 1 is of the station, 2 and 3 are on the levels 0 and 1 of EVSE 1. */
function filled(): Profiles {
  const profiles = new Profiles();
  const facts = { at: MONDAY, limits: LIMITS, transaction: null };
  const max = { id: 1, purpose: "ChargingStationMaxProfile" } as const;
  profiles.install(0, profile([[0, 1]], max), facts);
  profiles.install(1, profile([[0, 1]], { id: 2 }), facts);
  profiles.install(1, profile([[0, 1]], { id: 3, stackLevel: 1 }), facts);
  return profiles;
}

type Request = v21.ClearChargingProfileRequest;
const by = (chargingProfileCriteria: v21.ClearChargingProfileType): Request => ({
  chargingProfileCriteria,
});

const CASES: Record<string, [Request, "Accepted" | "Unknown", number[], Version[]?]> = {
  "K10: the profile with an id is cleared": [
    { chargingProfileId: 2 },
    "Accepted",
    [1, 3],
  ],
  "K10: an id that no profile has is Unknown": [
    { chargingProfileId: 9 },
    "Unknown",
    [1, 2, 3],
  ],
  "K10: all of an EVSE are cleared": [by({ evseId: 1 }), "Accepted", [1]],
  "K10: EVSE 0 is the station alone": [by({ evseId: 0 }), "Accepted", [2, 3]],
  "K10: all of a purpose are cleared": [
    by({ chargingProfilePurpose: "ChargingStationMaxProfile" }),
    "Accepted",
    [2, 3],
  ],
  "K10: EVSE, purpose and stack level together": [
    by({ evseId: 1, chargingProfilePurpose: "TxDefaultProfile", stackLevel: 1 }),
    "Accepted",
    [1, 2],
  ],
  "K10: a request that names nothing clears nothing": [{}, "Unknown", [1, 2, 3]],
  "K10: nor do empty criteria": [by({}), "Unknown", [1, 2, 3]],
  "2.1: a purpose that is never installed is Unknown": [
    by({ chargingProfilePurpose: "PriorityCharging" }),
    "Unknown",
    [1, 2, 3],
    ["2.1"],
  ],
};

for (const [name, [request, status, left, versions]] of Object.entries(CASES)) {
  Deno.test(name, async () => {
    const station = fakeCharger({ profiles: filled(), now: () => MONDAY });
    const { payload, after } = await obey(
      "ClearChargingProfile",
      clearChargingProfile,
      station,
      request,
      versions,
    );
    assert.equal(payload.status, status);
    after();
    assert.deepEqual(station.deeds, status === "Accepted" ? [["limitsChanged"]] : []);
    assert.deepEqual(station.profiles.installed.map(({ profile: { id } }) => id), left);
  });
}
