import type { Connector } from "../connector.ts";
import { isRunning } from "../connector_state.ts";
import { startPoint, type TxPoint } from "./tx_points.ts";
import type { Works } from "../works.ts";

/** With what a transaction may begin on a connector now (2.x E01); `null`: it may not. */
export function startPointAt(
  { line, settings }: Pick<Works, "line" | "settings">,
  { grant, isFlowing, state, status }: Connector,
): TxPoint | null {
  if (status === "Faulted" || status === "Unavailable") return null;
  // Nobody said whose the car is: it takes an accepted boot, and a connector that is kept for nobody.
  const mayBegin = line.accepted || settings.get("txBeforeAcceptedEnabled");
  if (grant === null && (!mayBegin || status === "Reserved")) return null;
  const { plugged } = state;
  const authorized = grant !== null;
  const closed = plugged && authorized && (status === "Preparing" || isRunning(state));
  const holding = { plugged, authorized, closed, flowing: isFlowing };
  return startPoint(settings.get("txStartPoint"), holding);
}
