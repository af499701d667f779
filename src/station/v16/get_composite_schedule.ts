import { obeys } from "../dialect.ts";
import { compositeSchedule } from "../smart/composite_schedule.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import { writeSchedule16 } from "./charging_profile.ts";
import { writeTime } from "../time.ts";

/**
 * Reports the limits from now on, of a connector or with 0 of the station (§5.7), in the unit that is
 * asked for, or else the first that the station takes. It starts with the current second.
 */
export const getCompositeSchedule = obeys<"1.6", "GetCompositeSchedule">((station, request) => {
  const { connectorId, duration } = request;
  const reject = (why: string) => {
    station.log.warn(`GetCompositeSchedule is rejected: ${why}`, { connectorId });
    return { status: "Rejected" } as const;
  };
  if (connectorId !== 0 && station.connector(connectorId) === undefined) {
    return reject("there is no such connector");
  }
  if (!(duration > 0)) return reject(`its duration is ${duration} s, which must be above 0`);
  const { units } = profileLimits(station.settings);
  const unit = request.chargingRateUnit ?? units[0];
  if (unit === undefined || !units.includes(unit)) {
    return reject("ChargingScheduleAllowedChargingRateUnit leaves its unit out");
  }
  const from = Math.floor(station.now() / 1000) * 1000;
  const question = { connectorId, from, duration, unit };
  const schedule = compositeSchedule(station.profiles.installed, station.connectors(), question);
  return {
    status: "Accepted",
    connectorId,
    scheduleStart: writeTime(from),
    chargingSchedule: writeSchedule16(schedule),
  };
});
