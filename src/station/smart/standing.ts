import type { InstalledProfile, ProfilePurpose, RateUnit } from "./profile.ts";
import type { V2x } from "./v2x.ts";

/** A limit that a profile sets at some moment. */
export interface Bound {
  /** `null`: none, something else is wanted. */
  readonly limit: number | null;
  readonly unit: RateUnit;
  /** `null`: as many as there are. */
  readonly numberPhases: number | null;
  /** In `unit`: with less than this a car had better not charge; 0: any rate will do. */
  readonly minChargingRate: number;
  /** It is a limit of the whole station, which its connectors share. */
  readonly shared: boolean;
  /** What is wanted beside charging; absent: nothing. */
  readonly v2x?: V2x;
  /** What there is on top of the limit; absent: nothing. */
  readonly plus?: Bound;
}

/** What a profile says at some moment, and until when (milliseconds since 1970, or Infinity). */
export interface Standing {
  /** `null`: it says nothing. */
  readonly bound: Bound | null;
  readonly until: number;
}

const DAY_MS = 86_400_000;
const EVERY_MS = { Daily: DAY_MS, Weekly: 7 * DAY_MS } as const;
const OF_TRANSACTIONS: readonly ProfilePurpose[] = [
  "PriorityCharging",
  "TxDefaultProfile",
  "TxProfile",
];
const OVER: Standing = { bound: null, until: Infinity };

/**
 * What one profile says at `at`. A schedule without a start, and one that is Relative, begins with
 * the transaction, or if it belongs to none when it was installed (1.6 §7.9: a start that the
 * station determines). Days and weeks are those of UTC: 24 hours, always.
 *
 * @param startedAt when the transaction on the connector started, milliseconds since 1970
 */
export function standing(installed: InstalledProfile, at: number, startedAt: number): Standing {
  const { profile, connectorId } = installed;
  const schedule = profile.schedules[0]!;
  const validTo = profile.validTo ?? Infinity;
  if (at >= validTo) return OVER;
  if (profile.validFrom !== null && at < profile.validFrom) {
    return { bound: null, until: profile.validFrom };
  }

  const ofTransaction = OF_TRANSACTIONS.includes(profile.purpose);
  const isDynamic = profile.kind === "Dynamic";
  let start = profile.kind === "Relative" || isDynamic ? null : schedule.startSchedule;
  start ??= ofTransaction && !isDynamic ? startedAt : installed.installedAt;
  let again = Infinity;
  if (profile.kind === "Recurring" && profile.recurrency !== null && at >= start) {
    const every = EVERY_MS[profile.recurrency];
    start += Math.floor((at - start) / every) * every;
    again = start + every;
  }
  if (at < start) return { bound: null, until: Math.min(start, validTo) };
  const end = schedule.duration === null ? Infinity : start + schedule.duration * 1000;
  if (at >= end) return { bound: null, until: Math.min(again, validTo) };

  const elapsed = (at - start) / 1000;
  const index = schedule.periods.findLastIndex(({ startPeriod }) => startPeriod <= elapsed);
  const period = schedule.periods[index]!;
  const next = schedule.periods[index + 1];
  const change = next === undefined ? Infinity : start + next.startPeriod * 1000;
  return {
    bound: {
      limit: period.limit,
      unit: schedule.unit,
      numberPhases: period.numberPhases,
      minChargingRate: schedule.minChargingRate ?? 0,
      shared: connectorId === 0 && !ofTransaction,
      ...(period.v2x === undefined ? {} : { v2x: period.v2x }),
    },
    until: Math.min(change, end, again, validTo),
  };
}
