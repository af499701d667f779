import type { v21 } from "../../ocpp/mod.ts";
import { heeds } from "../dialect.ts";
import { scheduleFault } from "../smart/profile_fault.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import { readSchedule } from "./charging_schedule.ts";
import { v2xFault } from "./charging_schedule_v2x.ts";
import { evseFault } from "./evse.ts";

/** What a tester has the station say of a limit from elsewhere, it follows (K11, K12, 2.1 K27). */
export const notifyChargingLimit = heeds<"2.1", "NotifyChargingLimit">((station, request) => {
  const { evseId = 0, chargingLimit, chargingSchedule = [] } = request;
  const { chargingLimitSource: source, isLocalGeneration } = chargingLimit;
  const [given] = chargingSchedule;
  if (given === undefined) {
    station.log.info("The limit from elsewhere names no schedule: there is none to follow", {
      source,
    });
    return;
  }
  const purpose = isLocalGeneration ? "LocalGeneration" : "ChargingStationExternalConstraints";
  const why = faultOf(given, purpose) ?? (evseId === 0 ? null : evseFault(station, evseId)?.[1]);
  const schedule = readSchedule(given);
  const fault = why ?? scheduleFault(schedule, { ...profileLimits(station.settings), ...ANY });
  if (fault !== null && fault !== undefined) {
    station.log.warn(`The limit from elsewhere cannot be followed: ${fault}`, { source });
    return;
  }
  const limit = { source, purpose, schedules: [schedule] } as const;
  station.services.facilities.smart.setExternalLimit(evseId, limit);
});

/** What a CSMS may set is no matter here. */
const ANY = { maxPeriods: Infinity, units: ["A", "W"] } as const;

function faultOf(
  schedule: v21.ChargingScheduleType,
  purpose: Parameters<typeof v2xFault>[1],
): string | null {
  const faults = schedule.chargingSchedulePeriod.map((period) => v2xFault(period, purpose));
  return faults.find((one) => one !== null)?.why ?? null;
}
