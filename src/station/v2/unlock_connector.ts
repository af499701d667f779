import { obeys } from "../dialect.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";

/** Lets go of a cable, unless somebody's transaction runs on it (F05). */
export const unlockConnector = obeys<"2.1", "UnlockConnector">(
  async (station, { evseId, connectorId }) => {
    const fault = evseFault(station, evseId, connectorId);
    if (fault !== null) return refusing(station, "UnlockConnector", "UnknownConnector")(...fault);
    const { transaction = null, isAuthorized, status } = station.connector(evseId) ?? {};
    // One that was stopped, and waits for its car to leave, is in nobody's way.
    if (transaction !== null && isAuthorized) {
      const refuse = refusing(station, "UnlockConnector", "OngoingAuthorizedTransaction");
      return refuse("TxInProgress", `transaction "${transaction.id}" is running on it`);
    }
    const unlocked = await station.unlock(evseId);
    if (unlocked !== "UnlockFailed") return { status: unlocked };
    return refusing(station, "UnlockConnector", unlocked)(
      "Unspecified",
      `EVSE ${evseId} is ${status}`,
    );
  },
);
