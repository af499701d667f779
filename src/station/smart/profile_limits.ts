import type { Settings } from "../settings/settings.ts";
import type { RateUnit } from "./profile.ts";
import type { ProfileLimits } from "./profile_fault.ts";

/** How much smart charging a station does, as it is configured (1.6 §9.4). */
export function profileLimits(settings: Settings): ProfileLimits {
  return {
    maxStackLevel: settings.get("chargeProfileMaxStackLevel"),
    maxPeriods: settings.get("chargingScheduleMaxPeriods"),
    maxInstalled: settings.get("maxChargingProfilesInstalled"),
    units: settings.get("chargingScheduleAllowedChargingRateUnit").filter(isUnit),
  };
}

function isUnit(word: string): word is RateUnit {
  return word === "A" || word === "W";
}
