import { says } from "../dialect.ts";
import { OCCUPANCY } from "../occupancy.ts";
import type { StatusEvent } from "../spoken.ts";
import { writeTime } from "../time.ts";

/** The status of a connector (G01). The station as a whole has none in 2.x. */
export const statusNotification = says<"2.0.1", "StatusNotification", StatusEvent, void>({
  action: "StatusNotification",
  request({ connectorId, status, at }) {
    if (connectorId === 0) return null;
    return {
      timestamp: writeTime(at),
      connectorStatus: OCCUPANCY[status],
      evseId: connectorId,
      connectorId: 1,
    };
  },
  answer() {},
});
