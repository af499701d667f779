import type { Charger } from "../charger.ts";
import type { ReasonCode } from "./status_info.ts";

/** Why something is refused. */
export type Fault = readonly [reasonCode: ReasonCode, why: string];

/** What is wrong with a place; `null`: nothing. Each EVSE has connector 1 and no other. */
export function evseFault(
  station: Pick<Charger, "connector">,
  id: number | undefined,
  connectorId = 1,
): Fault | null {
  if (id === undefined || station.connector(id) === undefined) {
    return ["UnknownEvse", `there is no EVSE ${id}`];
  }
  if (connectorId === 1) return null;
  return ["UnknownConnectorId", `EVSE ${id} has connector 1 only, found: ${connectorId}`];
}
