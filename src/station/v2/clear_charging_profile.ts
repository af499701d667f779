import type { v21 } from "../../ocpp/mod.ts";
import { Answer, obeys } from "../dialect.ts";
import type { ProfilePurpose } from "../smart/profile.ts";
import type { ClearCriteria } from "../smart/profiles.ts";
import { refusing } from "./status_info.ts";

/** Clears the profile with an id, or all that fit EVSE, purpose and stack level (K10). */
export const clearChargingProfile = obeys<"2.1", "ClearChargingProfile">((station, request) => {
  const refuse = refusing(station, "ClearChargingProfile", "Unknown");
  const { chargingProfileId: id, chargingProfileCriteria } = request;
  if (id === undefined && Object.keys(chargingProfileCriteria ?? {}).length === 0) {
    return refuse("MissingParam", "it does not say which profiles it means");
  }
  const { evseId, chargingProfilePurpose, stackLevel }: v21.ClearChargingProfileType =
    chargingProfileCriteria ?? {};
  const criteria: ClearCriteria = {
    id,
    connectorId: evseId,
    stackLevel,
    // The purposes that 2.1 adds are never installed: nothing has them.
    purpose: chargingProfilePurpose as ProfilePurpose | undefined,
  };
  if (station.profiles.clear(criteria, station.now()) === 0) {
    return refuse("InvalidValue", "no profile fits");
  }
  return new Answer({ status: "Accepted" }, () => station.limitsChanged());
});
