import type { v201 } from "../../ocpp/mod.ts";
import { says } from "../dialect.ts";
import type { StatusEvent } from "../spoken.ts";
import { writeTime } from "../v16/time.ts";
import type { ConnectorStatus } from "../words.ts";

/** The status of a connector (G01). The station as a whole has none in 2.x. */
export const statusNotification = says<"2.0.1", "StatusNotification", StatusEvent, void>({
  action: "StatusNotification",
  request({ connectorId, status, at }) {
    if (connectorId === 0) return null;
    return {
      timestamp: writeTime(at),
      connectorStatus: STATUSES[status],
      evseId: connectorId,
      connectorId: 1,
    };
  },
  answer() {},
});

/** How far a transaction has got is a matter of TransactionEvent. */
const STATUSES = {
  Available: "Available",
  Preparing: "Occupied",
  Charging: "Occupied",
  SuspendedEV: "Occupied",
  SuspendedEVSE: "Occupied",
  Finishing: "Occupied",
  Reserved: "Reserved",
  Unavailable: "Unavailable",
  Faulted: "Faulted",
} as const satisfies Record<ConnectorStatus, v201.ConnectorStatusEnumType>;
