import type { v16 } from "../../ocpp/mod.ts";
import { says } from "../dialect.ts";
import type { StatusEvent } from "../spoken.ts";
import type { ConnectorStatus, Fault } from "../words.ts";
import { cut } from "../traffic/cut.ts";
import { writeTime } from "../time.ts";

/** The status of a connector, or of the station as a whole (§4.9). */
export const statusNotification = says<"1.6", "StatusNotification", StatusEvent, void>({
  action: "StatusNotification",
  request({ connectorId, status, fault, at }) {
    return {
      connectorId,
      status: connectorId === 0 ? ofStation(status) : status,
      ...describe(fault, status),
      timestamp: writeTime(at),
    };
  },
  answer() {},
});

/** Connector 0 knows three statuses only (§4.9). */
function ofStation(status: ConnectorStatus): v16.ChargePointStatus {
  return status === "Unavailable" || status === "Faulted" ? status : "Available";
}

type Description = Pick<
  v16.StatusNotificationRequest,
  "errorCode" | "info" | "vendorErrorCode"
>;

function describe(fault: Fault | null, status: ConnectorStatus): Description {
  if (fault === null) return { errorCode: status === "Faulted" ? "OtherError" : "NoError" };
  const errorCode = ERROR_CODES.find((code) => code === fault.errorCode);
  // A code of the user's own is still told, in the field that is for such.
  const vendorErrorCode = fault.vendorErrorCode ?? (errorCode === undefined ? fault.errorCode : "");
  return {
    errorCode: errorCode ?? "OtherError",
    info: cut(fault.info ?? "", 50) || undefined,
    vendorErrorCode: cut(vendorErrorCode, 50) || undefined,
  };
}

/** §7.6 */
const ERROR_CODES = [
  "ConnectorLockFailure",
  "EVCommunicationError",
  "GroundFailure",
  "HighTemperature",
  "InternalError",
  "LocalListConflict",
  "NoError",
  "OtherError",
  "OverCurrentFailure",
  "PowerMeterFailure",
  "PowerSwitchFailure",
  "ReaderFailure",
  "ResetFailure",
  "UnderVoltage",
  "OverVoltage",
  "WeakSignal",
] as const satisfies readonly v16.ChargePointErrorCode[];
