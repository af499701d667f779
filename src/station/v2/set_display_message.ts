import { obeys } from "../dialect.ts";
import { readDisplayMessage } from "./display_message.ts";
import { evseFault } from "./evse.ts";
import { needObject } from "./need.ts";
import { refusing } from "./status_info.ts";

/** Puts a message on a display, or replaces the one with its id (O01, O02, O06). */
export const setDisplayMessage = obeys<"2.1", "SetDisplayMessage">((station, { message }) => {
  needObject(needObject(message, "message").message, "message.message");
  const evse = message.display?.evse;
  const fault = evse === undefined ? null : evseFault(station, evse.id, evse.connectorId);
  if (fault !== null) return refusing(station, "SetDisplayMessage", "Rejected")(...fault);
  const refusal = station.services.facilities.displays.set(readDisplayMessage(message));
  if (refusal === null) return { status: "Accepted" };
  const { status, reason } = refusal;
  const code = status === "UnknownTransaction" ? "TxNotFound" : "InvalidValue";
  return refusing(station, "SetDisplayMessage", status)(code, reason);
});
