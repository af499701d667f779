import { obeys } from "../dialect.ts";
import { itemsOf } from "./message_limits.ts";
import { statusInfo } from "./status_info.ts";

/** Takes monitors away (N06); those that are hard-wired stay. */
export const clearVariableMonitoring = obeys<"2.1", "ClearVariableMonitoring">(
  (station, request) => ({
    clearMonitoringResult: itemsOf("ClearVariableMonitoring", request, request.id).map((id) => {
      const status = station.services.monitoring.clear(id);
      if (status !== "Rejected") return { id, status };
      return { id, status, statusInfo: statusInfo("ReadOnly", `monitor ${id} is hard-wired`) };
    }),
  }),
);
