import type { Charger } from "../charger.ts";
import { Answer, obeys } from "../dialect.ts";
import { readTime } from "../time.ts";
import { evseFault, type Fault } from "./evse.ts";
import { isIdToken, readIdToken } from "./id_token.ts";
import { refusing } from "./status_info.ts";

/** Keeps an EVSE or, without one, any of them or any of a type for a token or its group (H01). */
export const reserveNow = obeys<"2.1", "ReserveNow">((station, request) => {
  const reject = refusing(station, "ReserveNow", "Rejected");
  const { id, evseId = 0, idToken, groupIdToken } = request;
  const expiresAt = readTime(request.expiryDateTime);
  if (!station.settings.get("reservationEnabled")) {
    return reject("NotEnabled", "reservations are disabled");
  }
  if (!isIdToken(idToken)) return reject("InvalidIdToken", "it has no idToken");
  if (!Number.isSafeInteger(id) || expiresAt === null || expiresAt <= station.now()) {
    return reject("InvalidValue", `it ends at ${request.expiryDateTime}, which is not to come`);
  }
  const place = readPlace(station, request.evseId, request.connectorType);
  if ("fault" in place) return reject(...place.fault);
  const status = station.reservations.reserve({
    id,
    connectorId: evseId,
    ...place,
    idToken: readIdToken(idToken),
    groupId: isIdToken(groupIdToken) ? readIdToken(groupIdToken) : null,
    expiresAt,
  }, station.connectors());
  if (status === "Accepted") {
    return new Answer({ status }, () => station.showReservation(evseId, id));
  }
  return refusing(station, "ReserveNow", status)(...whyNot(station, evseId));
});

/** The connector that is asked for, where none is named, or what is wrong with it. */
function readPlace(
  station: Charger,
  evseId: number | undefined,
  type: string | undefined,
): { readonly fault: Fault } | { readonly connectorType?: string; readonly isShown?: boolean } {
  if (evseId !== undefined) {
    const fault = evseFault(station, evseId);
    if (fault !== null) return { fault };
    const own = station.connector(evseId)?.type ?? "";
    if (type === undefined || isOfType(own, type)) return {};
    return { fault: ["UnknownConnectorType", `the connector of EVSE ${evseId} is not ${type}`] };
  }
  if (!station.settings.get("reserveConnectorZeroSupported")) {
    const why = "it names no EVSE, and a reservation of any is not supported";
    return { fault: ["MissingParam", why] };
  }
  if (type === undefined) return { isShown: true };
  const fitting = station.connectors().find((one) => isOfType(one.type, type));
  if (fitting !== undefined) return { connectorType: fitting.type, isShown: true };
  return { fault: ["UnknownConnectorType", `no connector is ${type}`] };
}

/** Why a place cannot be kept for anybody. */
function whyNot(station: Charger, evseId: number): Fault {
  const facts = station.connector(evseId);
  if (facts === undefined) return ["Unspecified", "no EVSE that fits can be spared"];
  if (facts.transaction !== null) return ["TxInProgress", `a transaction runs on EVSE ${evseId}`];
  const { status } = facts;
  if (status !== "Available") return ["Unspecified", `EVSE ${evseId} is ${status}`];
  return ["Unspecified", `EVSE ${evseId} is kept for another reservation`];
}

/** `cType2`, `sType2` and `cCCS2` of 2.x (ConnectorEnumType) are our `Type2` and `CCS2`. */
function isOfType(own: string, asked: string): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return [bare(asked), bare(asked.replace(/^[csw](?=[A-Z0-9])/, ""))].includes(bare(own));
}
