import { Answer, obeys } from "../dialect.ts";
import { isIdToken, readIdToken } from "./id_token.ts";
import { refusing } from "./status_info.ts";

/** Lets a driver swap a battery (2.1 S02). What goes in and out is told in BatterySwap. */
export const requestBatterySwap = obeys<"2.1", "RequestBatterySwap">(
  (station, { requestId, idToken }) => {
    const { swaps } = station.services.facilities;
    const reject = refusing(station, "RequestBatterySwap", "Rejected");
    if (!isIdToken(idToken)) return reject("InvalidIdToken", "it names no token");
    const obstacle = swaps.obstacle();
    if (obstacle !== null) return reject("Unspecified", `no battery can be swapped: ${obstacle}`);
    return new Answer(
      { status: "Accepted" },
      () => swaps.begin(requestId, readIdToken(idToken)),
    );
  },
);
