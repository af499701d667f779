import type { v21 } from "../../ocpp/mod.ts";
import type { ResetKind } from "../charger.ts";
import { Answer, obeys } from "../dialect.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";

/** ResetEnumType. 2.0.1 has the first two. */
const KINDS = new Map<v21.ResetEnumType, ResetKind>([
  ["Immediate", "immediate"],
  ["OnIdle", "idle"],
  ["ImmediateAndResume", "resume"],
]);

/**
 * Resets the station or one EVSE once the answer is on its way (B11, B12): at once, which ends transactions
 * or lets them go on afterwards (2.1 B13), or Scheduled until none is in the way.
 */
export const reset = obeys<"2.1", "Reset">((station, { type, evseId = null }) => {
  const reject = refusing(station, "Reset", "Rejected");
  const fault = evseId === null ? null : evseFault(station, evseId);
  if (fault !== null) return reject(...fault);
  const kind = KINDS.get(type);
  if (kind === undefined) return reject("UnsupportedParam", `there is no reset ${type}`);
  const isBusy = station.connectors().some(({ id, transaction }) =>
    transaction !== null && (evseId === null || evseId === id)
  );
  const status = kind === "idle" && isBusy ? "Scheduled" : "Accepted";
  return new Answer({ status }, () => station.reset(kind, evseId));
});
