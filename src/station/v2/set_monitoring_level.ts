import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** How severe it must be for the CSMS to hear of it (N05): up to this number. */
export const setMonitoringLevel = obeys<"2.1", "SetMonitoringLevel">((station, { severity }) => {
  if (!Number.isInteger(severity) || severity < 0 || severity > 9) {
    const reject = refusing(station, "SetMonitoringLevel", "Rejected");
    return reject("ValueOutOfRange", `the severity must be from 0 to 9, found: ${severity}`);
  }
  station.services.monitoring.setLevel(severity);
  return { status: "Accepted" };
});
