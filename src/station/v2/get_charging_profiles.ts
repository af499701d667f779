import { partsOf } from "../device_model/parts.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../line/say_parts.ts";
import type { InstalledProfile } from "../smart/profile.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";

/** Reports the profiles that fit, each place by itself (K09); NoProfiles when none does. */
export const getChargingProfiles = obeys<"2.1", "GetChargingProfiles">((station, request) => {
  const { requestId, evseId, chargingProfile } = request;
  const refuse = refusing(station, "GetChargingProfiles", "NoProfiles");
  const fault = evseId === undefined || evseId === 0 ? null : evseFault(station, evseId);
  if (fault !== null) return refuse(...fault);
  const { chargingProfileId: ids, chargingProfilePurpose, stackLevel, chargingLimitSource } =
    chargingProfile ?? {};
  const found = station.profiles.list(station.now(), evseId).filter((installed) => {
    const { profile } = installed;
    return (ids?.includes(profile.id) ?? true) &&
      (chargingProfilePurpose ?? profile.purpose) === profile.purpose &&
      (stackLevel ?? profile.stackLevel) === profile.stackLevel &&
      (chargingLimitSource?.includes(sourceOf(installed)) ?? true);
  });
  if (found.length === 0) return refuse("InvalidValue", "no profile fits");
  return new Answer({ status: "Accepted" }, () => {
    void sayParts(station, "chargingProfiles", requestId, partsOfAll(station.now(), found));
  });
});

/** The parts of all places, of which but the last says that more follow. */
function partsOfAll(at: number, found: readonly InstalledProfile[]) {
  const places = Map.groupBy(found, (one) => `${one.connectorId} ${sourceOf(one)}`);
  const parts = [...places.values()].flatMap((group) => {
    const { connectorId } = group[0]!;
    const source = sourceOf(group[0]!);
    return partsOf(at, group).map((part) => ({ ...part, connectorId, source }));
  });
  return parts.map((part, index) => ({ ...part, isContinued: index < parts.length - 1 }));
}

/** Whose limit it is (ChargingLimitSourceEnumType). */
function sourceOf({ source }: InstalledProfile): string {
  return source ?? "CSO";
}
