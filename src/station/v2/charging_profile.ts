import type { v21 } from "../../ocpp/mod.ts";
import type { ChargingProfile, ProfilePurpose } from "../smart/profile.ts";
import { readTime } from "../time.ts";
import { readSchedule } from "./charging_schedule.ts";
import { v2xFault } from "./charging_schedule_v2x.ts";
import type { ReasonCode } from "./status_info.ts";

/** A profile in the words of the domain, or why it cannot be followed. */
export type ProfileRead =
  | { readonly profile: ChargingProfile }
  | { readonly reasonCode: ReasonCode; readonly why: string };

/** The purposes that this station follows (ChargingProfilePurposeEnumType). */
const PURPOSES: readonly ProfilePurpose[] = [
  "PriorityCharging",
  "ChargingStationExternalConstraints",
  "ChargingStationMaxProfile",
  "TxDefaultProfile",
  "TxProfile",
];

/** What 2.1 adds to a profile and its schedules, and this station does not do. */
const UNSUPPORTED = {
  profile: ["maxOfflineDuration", "invalidAfterOfflineDuration"],
  schedule: ["limitAtSoC", "randomizedDelay", "useLocalTime"],
  period: [
    "limit_L2",
    "limit_L3",
    "dischargeLimit_L2",
    "dischargeLimit_L3",
    "setpoint_L2",
    "setpoint_L3",
    "setpointReactive",
    "setpointReactive_L2",
    "setpointReactive_L3",
    "preconditioningRequest",
    "evseSleep",
  ],
} as const satisfies {
  readonly profile: readonly (keyof v21.ChargingProfileType)[];
  readonly schedule: readonly (keyof v21.ChargingScheduleType)[];
  readonly period: readonly (keyof v21.ChargingSchedulePeriodType)[];
};

/**
 * A charging profile as the CSMS wrote it (ChargingProfileType). Prices, which do not concern the
 * flow, are passed over; what would change the flow and cannot be done is said.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const read = readProfile({
 *   id: 7,
 *   stackLevel: 0,
 *   chargingProfilePurpose: "TxDefaultProfile",
 *   chargingProfileKind: "Absolute",
 *   chargingSchedule: [{
 *     id: 1,
 *     chargingRateUnit: "A",
 *     chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
 *   }],
 * });
 * assert("why" in read);
 * assert.equal(read.why, "its schedule 1 has no start, which an Absolute profile needs");
 * ```
 */
export function readProfile(given: v21.ChargingProfileType): ProfileRead {
  const {
    id,
    stackLevel,
    chargingProfilePurpose,
    chargingProfileKind: kind,
    recurrencyKind,
    transactionId,
    chargingSchedule,
  } = given;
  const purpose = PURPOSES.find((one) => one === chargingProfilePurpose);
  if (purpose === undefined) {
    return unreadable("UnsupportedParam", `the purpose ${chargingProfilePurpose} is not supported`);
  }
  if (purpose === "ChargingStationMaxProfile" && kind === "Relative") {
    return unreadable("InvalidProfile", "the limit of a whole station cannot be relative");
  }
  const fault = unsupported(given, UNSUPPORTED.profile) ?? scheduleFault(given, purpose);
  if (fault !== null) return fault;
  const validFrom = timeIn(given, "validFrom");
  const validTo = timeIn(given, "validTo");
  const schedules = chargingSchedule.map(readSchedule);
  const starts = schedules.map(({ startSchedule }) => startSchedule);
  if ([validFrom, validTo, ...starts].some(Number.isNaN)) {
    return unreadable("InvalidValue", "it has a time that cannot be read");
  }
  return {
    profile: {
      id,
      stackLevel,
      purpose,
      kind,
      recurrency: recurrencyKind ?? null,
      validFrom,
      validTo,
      transactionId: transactionId ?? null,
      schedules,
      ...(given.dynUpdateInterval ? { pullEveryS: given.dynUpdateInterval } : {}),
    },
  };
}

/** Why a profile cannot be followed. */
export function unreadable(
  reasonCode: ReasonCode,
  why: string,
): Exclude<ProfileRead, { readonly profile: ChargingProfile }> {
  return { reasonCode, why };
}

/** What a schedule of such a profile may not be, beyond what the domain checks. */
function scheduleFault(
  { chargingProfileKind: kind, chargingSchedule }: v21.ChargingProfileType,
  purpose: ProfilePurpose,
) {
  for (const schedule of chargingSchedule) {
    const { id, startSchedule, chargingSchedulePeriod } = schedule;
    if (kind !== "Relative" && kind !== "Dynamic" && startSchedule === undefined) {
      const why = `its schedule ${id} has no start, which an ${kind} profile needs`;
      return unreadable("InvalidSchedule", why);
    }
    if (kind === "Relative" && startSchedule !== undefined) {
      const why = `its schedule ${id} has a start, which a Relative profile cannot have`;
      return unreadable("InvalidSchedule", why);
    }
    const fault = unsupported(schedule, UNSUPPORTED.schedule) ??
      chargingSchedulePeriod.map((one) => periodFault(one, purpose)).find((one) => one !== null) ??
      null;
    if (fault !== null) return fault;
  }
  return null;
}

function periodFault(period: v21.ChargingSchedulePeriodType, purpose: ProfilePurpose) {
  const { numberPhases, phaseToUse } = period;
  const fault = unsupported(period, UNSUPPORTED.period) ?? v2xFault(period, purpose);
  if (fault !== null) return fault;
  if (phaseToUse === undefined) return null;
  if (numberPhases !== 1) {
    const why = `it names a phase to use for ${numberPhases ?? "all"} phases, which must be 1`;
    return unreadable("InvalidSchedule", why);
  }
  const why = "it names a phase to use, and no EVSE can switch phases (ACPhaseSwitchingSupported)";
  return unreadable("UnsupportedParam", why);
}

function unsupported<Part extends object>(part: Part, names: readonly (keyof Part & string)[]) {
  const name = names.find((one) => part[one] !== undefined);
  return name === undefined ? null : unreadable("UnsupportedParam", `${name} is not supported`);
}

/** `null`: there is none; NaN: it cannot be read. */
function timeIn<Name extends string>(
  part: { readonly [K in Name]?: string },
  name: Name,
): number | null {
  const text = part[name];
  return text === undefined ? null : readTime(text) ?? NaN;
}
