import type { ConnectorFacts } from "../charger.ts";
import type { IdToken } from "../words.ts";
import { sameGroup, sameToken } from "./token.ts";

/** A connector that is kept for somebody. Plain JSON. */
export interface Reservation {
  readonly id: number;
  /** 0: any; one must be left for it. */
  readonly connectorId: number;
  /** With connector 0: the type that it must have, as connectors name theirs; absent: any. */
  readonly connectorType?: string;
  /** With connector 0: the connectors that cannot be spared for it show that they are reserved (2.x H01.FR.20). */
  readonly isShown?: boolean;
  readonly idToken: IdToken;
  /** Whoever belongs to this group may use it too. */
  readonly groupId: IdToken | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What a CSMS is told that wants to reserve (1.6 §7.43, 2.x ReserveNowStatusEnumType). */
export type ReservationVerdict = "Accepted" | "Faulted" | "Occupied" | "Rejected" | "Unavailable";

/** As much of a connector as reservations look at. */
export type Place = Pick<ConnectorFacts, "id" | "plugged" | "status" | "type">;

/**
 * Whether something can be reserved (1.6 §5.13, 2.x H01).
 * @param others the reservations that stay, without the one that this replaces
 */
export function judge(
  wanted: Reservation,
  others: readonly Reservation[],
  places: readonly Place[],
): ReservationVerdict {
  const free = freePlaces(others, places);
  const open = openOf(others);
  if (wanted.connectorId === 0) {
    const fitting = places.filter((place) => fits(wanted, place));
    if (fitting.length === 0) return "Rejected";
    return served([...open, wanted], free) > open.length ? "Accepted" : whyNone(fitting);
  }
  const place = places.find(({ id }) => id === wanted.connectorId);
  if (place === undefined) return "Rejected";
  if (place.status === "Faulted" || place.status === "Unavailable") return place.status;
  return free.includes(place) && !isNeeded(place, open, free) ? "Accepted" : "Occupied";
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
  const strangers = openOf(reservations).filter((one) => !fulfils(one, idToken, groupId));
  const place = places.find(({ id }) => id === connectorId);
  return place !== undefined && isNeeded(place, strangers, freePlaces(reservations, places));
}

/**
 * The reservation for no connector in particular that a connector is held for, so that it shows it;
 * `null`: it can be spared (2.x H01.FR.20, FR.24).
 */
export function holderOf(
  place: Place,
  reservations: readonly Reservation[],
  places: readonly Place[],
): Reservation | null {
  const open = openOf(reservations).filter(({ isShown }) => isShown === true);
  if (!isNeeded(place, open, freePlaces(reservations, places))) return null;
  return open.find((one) => fits(one, place)) ?? null;
}

/** The reservations that no connector is left for, as too many went out of service (2.x H01.FR.17): the last ones. */
export function unserved(
  reservations: readonly Reservation[],
  places: readonly Place[],
): readonly Reservation[] {
  const inService = places.filter(({ id, status }) =>
    status !== "Faulted" && status !== "Unavailable" &&
    !reservations.some((one) => one.connectorId === id)
  );
  const left: Reservation[] = [];
  return openOf(reservations).filter((one) => {
    if (served([...left, one], inService) === left.length) return true;
    left.push(one);
    return false;
  });
}

/** Whether a reservation is for this token, or for its group (1.6 §5.13, §3.10; 2.x H03). */
export function fulfils(
  reservation: Reservation,
  idToken: IdToken,
  groupId: IdToken | null,
): boolean {
  return sameToken(reservation.idToken, idToken) || sameGroup(reservation.groupId, groupId);
}

/** Whether a reservation can be used at a connector, whosoever it is. */
export function fits(
  { connectorId, connectorType }: Reservation,
  { id, type }: Pick<Place, "id" | "type">,
): boolean {
  if (connectorId !== 0) return connectorId === id;
  return connectorType === undefined || connectorType === type;
}

/** Those that name no connector. */
function openOf(reservations: readonly Reservation[]): readonly Reservation[] {
  return reservations.filter(({ connectorId }) => connectorId === 0);
}

/** Whether fewer reservations that name no connector could be served without this one. */
function isNeeded(
  place: Place,
  open: readonly Reservation[],
  free: readonly Place[],
): boolean {
  const elsewhere = free.filter(({ id }) => id !== place.id);
  return open.length > 0 && served(open, [...elsewhere, place]) > served(open, elsewhere);
}

/** For how many reservations that name no connector there is one, each having a connector to itself. */
function served(open: readonly Reservation[], free: readonly Place[]): number {
  const types = new Set(open.flatMap(({ connectorType }) => connectorType ?? []));
  let typed = 0;
  for (const wanted of types) {
    typed += Math.min(
      open.filter(({ connectorType }) => connectorType === wanted).length,
      free.filter(({ type }) => type === wanted).length,
    );
  }
  const untyped = open.filter(({ connectorType }) => connectorType === undefined).length;
  return typed + Math.min(untyped, free.length - typed);
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
