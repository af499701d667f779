import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeIdToken } from "./id_token.ts";

/** A battery went in or out (2.1 S01 to S03). */
export const batterySwap = says<"2.1", "BatterySwap", Spoken["batterySwap"]["event"], void>({
  action: "BatterySwap",
  request: ({ requestId, idToken, event, batteries }) => ({
    requestId,
    idToken: writeIdToken(idToken),
    eventType: event,
    batteryData: batteries.map(({ connectorId, serialNumber, soc, soh }) => ({
      evseId: connectorId,
      serialNumber,
      soC: soc,
      soH: soh,
    })),
  }),
  answer() {},
});
