import { obeys } from "../dialect.ts";
import { compositeSchedule } from "../smart/composite_schedule.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import { writeTime } from "../time.ts";
import { writePeriod } from "./charging_schedule.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";

/**
 * Reports the limits from now on, of an EVSE or with 0 of the station (K08), in the unit that is asked
 * for, or else the first that the station takes. It starts with the current second.
 */
export const getCompositeSchedule = obeys<"2.1", "GetCompositeSchedule">((station, request) => {
  const { evseId, duration } = request;
  const reject = refusing(station, "GetCompositeSchedule", "Rejected");
  const fault = evseId === 0 ? null : evseFault(station, evseId);
  if (fault !== null) return reject(...fault);
  if (!Number.isSafeInteger(duration) || duration <= 0) {
    return reject("InvalidValue", `its duration is ${duration} s, which must be whole and above 0`);
  }
  const { units } = profileLimits(station.settings);
  const unit = request.chargingRateUnit ?? units[0];
  if (unit === undefined || !units.includes(unit)) {
    const why = `the unit is ${unit}, but the station takes ${units.join(" and ") || "nothing"}`;
    return reject("UnsupportedRateUnit", why);
  }
  const from = Math.floor(station.now() / 1000) * 1000;
  const question = { connectorId: evseId, from, duration, unit };
  const schedule = compositeSchedule(station.profiles.installed, station.connectors(), question);
  return {
    status: "Accepted",
    schedule: {
      evseId,
      duration: schedule.duration ?? duration,
      scheduleStart: writeTime(from),
      chargingRateUnit: unit,
      chargingSchedulePeriod: schedule.periods.map(writePeriod),
    },
  };
});
