import type { v16 } from "../../ocpp/mod.ts";
import type { Triggered } from "../charger.ts";
import { obeys } from "../dialect.ts";
import { trigger } from "./trigger.ts";

/** Says something now because the CSMS asks for it (§5.17). */
export const triggerMessage = obeys<"1.6", "TriggerMessage">(
  (station, { requestedMessage, connectorId }) =>
    trigger(station, MESSAGES.get(requestedMessage), connectorId),
);

/** §7.32 */
const MESSAGES = new Map(
  Object.entries(
    {
      BootNotification: "boot",
      DiagnosticsStatusNotification: "logStatus",
      FirmwareStatusNotification: "firmwareStatus",
      Heartbeat: "heartbeat",
      MeterValues: "meterValues",
      StatusNotification: "status",
    } as const satisfies Record<v16.MessageTrigger, Triggered>,
  ),
);
