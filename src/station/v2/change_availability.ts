import { obeys } from "../dialect.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";

/** Takes an EVSE or, without one, the whole station out of service or back into it (G03, G04). */
export const changeAvailability = obeys<"2.1", "ChangeAvailability">(
  (station, { evse, operationalStatus }) => {
    const reject = refusing(station, "ChangeAvailability", "Rejected");
    const fault = evse === undefined ? null : evseFault(station, evse?.id, evse?.connectorId);
    if (fault !== null) return reject(...fault);
    if (operationalStatus !== "Operative" && operationalStatus !== "Inoperative") {
      return reject("InvalidValue", `there is no status "${operationalStatus}"`);
    }
    return { status: station.changeAvailability(evse?.id ?? 0, operationalStatus === "Operative") };
  },
);
