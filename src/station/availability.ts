import type { Charging } from "./transactions/charging.ts";
import type { Connector } from "./connector.ts";
import { Cell } from "./memory/cell.ts";
import type { Status } from "./status_reporter.ts";
import type { Fault } from "./words.ts";
import type { Works } from "./works.ts";

const IN_SERVICE: Status = { status: "Available", fault: null };
const OUT_OF_SERVICE: Status = { status: "Unavailable", fault: null };
const NONE: readonly Connector[] = [];

/** What a restart changes nothing about. Plain JSON. */
interface AvailabilityRecord {
  /** Of the station as a whole, as it is wanted. */
  readonly operative: boolean;
  /** Ids of the connectors that are closed for an installation only. */
  readonly closed: readonly number[];
}

const ALL_OPEN: AvailabilityRecord = { operative: true, closed: [] };

/** Whether the station and its connectors are for use, also after a restart (1.6 §5.2, 2.x G03 and G04). */
export class Availability {
  readonly #works: Works;
  readonly #charging: Charging;
  readonly #kept: Cell<AvailabilityRecord>;
  /** Of the station as a whole. */
  #fault: Fault | null = null;
  #status: Status;
  /** Those that are closed for an installation only. */
  #closed = NONE;

  constructor(works: Works, charging: Charging) {
    this.#works = works;
    this.#charging = charging;
    this.#kept = new Cell(works.memory, "availability", ALL_OPEN);
    this.#status = this.#kept.value.operative ? IN_SERVICE : OUT_OF_SERVICE;
  }

  /** Of the station as a whole. */
  get status(): Status {
    return this.#status;
  }

  /** `Scheduled`: a transaction is in the way. Connector 0 is the station with all connectors. */
  change(connectorId: number, operative: boolean): "Accepted" | "Rejected" | "Scheduled" {
    if (connectorId !== 0) {
      const connector = this.#works.all.get(connectorId);
      if (connector === undefined) return "Rejected";
      return this.#order(connector, operative) ? "Accepted" : "Scheduled";
    }
    this.#keep(operative);
    const changed = Array.from(
      this.#works.all.values(),
      (connector) => this.#order(connector, operative),
    );
    this.settle();
    return changed.every(Boolean) ? "Accepted" : "Scheduled";
  }

  /** Something is wrong with the station as a whole, or with `null` no longer. */
  stationFault(fault: Fault | null): void {
    this.#fault = fault;
    this.settle();
  }

  /** Looks again at the station as a whole: it is out of service once nothing runs (G03.FR.05). */
  settle(): void {
    const { all, reactions } = this.#works;
    const isInUse = [...all.values()].some((connector) => connector.isInUse);
    const before = this.#status;
    const status = this.#fault !== null
      ? "Faulted"
      : this.#kept.value.operative || isInUse
      ? "Available"
      : "Unavailable";
    if (status === before.status && this.#fault === before.fault) return;
    this.#status = { status, fault: this.#fault };
    reactions.stationMoved(before.status, this.#status);
  }

  /**
   * While a firmware is installed (L01.FR.07), or a reset waits or goes on (B12), connectors cannot be used;
   * what is in use as soon as it is not.
   * @param which all unless given
   */
  close(closed: boolean, which: readonly Connector[] = [...this.#works.all.values()]): void {
    const connectors = which.filter((connector) =>
      closed
        ? connector.state.operative && connector.scheduled === null
        : this.#closed.includes(connector)
    );
    const others = this.#closed.filter((connector) => !connectors.includes(connector));
    this.#closed = closed ? [...others, ...connectors] : others;
    this.#keep();
    for (const connector of connectors) this.#changeOne(connector, !closed);
  }

  /** What was to be closed for an installation only is open again: the restart ended that. */
  wake(): void {
    const ids = this.#kept.value.closed;
    this.#closed = [...this.#works.all.values()].filter(({ id }) => ids.includes(id));
    this.close(false);
  }

  /** As it was ordered from outside: that lasts longer than an installation. */
  #order(connector: Connector, operative: boolean): boolean {
    if (!this.#closed.includes(connector)) return this.#changeOne(connector, operative);
    if (!operative) {
      this.#closed = this.#closed.filter((one) => one !== connector);
      this.#keep();
    }
    return !connector.isInUse;
  }

  #keep(operative = this.#kept.value.operative): void {
    const closed = this.#closed.map(({ id }) => id);
    this.#kept.value = operative && closed.length === 0 ? ALL_OPEN : { operative, closed };
  }

  /** `false`: once its transaction has ended. */
  #changeOne(connector: Connector, operative: boolean): boolean {
    if (connector.isInUse) {
      connector.scheduled = operative === connector.state.operative
        ? null
        : operative
        ? "operative"
        : "inoperative";
      return connector.scheduled === null;
    }
    connector.scheduled = null;
    if (!operative) {
      if (connector.state.phase === "preparing") this.#charging.giveUp(connector);
      this.#works.reserving.drop(connector);
    }
    connector.apply({ type: operative ? "operative" : "inoperative" });
    return true;
  }
}
