import { Answer, obeys } from "../dialect.ts";
import { readUpdate } from "./schedule_update.ts";
import { refusing } from "./status_info.ts";

/** Gives a Dynamic profile a new limit or setpoint, which bends what flows at once (2.1 K28). */
export const updateDynamicSchedule = obeys<"2.1", "UpdateDynamicSchedule">((station, request) => {
  const { chargingProfileId: id, scheduleUpdate } = request;
  const reject = refusing(station, "UpdateDynamicSchedule", "Rejected");
  const update = readUpdate(scheduleUpdate);
  if ("why" in update) return reject(update.reasonCode, update.why);
  const found = station.profiles.installed.find(({ profile }) =>
    profile.id === id && profile.kind === "Dynamic"
  );
  if (found === undefined) return reject("InvalidValue", `there is no Dynamic profile ${id}`);
  const { v2x } = found.profile.schedules[0]!.periods[0]!;
  if (v2x === undefined && (update.setpoint ?? update.dischargeLimit) !== undefined) {
    return reject(
      "InvalidOperationMode",
      `profile ${id} is for charging only, and has no setpoint`,
    );
  }
  station.profiles.update(id, update, station.now());
  return new Answer({ status: "Accepted" }, () => station.limitsChanged());
});
