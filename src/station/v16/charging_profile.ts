import type { v16 } from "../../ocpp/mod.ts";
import { CallRefused } from "../dialect.ts";
import type { ChargingProfile, ChargingSchedule, ProfilePurpose } from "../smart/profile.ts";
import { readTime, writeTime } from "../time.ts";

/** The purposes of §7.10 in the words of the domain. */
const PURPOSES = {
  ChargePointMaxProfile: "ChargingStationMaxProfile",
  TxDefaultProfile: "TxDefaultProfile",
  TxProfile: "TxProfile",
} as const satisfies Record<v16.ChargingProfilePurposeType, ProfilePurpose>;

/**
 * A charging profile as the CSMS wrote it (§7.8).
 *
 * @throws {CallRefused} when a lenient station is handed a time or a purpose that is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const profile = readProfile16({
 *   chargingProfileId: 7,
 *   stackLevel: 0,
 *   chargingProfilePurpose: "ChargePointMaxProfile",
 *   chargingProfileKind: "Absolute",
 *   validTo: "2026-01-31T13:00:00+01:00",
 *   chargingSchedule: {
 *     chargingRateUnit: "A",
 *     chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
 *   },
 * });
 * assert.equal(profile.purpose, "ChargingStationMaxProfile");
 * assert.equal(profile.validTo, Date.UTC(2026, 0, 31, 12));
 * ```
 */
export function readProfile16(profile: v16.ChargingProfile): ChargingProfile {
  const schedule = profile.chargingSchedule;
  return {
    id: profile.chargingProfileId,
    stackLevel: profile.stackLevel,
    purpose: readPurpose16(profile.chargingProfilePurpose),
    kind: profile.chargingProfileKind,
    recurrency: profile.recurrencyKind ?? null,
    validFrom: timeIn(profile, "validFrom"),
    validTo: timeIn(profile, "validTo"),
    transactionId: profile.transactionId ?? null,
    schedules: [{
      id: null,
      duration: schedule.duration ?? null,
      startSchedule: timeIn(schedule, "startSchedule"),
      unit: schedule.chargingRateUnit,
      minChargingRate: schedule.minChargingRate ?? null,
      periods: schedule.chargingSchedulePeriod.map((period) => ({
        startPeriod: period.startPeriod,
        limit: period.limit,
        numberPhases: period.numberPhases ?? null,
        phaseToUse: null,
      })),
    }],
  };
}

/**
 * A purpose (§7.10) in the words of the domain.
 *
 * @throws {CallRefused} when a lenient station is handed something else
 */
export function readPurpose16(purpose: v16.ChargingProfilePurposeType): ProfilePurpose {
  if (Object.hasOwn(PURPOSES, purpose)) return PURPOSES[purpose];
  throw new CallRefused("PropertyConstraintViolation", `There is no purpose "${purpose}"`);
}

/** A schedule as it goes to the CSMS (§7.13). */
export function writeSchedule16(schedule: ChargingSchedule): v16.ChargingSchedule {
  const { duration, startSchedule, minChargingRate } = schedule;
  return {
    ...duration === null ? {} : { duration },
    ...startSchedule === null ? {} : { startSchedule: writeTime(startSchedule) },
    chargingRateUnit: schedule.unit,
    chargingSchedulePeriod: schedule.periods.map(({ startPeriod, limit, numberPhases }) => ({
      startPeriod,
      // Only what 2.1 wants beside charging goes without a limit.
      limit: limit ?? 0,
      ...numberPhases === null ? {} : { numberPhases },
    })),
    ...minChargingRate === null ? {} : { minChargingRate },
  };
}

function timeIn<Name extends string>(
  part: { readonly [K in Name]?: string },
  name: Name,
): number | null {
  const text = part[name] ?? null;
  if (text === null) return null;
  const time = readTime(text);
  if (time !== null) return time;
  throw new CallRefused("PropertyConstraintViolation", `Cannot read ${name}: "${text}" is no time`);
}
