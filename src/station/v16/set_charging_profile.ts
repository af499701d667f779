import { Answer, obeys } from "../dialect.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import { readProfile16 } from "./charging_profile.ts";

/**
 * Installs a charging profile (§5.16). A station whose SupportedFeatureProfiles leave SmartCharging
 * out does not support it; one that breaks a rule of §3.13 or §9.4 is rejected.
 */
export const setChargingProfile = obeys<"1.6", "SetChargingProfile">((station, request) => {
  const { connectorId } = request;
  const reject = (why: string) => {
    station.log.warn(`SetChargingProfile is rejected: ${why}`, { connectorId });
    return { status: "Rejected" } as const;
  };
  if (!station.settings.get("supportedFeatureProfiles").includes("SmartCharging")) {
    station.log.warn("SetChargingProfile is not supported: SupportedFeatureProfiles leave it out");
    return { status: "NotSupported" };
  }
  const connector = connectorId === 0 ? null : station.connector(connectorId);
  if (connector === undefined) return reject("there is no such connector");
  const refusal = station.profiles.install(
    connectorId,
    readProfile16(request.csChargingProfiles),
    {
      at: station.now(),
      limits: profileLimits(station.settings),
      transaction: connector?.transaction ?? null,
    },
  );
  if (refusal !== null) return reject(refusal);
  return new Answer({ status: "Accepted" }, () => station.limitsChanged());
});
