import type { Charger } from "../charger.ts";
import { partsOf } from "../device_model/parts.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../say_parts.ts";
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
  return new Answer({ status: "Accepted" }, () => void report(station, requestId, found));
});

async function report(
  station: Charger,
  requestId: number,
  found: readonly InstalledProfile[],
): Promise<void> {
  const places = Map.groupBy(found, (one) => `${one.connectorId} ${sourceOf(one)}`);
  let left = places.size;
  for (const group of places.values()) {
    const [{ connectorId }] = group as [InstalledProfile];
    const source = sourceOf(group[0]!);
    const isLast = --left === 0;
    await sayParts(station, "chargingProfiles", partsOf(station.now(), group), (part) => ({
      ...part,
      // More may follow of another place.
      isContinued: part.isContinued || !isLast,
      requestId,
      connectorId,
      source,
    }));
  }
}

/** Whose limit it is (ChargingLimitSourceEnumType). */
function sourceOf({ source }: InstalledProfile): string {
  return source ?? "CSO";
}
