import type { Charger } from "../charger.ts";
import { Answer, obeys } from "../dialect.ts";
import { readTime } from "../time.ts";
import { evseFault, type Fault } from "./evse.ts";
import { isIdToken, readIdToken } from "./id_token.ts";
import { refusing } from "./status_info.ts";

/** Keeps an EVSE or, without one, any of them for a token or its group (H01). */
export const reserveNow = obeys<"2.1", "ReserveNow">((station, request) => {
  const reject = refusing(station, "ReserveNow", "Rejected");
  const { id, evseId = 0, connectorType, idToken, groupIdToken } = request;
  const expiresAt = readTime(request.expiryDateTime);
  if (!isIdToken(idToken)) return reject("InvalidIdToken", "it has no idToken");
  if (!Number.isSafeInteger(id) || expiresAt === null || expiresAt <= station.now()) {
    return reject("InvalidValue", `it ends at ${request.expiryDateTime}, which is not to come`);
  }
  const why = placeFault(station, request.evseId, connectorType);
  if (why !== null) return reject(...why);
  const status = station.reservations.reserve({
    id,
    connectorId: evseId,
    idToken: readIdToken(idToken),
    groupId: isIdToken(groupIdToken) ? readIdToken(groupIdToken) : null,
    expiresAt,
  }, station.connectors());
  if (status !== "Accepted") return { status };
  return new Answer({ status }, () => station.showReservation(evseId, id));
});

/** What is wrong with the place that is asked for; `null`: nothing. */
function placeFault(
  station: Charger,
  evseId: number | undefined,
  type: string | undefined,
): Fault | null {
  if (evseId !== undefined) {
    const fault = evseFault(station, evseId);
    if (fault !== null) return fault;
    const own = station.connector(evseId)?.type ?? "";
    if (type === undefined || isOfType(own, type)) return null;
    return ["UnknownConnectorType", `the connector of EVSE ${evseId} is not ${type}`];
  }
  if (!station.settings.get("reserveConnectorZeroSupported")) {
    return ["MissingParam", "it names no EVSE, and a reservation of any is not supported"];
  }
  if (type === undefined) return null;
  const fitting = station.connectors().filter((one) => isOfType(one.type, type));
  if (fitting.length === 0) return ["UnknownConnectorType", `no connector is ${type}`];
  if (fitting.length === station.connectors().length) return null;
  return ["UnsupportedParam", `not every connector is ${type}: name an EVSE instead`];
}

/** `cType2`, `sType2` and `cCCS2` of 2.x (ConnectorEnumType) are our `Type2` and `CCS2`. */
function isOfType(own: string, asked: string): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return [bare(asked), bare(asked.replace(/^[csw](?=[A-Z0-9])/, ""))].includes(bare(own));
}
