import type { v21 } from "../../../src/ocpp/mod.ts";

/** A TxDefaultProfile of 10 A from the last midnight before NOON on. */
export function profile2(rest: Partial<v21.ChargingProfileType> = {}): v21.ChargingProfileType {
  return {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: "TxDefaultProfile",
    chargingProfileKind: "Absolute",
    chargingSchedule: [schedule2()],
    ...rest,
  };
}

/** Its schedule. */
export function schedule2(rest: Partial<v21.ChargingScheduleType> = {}): v21.ChargingScheduleType {
  return {
    id: 1,
    startSchedule: "2026-01-31T00:00:00Z",
    chargingRateUnit: "A",
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
    ...rest,
  };
}
