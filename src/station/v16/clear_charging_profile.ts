import { Answer, obeys } from "../dialect.ts";
import type { ClearCriteria } from "../smart/profiles.ts";
import { readPurpose16 } from "./charging_profile.ts";

/**
 * Clears the charging profile with an id, or all that have the connector, the purpose and the stack
 * level that are named (§5.5, §6.13).
 */
export const clearChargingProfile = obeys<"1.6", "ClearChargingProfile">((station, request) => {
  const { id, connectorId, chargingProfilePurpose, stackLevel } = request;
  const criteria: ClearCriteria = {
    id,
    connectorId,
    stackLevel,
    purpose: chargingProfilePurpose && readPurpose16(chargingProfilePurpose),
  };
  const cleared = station.profiles.clear(criteria, station.now());
  if (cleared === 0) return { status: "Unknown" };
  return new Answer({ status: "Accepted" }, () => station.limitsChanged());
});
