import type { PriceConditions } from "./tariff.ts";

/** A transaction at one moment, as prices look at it. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly evseKind: "AC" | "DC";
  /** Since the transaction began: Wh and seconds. */
  readonly energyWh: number;
  readonly elapsedS: number;
  readonly chargingS: number;
  readonly idleS: number;
  /** What flows: watts, and amperes over all phases. */
  readonly powerW: number;
  readonly currentA: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAYS = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/** Which value each pair of bounds is about. */
const RANGES = [
  ["minEnergy", "maxEnergy", "energyWh"],
  ["minCurrent", "maxCurrent", "currentA"],
  ["minPower", "maxPower", "powerW"],
  ["minTime", "maxTime", "elapsedS"],
  ["minChargingTime", "maxChargingTime", "chargingS"],
  ["minIdleTime", "maxIdleTime", "idleS"],
] as const satisfies readonly (readonly [
  keyof PriceConditions,
  keyof PriceConditions,
  keyof Moment,
])[];

/**
 * Whether all conditions of a price hold (TariffConditionsType of 2.1): from the least on, below the most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const moment = {
 *   at: Date.UTC(2026, 0, 31, 23, 30), // a Saturday
 *   evseKind: "AC",
 *   energyWh: 20_000,
 *   elapsedS: 3600,
 *   chargingS: 3600,
 *   idleS: 0,
 *   powerW: 11_000,
 *   currentA: 48,
 * } as const;
 * assert(holds({}, moment));
 * assert(holds({ startTimeOfDay: "22:00", endTimeOfDay: "06:00" }, moment));
 * assert(holds({ dayOfWeek: ["Saturday"], minEnergy: 20_000 }, moment));
 * assert(!holds({ dayOfWeek: ["Saturday"], maxEnergy: 20_000 }, moment));
 * ```
 */
export function holds(conditions: PriceConditions, moment: Moment): boolean {
  const { startTimeOfDay, endTimeOfDay, dayOfWeek, validFromDate, validToDate, evseKind } =
    conditions;
  const day = DAYS[Math.floor(moment.at / DAY_MS) % 7]!;
  const date = new Date(moment.at).toISOString().slice(0, 10);
  return isInDay(moment.at, startTimeOfDay, endTimeOfDay) &&
    (dayOfWeek === undefined || dayOfWeek.includes(day)) &&
    (validFromDate === undefined || date >= validFromDate) &&
    (validToDate === undefined || date < validToDate) &&
    (evseKind === undefined || evseKind === moment.evseKind) &&
    RANGES.every(([least, most, name]) =>
      moment[name] >= (conditions[least] ?? -Infinity) &&
      moment[name] < (conditions[most] ?? Infinity)
    );
}

/**
 * The shares of the way from one moment to another, above 0 and below 1, at which a condition may begin
 * or cease to hold. Between them nothing changes.
 */
export function turns(conditions: PriceConditions, from: Moment, to: Moment): number[] {
  const { startTimeOfDay, endTimeOfDay } = conditions;
  const found = RANGES.flatMap(([least, most, name]) =>
    [conditions[least], conditions[most]].map((bound) =>
      ((bound ?? NaN) - from[name]) / (to[name] - from[name])
    )
  );
  const spanMs = to.at - from.at;
  for (const time of [startTimeOfDay, endTimeOfDay, "00:00"]) {
    const minute = minuteOf(time);
    if (minute === null) continue;
    const first = Math.floor(from.at / DAY_MS) * DAY_MS + minute * MINUTE_MS;
    for (let at = first; at < to.at; at += DAY_MS) found.push((at - from.at) / spanMs);
  }
  return found.filter((share) => share > 0 && share < 1);
}

function isInDay(at: number, start: string | undefined, end: string | undefined): boolean {
  const minute = (at % DAY_MS) / MINUTE_MS;
  const from = minuteOf(start) ?? 0;
  // Midnight at the end is the end of the day.
  const to = minuteOf(end) || 24 * 60;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** `null`: it is not given. */
function minuteOf(time: string | undefined): number | null {
  if (time === undefined) return null;
  const [hour, minute] = time.split(":").map(Number);
  return hour! * 60 + minute!;
}
