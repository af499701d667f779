import type { v21 } from "../../ocpp/mod.ts";
import type { ChargingSchedule, SchedulePeriod } from "../smart/profile.ts";
import { readTime, writeTime } from "../time.ts";
import { readV2x, writeV2x } from "./charging_schedule_v2x.ts";

/** A schedule as the CSMS wrote it (ChargingScheduleType). A start that cannot be read is NaN. */
export function readSchedule(schedule: v21.ChargingScheduleType): ChargingSchedule {
  const { startSchedule: start } = schedule;
  return {
    id: schedule.id,
    duration: schedule.duration ?? null,
    startSchedule: start === undefined ? null : readTime(start) ?? NaN,
    unit: schedule.chargingRateUnit,
    minChargingRate: schedule.minChargingRate ?? null,
    periods: schedule.chargingSchedulePeriod.map((period) => ({
      startPeriod: period.startPeriod,
      limit: period.limit ?? null,
      numberPhases: period.numberPhases ?? null,
      phaseToUse: period.phaseToUse ?? null,
      ...readV2x(period),
    })),
  };
}

/** A schedule for the CSMS. @param id where it has none of its own */
export function writeSchedule(schedule: ChargingSchedule, id: number): v21.ChargingScheduleType {
  const { startSchedule, duration, unit, minChargingRate, periods } = schedule;
  return {
    id: schedule.id ?? id,
    startSchedule: startSchedule === null ? undefined : writeTime(startSchedule),
    duration: duration ?? undefined,
    chargingRateUnit: unit,
    minChargingRate: minChargingRate ?? undefined,
    chargingSchedulePeriod: periods.map(writePeriod),
  };
}

/** A period of a schedule for the CSMS. What 2.0.1 has no words for is only there where 2.1 set it. */
export function writePeriod(period: SchedulePeriod): v21.ChargingSchedulePeriodType {
  const { startPeriod, limit, numberPhases, phaseToUse, v2x } = period;
  return {
    startPeriod,
    limit: limit ?? undefined,
    numberPhases: numberPhases ?? undefined,
    phaseToUse: phaseToUse ?? undefined,
    ...(v2x === undefined ? {} : writeV2x(v2x)),
  };
}
