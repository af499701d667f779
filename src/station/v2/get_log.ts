import { Answer, obeys } from "../dialect.ts";
import { readPlan } from "../service/retries.ts";
import { readTime } from "../time.ts";
import { refusing } from "./status_info.ts";

/** Uploads the diagnostics or the security log (N01). */
export const getLog = obeys<"2.1", "GetLog">((station, request) => {
  const { logType, requestId } = request;
  if (logType !== "DiagnosticsLog" && logType !== "SecurityLog") {
    const reject = refusing(station, "GetLog", "Rejected");
    return reject("UnsupportedParam", `there is no ${logType}`);
  }
  const { remoteLocation, oldestTimestamp, latestTimestamp } = request.log;
  const { status, fileName, begin } = station.services.logs.prepare({
    ...readPlan(request),
    requestId,
    kind: logType,
    location: remoteLocation,
    from: readTime(oldestTimestamp),
    to: readTime(latestTimestamp),
  });
  return new Answer({ status, filename: fileName }, begin);
});
