import { dynamicFault } from "./dynamic.ts";
import type { ChargingProfile, ChargingSchedule, RateUnit } from "./profile.ts";

/** How much a station takes, as it is configured (1.6 §9.4, 2.x SmartChargingCtrlr). */
export interface ProfileLimits {
  readonly maxStackLevel: number;
  /** Periods in one schedule. */
  readonly maxPeriods: number;
  /** Profiles in the whole station. */
  readonly maxInstalled: number;
  readonly units: readonly RateUnit[];
}

/**
 * What makes a profile unusable on any connector, in words that follow "it"; `null`: nothing.
 * Values that are none are found too, since a lenient station is handed whatever came.
 *
 * @param at milliseconds since 1970
 */
export function profileFault(
  profile: ChargingProfile,
  limits: ProfileLimits,
  at: number,
): string | null {
  const { stackLevel, kind, recurrency, validFrom, validTo, schedules } = profile;
  const highest = limits.maxStackLevel;
  if (!(stackLevel >= 0 && stackLevel <= highest)) {
    return `has the stack level ${stackLevel}, which must be from 0 to ${highest}`;
  }
  if (validTo !== null && !(validTo > at)) return "was valid only until a moment that has passed";
  if (validFrom !== null && validTo !== null && !(validFrom < validTo)) {
    return "ends to be valid before it begins";
  }
  if (kind === "Recurring") {
    if (recurrency !== "Daily" && recurrency !== "Weekly") {
      return "recurs, but does not say whether daily or weekly";
    }
    if (schedules.some(({ startSchedule }) => startSchedule === null)) {
      return "recurs, but its schedule has no start";
    }
  }
  if (schedules.length === 0) return "has no schedule";
  const dynamic = dynamicFault(profile);
  if (dynamic !== null) return dynamic;
  for (const schedule of schedules) {
    const fault = scheduleFault(schedule, limits);
    if (fault !== null) return fault;
  }
  return null;
}

/** What makes a schedule unusable, in words that follow "it"; `null`: nothing. */
export function scheduleFault(schedule: ChargingSchedule, limits: ProfileLimits): string | null {
  const { unit, duration, minChargingRate, periods } = schedule;
  if (!limits.units.includes(unit)) {
    return `is in ${unit}, but the station takes only ${limits.units.join(" and ") || "nothing"}`;
  }
  if (duration !== null && !(duration > 0)) return `lasts ${duration} s, which must be above 0`;
  if (minChargingRate !== null && !(minChargingRate >= 0)) {
    return `has the lowest rate ${minChargingRate}, which must not be negative`;
  }
  if (periods.length === 0) return "has a schedule without periods";
  if (periods.length > limits.maxPeriods) {
    return `has ${periods.length} periods in a schedule, which takes at most ${limits.maxPeriods}`;
  }
  if (periods[0]!.startPeriod !== 0) {
    return `has a first period that starts at ${periods[0]!.startPeriod} s, which must be 0`;
  }
  let before = -1;
  for (const { startPeriod, limit, numberPhases } of periods) {
    if (!(startPeriod > before)) {
      return `has a period that starts at ${startPeriod} s after one that starts at ${before} s`;
    }
    if (limit !== null && !(limit >= 0)) {
      return `has the limit ${limit} ${unit}, which must not be negative`;
    }
    if (numberPhases !== null && ![1, 2, 3].includes(numberPhases)) {
      return `asks for ${numberPhases} phases, which must be 1, 2 or 3`;
    }
    before = startPeriod;
  }
  return null;
}
