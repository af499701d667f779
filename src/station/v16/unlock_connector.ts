import type { v16 } from "../../ocpp/mod.ts";
import { obeys } from "../dialect.ts";

/** Lets go of a cable, after the transaction on it has ended (§5.18). */
export const unlockConnector = obeys<"1.6", "UnlockConnector">(
  async (station, { connectorId }) => {
    if (station.connector(connectorId) === undefined) return { status: "NotSupported" };
    return { status: STATUSES[await station.unlock(connectorId)] };
  },
);

/** §7.46, where an unknown connector is NotSupported. */
const STATUSES = {
  Unlocked: "Unlocked",
  UnlockFailed: "UnlockFailed",
  UnknownConnector: "NotSupported",
} as const satisfies Record<string, v16.UnlockStatus>;
