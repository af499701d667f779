import type { Connector } from "./connector.ts";
import { knownHere } from "./tokens/local_authorization.ts";
import type { Reservation } from "./tokens/reservation.ts";
import { type ReservationEnd, Reservations } from "./tokens/reservations.ts";
import type { IdToken } from "./words.ts";
import type { Works } from "./works.ts";

/** Reservations where they meet connectors: who is kept out, and what a connector shows. */
export class Reserving {
  readonly #works: Works;
  /** Made when the first is asked for. */
  #reservations: Reservations | null = null;

  constructor(works: Works) {
    this.#works = works;
  }

  get reservations(): Reservations {
    return this.#reservations ??= new Reservations({
      now: () => this.#works.now(),
      reservationEnded: (reservation, why) => this.#ended(reservation, why),
    }, this.#works.clock);
  }

  /** Why a reservation keeps this token from a connector; `null`: none does. */
  against({ id }: Connector, idToken: IdToken, groupId: IdToken | null): string | null {
    const group = groupId ?? knownHere(this.#works, idToken)?.groupId ?? null;
    const blocked = this.#reservations?.blocks(id, idToken, group, this.#works.connectors());
    return blocked === true ? `Connector ${id} is reserved for somebody else` : null;
  }

  /**
   * The same of a token that nobody was asked about yet: where a reservation is for a group, and nothing
   * is known here of the token, the CSMS has to say to which it belongs (1.6 §5.13).
   */
  againstUnasked(connector: Connector, idToken: IdToken): string | null {
    const isForGroup = this.#reservations?.all.some(({ connectorId, groupId }) =>
      groupId !== null && (connectorId === 0 || connectorId === connector.id)
    );
    if (isForGroup === true && knownHere(this.#works, idToken) === null) return null;
    return this.against(connector, idToken, null);
  }

  /** The reservation that a token meets by using a connector, which is over then. */
  take({ id }: Connector, idToken: IdToken, groupId: IdToken | null): number | null {
    const group = groupId ?? knownHere(this.#works, idToken)?.groupId ?? null;
    return this.#reservations?.use(id, idToken, group)?.id ?? null;
  }

  /** A connector went out of service: nobody can keep it for anybody. */
  drop({ id }: Connector): void {
    this.#reservations?.remove(id);
  }

  /** The whole station did (1.6 §5.13). */
  dropAll(): void {
    this.#reservations?.remove(0);
  }

  stop(): void {
    this.#reservations?.stop();
  }

  #ended({ id, connectorId }: Reservation, why: ReservationEnd): void {
    this.#works.log.info(`A reservation is over: ${why}`, {
      reservation: id,
      connector: connectorId,
    });
    this.#works.reactions.reservationOver(id, why);
    const connector = this.#works.all.get(connectorId);
    if (connector?.state.reservationId === id) connector.apply({ type: "released" });
  }
}
