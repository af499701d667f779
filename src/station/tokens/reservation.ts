import type { ConnectorFacts } from "../charger.ts";
import type { IdToken } from "../words.ts";
import { sameGroup, sameToken } from "./token.ts";

/** A connector that is kept for somebody. Plain JSON. */
export interface Reservation {
  readonly id: number;
  /** 0: any; one must be left for it. */
  readonly connectorId: number;
  readonly idToken: IdToken;
  /** Whoever belongs to this group may use it too. */
  readonly groupId: IdToken | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What a CSMS is told that wants to reserve (1.6 §7.43, 2.x ReserveNowStatusEnumType). */
export type ReservationVerdict = "Accepted" | "Faulted" | "Occupied" | "Rejected" | "Unavailable";

/** As much of a connector as reservations look at. */
export type Place = Pick<ConnectorFacts, "id" | "plugged" | "status">;

/**
 * Whether a connector can be reserved (1.6 §5.13, 2.x H01), connector 0 meaning any.
 * @param others the reservations that stay, without the one that this replaces
 */
export function judge(
  connectorId: number,
  others: readonly Reservation[],
  places: readonly Place[],
): ReservationVerdict {
  const free = freePlaces(others, places);
  const isEnough = free.length > others.filter((one) => one.connectorId === 0).length;
  if (connectorId === 0) return isEnough ? "Accepted" : whyNone(places);
  const place = places.find(({ id }) => id === connectorId);
  if (place === undefined) return "Rejected";
  if (place.status === "Faulted" || place.status === "Unavailable") return place.status;
  return isEnough && free.includes(place) ? "Accepted" : "Occupied";
}

/**
 * Whether reservations keep a connector from whoever presents this token: its own, or those for any
 * connector when no other is left for them (1.6 §5.13, 2.x H01, H03).
 */
export function isKept(
  connectorId: number,
  idToken: IdToken,
  groupId: IdToken | null,
  reservations: readonly Reservation[],
  places: readonly Place[],
): boolean {
  const own = reservations.find((one) => one.connectorId === connectorId);
  if (own !== undefined) return !fulfils(own, idToken, groupId);
  const strangers = reservations.filter((one) =>
    one.connectorId === 0 && !fulfils(one, idToken, groupId)
  );
  if (strangers.length === 0) return false;
  const elsewhere = freePlaces(reservations, places).filter(({ id }) => id !== connectorId);
  return elsewhere.length < strangers.length;
}

/** Whether a reservation is for this token, or for its group (1.6 §5.13, §3.10; 2.x H03). */
export function fulfils(
  reservation: Reservation,
  idToken: IdToken,
  groupId: IdToken | null,
): boolean {
  return sameToken(reservation.idToken, idToken) || sameGroup(reservation.groupId, groupId);
}

/** Connectors that nobody uses and that no reservation names. */
function freePlaces(reservations: readonly Reservation[], places: readonly Place[]): Place[] {
  return places.filter(({ id, plugged, status }) =>
    (status === "Available" || status === "Reserved") && !plugged &&
    !reservations.some((one) => one.connectorId === id)
  );
}

function whyNone(places: readonly Place[]): ReservationVerdict {
  if (places.every(({ status }) => status === "Faulted")) return "Faulted";
  const isDown = places.every(({ status }) => status === "Faulted" || status === "Unavailable");
  return isDown ? "Unavailable" : "Occupied";
}
