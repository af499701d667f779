import { Answer, obeys } from "../dialect.ts";
import { readUpdate } from "./schedule_update.ts";
import { refusing } from "./status_info.ts";

/** Gives a Dynamic profile a new limit, which bends what flows at once (2.1 K28). */
export const updateDynamicSchedule = obeys<"2.1", "UpdateDynamicSchedule">((station, request) => {
  const { chargingProfileId: id, scheduleUpdate } = request;
  const reject = refusing(station, "UpdateDynamicSchedule", "Rejected");
  const update = readUpdate(scheduleUpdate);
  if ("why" in update) return reject(update.reasonCode, update.why);
  if (!station.profiles.update(id, update, station.now())) {
    return reject("InvalidValue", `there is no Dynamic profile ${id}`);
  }
  return new Answer({ status: "Accepted" }, () => station.limitsChanged());
});
