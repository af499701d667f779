import { Answer, CallRefused, obeys } from "../dialect.ts";
import type { ChargingProfile, InstalledProfile } from "../smart/profile.ts";
import { type ProfileLimits, scheduleFault } from "../smart/profile_fault.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import { readProfile } from "./charging_profile.ts";
import { evseFault } from "./evse.ts";
import { type ReasonCode, refusing } from "./status_info.ts";

/** Installs a charging profile, or replaces the one with its id (K01). */
export const setChargingProfile = obeys<"2.1", "SetChargingProfile">((station, request) => {
  const { evseId } = request;
  const { settings, profiles } = station;
  if (!settings.get("supportedFeatureProfiles").includes("SmartCharging")) {
    // K01.FR.29
    throw new CallRefused("NotSupported", "Smart charging is not supported");
  }
  const reject = refusing(station, "SetChargingProfile", "Rejected");
  const fault = evseId === 0 ? null : evseFault(station, evseId);
  if (fault !== null) return reject(...fault);
  const read = readProfile(request.chargingProfile);
  if ("why" in read) return reject(read.reasonCode, read.why);
  const { profile } = read;
  if (profile.purpose === "ChargingStationExternalConstraints") {
    // K01.FR.22
    return reject("InvalidValue", "external constraints are not for a CSMS to set");
  }
  const isForTransaction = profile.purpose === "TxProfile";
  if (isForTransaction && profile.transactionId === null) {
    return reject("MissingParam", "a TxProfile needs a transactionId");
  }
  const at = station.now();
  const other = rival(profiles.list(at), evseId, profile);
  if (other !== undefined) {
    const why = `profile ${other.profile.id} has its purpose and stack level ${profile.stackLevel}`;
    return reject("DuplicateProfile", why);
  }
  const transaction = station.connector(evseId)?.transaction ?? null;
  const limits = profileLimits(settings);
  const refusal = profiles.install(evseId, profile, { at, limits, transaction });
  if (refusal !== null) {
    const isLost = isForTransaction && transaction?.id !== profile.transactionId;
    return reject(isLost ? "TxNotFound" : reasonOf(profile, limits), refusal);
  }
  return new Answer({ status: "Accepted" }, () => {
    station.limitsChanged();
    if (isForTransaction) station.services.facilities.smart.profileGiven(evseId);
  });
});

/** What of a profile is at fault, in the words of the appendix. */
function reasonOf({ stackLevel, schedules }: ChargingProfile, limits: ProfileLimits): ReasonCode {
  if (schedules.some(({ unit }) => !limits.units.includes(unit))) return "UnsupportedRateUnit";
  if (!(stackLevel >= 0 && stackLevel <= limits.maxStackLevel)) return "InvalidStackLevel";
  return schedules.some((schedule) => scheduleFault(schedule, limits) !== null)
    ? "InvalidSchedule"
    : "InvalidProfile";
}

/**
 * A profile with another id that would stand in the same place: the same purpose and stack level at the
 * same time, where a TxDefaultProfile of the station stands in the place of each EVSE's (K01.FR.06, 39,
 * 52 and 53). In 1.6 it would be replaced.
 */
function rival(
  installed: readonly InstalledProfile[],
  evseId: number,
  { id, purpose, stackLevel, validFrom, validTo }: ChargingProfile,
): InstalledProfile | undefined {
  return installed.find(({ connectorId, profile: other }) =>
    other.id !== id && other.purpose === purpose && other.stackLevel === stackLevel &&
    (connectorId === evseId ||
      purpose === "TxDefaultProfile" && (connectorId === 0 || evseId === 0)) &&
    (other.validFrom ?? -Infinity) < (validTo ?? Infinity) &&
    (validFrom ?? -Infinity) < (other.validTo ?? Infinity)
  );
}
