import type { Cancel, Clock } from "../../clock/mod.ts";
import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import type { IdToken } from "../words.ts";
import {
  fits,
  fulfils,
  holderOf,
  isKept,
  judge,
  type Place,
  type Reservation,
  type ReservationVerdict,
  unserved,
} from "./reservation.ts";

/** Why a reservation is no more. `removed`: its connector went out of service. */
export type ReservationEnd = "cancelled" | "expired" | "removed" | "replaced" | "used";

/** The station, as its reservations see it. */
export interface ReservationsOwner {
  /** The station's clock: milliseconds since 1970. */
  now(): number;
  /**
   * It is not in force any more: its connector need not show it. Not called when one for the same
   * connector takes its place.
   */
  reservationEnded(reservation: Reservation, why: ReservationEnd): void;
}

/** The station's clock may be put right meanwhile, so the time is looked at once a minute. */
const LONGEST_WAIT_MS = 60_000;

const NONE: readonly Reservation[] = [];

/** The reservations of one station (1.6 §5.13, 2.x H01–H04). There is a timer only while there are some. */
export class Reservations {
  readonly #owner: ReservationsOwner;
  readonly #clock: Pick<Clock, "after">;
  readonly #kept: Cell<readonly Reservation[]>;
  #cancelTimer: Cancel | null = null;

  constructor(
    owner: ReservationsOwner,
    clock: Pick<Clock, "after">,
    memory: Remembering = FORGETFUL,
  ) {
    this.#owner = owner;
    this.#clock = clock;
    this.#kept = new Cell(memory, "reservations", NONE);
  }

  /** In the order in which they were made. */
  get all(): readonly Reservation[] {
    return this.#kept.value;
  }

  /** Makes one if it can be, in place of one with the same id. */
  reserve(wanted: Reservation, places: readonly Place[]): ReservationVerdict {
    if (!(wanted.expiresAt > this.#owner.now())) return "Rejected";
    const old = this.all.find(({ id }) => id === wanted.id);
    const others = this.all.filter((one) => one !== old);
    const verdict = judge(wanted, others, places);
    if (verdict !== "Accepted") return verdict;
    this.#kept.value = [...others, wanted];
    this.start();
    if (old !== undefined && old.connectorId !== wanted.connectorId) {
      this.#owner.reservationEnded(old, "replaced");
    }
    return verdict;
  }

  /** `false`: there is none with this id. */
  cancel(id: number): boolean {
    return this.#end("cancelled", (one) => one.id === id).length > 0;
  }

  /** The one that this token meets on this connector; its own goes before one for any connector. */
  find(
    place: Pick<Place, "id" | "type">,
    idToken: IdToken,
    groupId: IdToken | null,
  ): Reservation | null {
    const met = this.all.filter((one) => fits(one, place) && fulfils(one, idToken, groupId));
    return met.find((one) => one.connectorId === place.id) ?? met[0] ?? null;
  }

  /** A transaction starts: ends the reservation that it fulfils, and says which that was. */
  use(
    place: Pick<Place, "id" | "type">,
    idToken: IdToken,
    groupId: IdToken | null,
  ): Reservation | null {
    const met = this.find(place, idToken, groupId);
    this.#end("used", (one) => one === met);
    return met;
  }

  /** Whether a connector is kept from whoever presents this token. */
  blocks(
    connectorId: number,
    idToken: IdToken,
    groupId: IdToken | null,
    places: readonly Place[],
  ): boolean {
    return this.all.length > 0 && isKept(connectorId, idToken, groupId, this.all, places);
  }

  /** The one that names no connector and that a connector is held for, so that it shows it; `null`: none. */
  holder(place: Place, places: readonly Place[]): Reservation | null {
    return this.all.length === 0 ? null : holderOf(place, this.all, places);
  }

  /** A connector, or with 0 the whole station, became Faulted or Unavailable (1.6 §5.13 (3), 2.x H01). */
  remove(connectorId: number, places: readonly Place[]): void {
    this.#end("removed", (one) => connectorId === 0 || one.connectorId === connectorId);
    const beyond = unserved(this.all, places);
    this.#end("removed", (one) => beyond.includes(one));
  }

  /** Watches over the time again after {@link Reservations.stop}. */
  start(): void {
    this.stop();
    if (this.all.length === 0) return;
    const next = Math.min(...this.all.map(({ expiresAt }) => expiresAt));
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(0, next - this.#owner.now()));
    this.#cancelTimer = this.#clock.after(wait, () => this.#expire());
  }

  /** Lets go of the timer. The reservations stay. */
  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #expire(): void {
    const now = this.#owner.now();
    this.#end("expired", ({ expiresAt }) => expiresAt <= now);
    this.start();
  }

  #end(why: ReservationEnd, which: (one: Reservation) => boolean): readonly Reservation[] {
    const ended = this.all.filter(which);
    if (ended.length === 0) return ended;
    const left = this.all.filter((one) => !ended.includes(one));
    this.#kept.value = left.length === 0 ? NONE : left;
    this.start();
    for (const one of ended) this.#owner.reservationEnded(one, why);
    return ended;
  }
}
