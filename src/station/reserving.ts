import type { Connector } from "./connector.ts";
import { Cell } from "./memory/cell.ts";
import type { Spoken } from "./spoken.ts";
import { knownHere } from "./tokens/local_authorization.ts";
import type { Reservation } from "./tokens/reservation.ts";
import { type ReservationEnd, Reservations } from "./tokens/reservations.ts";
import type { IdToken } from "./words.ts";
import type { Works } from "./works.ts";

/** What the CSMS does not know already of the end of a reservation (2.x H01, H04). */
const OVER = {
  cancelled: null,
  expired: "Expired",
  removed: "Removed",
  replaced: null,
  used: null,
} as const satisfies Record<ReservationEnd, "Expired" | "Removed" | null>;

/** What the CSMS hears of a reservation that is over. */
type Update = Spoken["reservationStatus"]["event"];

const NONE: readonly Update[] = [];

/** Reservations where they meet connectors: who is kept out, and what a connector shows. */
export class Reserving {
  readonly #works: Works;
  /** Made when the first is asked for. */
  #reservations: Reservations | null = null;
  /** What the CSMS could not be told yet. Made for the first. */
  #untold: Cell<readonly Update[]> | null = null;

  constructor(works: Works) {
    this.#works = works;
  }

  get reservations(): Reservations {
    return this.#reservations ??= new Reservations(
      {
        now: () => this.#works.now(),
        reservationEnded: (reservation, why) => this.#ended(reservation, why),
      },
      this.#works.clock,
      this.#works.memory,
    );
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
  take(connector: Connector, idToken: IdToken, groupId: IdToken | null): number | null {
    const group = groupId ?? knownHere(this.#works, idToken)?.groupId ?? null;
    return this.#reservations?.use(connector, idToken, group)?.id ?? null;
  }

  /** A token took a reservation, and nothing came of it (2.1 H03). */
  wasted(reservationId: number): void {
    void this.#tell({ reservationId, status: "NoTransaction" });
  }

  /** A connector went out of service: nobody can keep it for anybody. */
  drop({ id }: Connector): void {
    this.#reservations?.remove(id, this.#works.connectors());
  }

  /** The whole station did (1.6 §5.13). */
  dropAll(): void {
    this.#reservations?.remove(0, []);
  }

  /** Looks which connectors cannot be spared for reservations that name none: they show it (2.x H01.FR.20). */
  look(): void {
    const reservations = this.#reservations;
    if (reservations === null) return;
    const places = this.#works.connectors();
    for (const place of places) {
      const connector = this.#works.all.get(place.id);
      if (connector === undefined) continue;
      const shown = connector.state.reservationId;
      const own = reservations.all.find(({ connectorId }) => connectorId === place.id);
      const isIdle = place.status === "Available" || (shown !== null && own === undefined);
      if (!isIdle) continue;
      const holder = own === undefined ? reservations.holder(place, places) : null;
      if (holder !== null) connector.apply({ type: "reserved", id: holder.id });
      else if (shown !== null) connector.apply({ type: "released" });
    }
  }

  /** The CSMS can be reached again: it hears what it missed. */
  connected(): void {
    const untold = this.#untold?.value ?? NONE;
    if (this.#untold !== null) this.#untold.value = NONE;
    for (const update of untold) void this.#tell(update);
  }

  /** Takes up what there was when the program ended. */
  wake(): void {
    const { memory } = this.#works;
    if (memory.read("reservationUpdates") !== undefined) {
      this.#untold = new Cell(memory, "reservationUpdates", NONE);
    }
    if (memory.read("reservations") !== undefined) this.reservations.start();
    // What a connector shows follows the answer to the CSMS, and may have been cut off.
    for (const connector of this.#works.all.values()) {
      const own = this.#reservations?.all.find(({ connectorId }) => connectorId === connector.id);
      if (own !== undefined) connector.apply({ type: "reserved", id: own.id });
      else if (connector.state.reservationId !== null) connector.apply({ type: "released" });
    }
    this.look();
  }

  stop(): void {
    this.#reservations?.stop();
  }

  async #tell(update: Update): Promise<void> {
    const { kind } = await this.#works.say("reservationStatus", update);
    if (kind === "offline" || kind === "timeout") this.#missed(update);
  }

  #missed(update: Update): void {
    const untold = this.#untold ??= new Cell(this.#works.memory, "reservationUpdates", NONE);
    untold.value = [...untold.value, update];
  }

  #ended({ id, connectorId }: Reservation, why: ReservationEnd): void {
    this.#works.log.info(`A reservation is over: ${why}`, {
      reservation: id,
      connector: connectorId,
    });
    const status = OVER[why];
    if (status !== null) void this.#tell({ reservationId: id, status });
    const connector = this.#works.all.get(connectorId);
    if (connector?.state.reservationId === id) connector.apply({ type: "released" });
    this.look();
  }
}
