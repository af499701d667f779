import type { ChargingProfile, InstalledProfile } from "./profile.ts";

/** What is new for a Dynamic profile, in the unit of its schedule (2.1 K28); what is absent stays. */
export interface ProfileUpdate {
  readonly limit?: number;
  /** For one that does more than charge: below 0 from the car (Q04). */
  readonly setpoint?: number;
  readonly dischargeLimit?: number;
}

/** A Dynamic profile with a new limit or setpoint, which holds from `at` on (milliseconds since 1970). */
export function updated(
  installed: InstalledProfile,
  { limit, ...others }: ProfileUpdate,
  at: number,
): InstalledProfile {
  const { profile } = installed;
  const schedules = profile.schedules.map((schedule) => ({
    ...schedule,
    periods: schedule.periods.map((period) => ({
      ...period,
      limit: limit ?? period.limit,
      ...(period.v2x === undefined ? {} : { v2x: { ...period.v2x, ...others } }),
    })),
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
