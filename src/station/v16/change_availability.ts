import { obeys } from "../dialect.ts";

/** Takes a connector, or with 0 the whole station, out of service or back into it (§5.2). */
export const changeAvailability = obeys<"1.6", "ChangeAvailability">(
  (station, { connectorId, type }) => {
    if (connectorId !== 0 && station.connector(connectorId) === undefined) {
      station.log.info("ChangeAvailability is rejected: there is no such connector", {
        connectorId,
      });
      return { status: "Rejected" };
    }
    if (type !== "Operative" && type !== "Inoperative") return { status: "Rejected" };
    return { status: station.changeAvailability(connectorId, type === "Operative") };
  },
);
