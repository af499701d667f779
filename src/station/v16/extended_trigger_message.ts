import type { v16 } from "../../ocpp/mod.ts";
import type { Triggered } from "../charger.ts";
import { obeys } from "../dialect.ts";
import { trigger } from "./trigger.ts";

/** TriggerMessage with the messages of the security extension (whitepaper §5). */
export const extendedTriggerMessage = obeys<"1.6", "ExtendedTriggerMessage">(
  (station, { requestedMessage, connectorId }) =>
    trigger(station, MESSAGES.get(requestedMessage), connectorId, true),
);

const MESSAGES = new Map(
  Object.entries(
    {
      BootNotification: "boot",
      FirmwareStatusNotification: "firmwareStatus",
      Heartbeat: "heartbeat",
      LogStatusNotification: "logStatus",
      MeterValues: "meterValues",
      SignChargePointCertificate: "signCertificate",
      StatusNotification: "status",
    } as const satisfies Record<v16.MessageTriggerEnumType, Triggered>,
  ),
);
