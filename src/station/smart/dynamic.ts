import type { ChargingProfile, InstalledProfile } from "./profile.ts";

/** A new limit for a Dynamic profile, in the unit of its schedule (2.1 K28). */
export interface ProfileUpdate {
  readonly limit: number;
}

/** A Dynamic profile with a new limit, which holds from `at` on (milliseconds since 1970). */
export function updated(
  installed: InstalledProfile,
  { limit }: ProfileUpdate,
  at: number,
): InstalledProfile {
  const { profile } = installed;
  const schedules = profile.schedules.map((schedule) => ({
    ...schedule,
    periods: schedule.periods.map((period) => ({ ...period, limit })),
  }));
  return { ...installed, installedAt: at, profile: { ...profile, schedules } };
}

/** What makes a Dynamic profile unusable, in words that follow "it"; `null`: nothing (2.1 K28). */
export function dynamicFault({ kind, schedules }: ChargingProfile): string | null {
  if (kind !== "Dynamic") return null;
  return schedules.length === 1 && schedules[0]!.periods.length === 1
    ? null
    : "is Dynamic, and has more than one schedule or period";
}
