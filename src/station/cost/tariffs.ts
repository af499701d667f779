import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import type { ConnectorFacts } from "../charger.ts";
import { PHASE_VOLTS, supplyOf } from "../energy/supply.ts";
import type { TransactionFacts } from "../spoken.ts";
import { advanceBill, type Bill, changeTariff, openBill } from "./bill.ts";
import { type CostDetails, costDetails } from "./cost_details.ts";
import type { Tariff } from "./tariff.ts";

/** A tariff and the connectors that it is the default of. Plain JSON. */
export interface TariffAssignment {
  readonly tariff: Tariff;
  readonly connectorIds: readonly number[];
}

/** How a connector with a running transaction stands. */
export interface Running {
  readonly connector: Pick<ConnectorFacts, "id" | "type" | "maxPower">;
  readonly transaction: TransactionFacts;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The import register, in Wh. */
  readonly meterWh: number;
  /** Whether energy flows from now on. */
  readonly charging: boolean;
}

/** The volts of what most cars take with direct current. */
const DC_VOLTS = 400;
const NONE: readonly TariffAssignment[] = [];
const NO_BILLS: Readonly<Record<string, Bill>> = {};

/** The tariffs of a station, and what its transactions cost by them (2.1 part 2 I07 to I12). */
export class Tariffs {
  /** In the order in which they came. */
  readonly #kept: Cell<readonly TariffAssignment[]>;
  /** By our id of a running transaction. */
  readonly #bills: Cell<Readonly<Record<string, Bill>>>;

  constructor(memory: Remembering = FORGETFUL) {
    this.#kept = new Cell(memory, "tariffs", NONE);
    this.#bills = new Cell(memory, "bills", NO_BILLS);
  }

  get defaults(): readonly TariffAssignment[] {
    return this.#kept.value;
  }

  /**
   * A default for connectors, from its `validFrom` on, in the place of what they have (I07). One that
   * is to come does not end the one that holds. `false`: there is another with its id.
   */
  setDefault(tariff: Tariff, connectorIds: readonly number[], at: number): boolean {
    if (this.defaults.some((one) => one.tariff.id === tariff.id)) return false;
    const isToCome = (tariff.validFrom ?? 0) > at;
    const others = this.defaults.map((one) => {
      if (((one.tariff.validFrom ?? 0) > at) !== isToCome) return one;
      return { ...one, connectorIds: one.connectorIds.filter((id) => !connectorIds.includes(id)) };
    });
    this.#kept.value = [...others, { tariff, connectorIds }].filter(isUsed);
    return true;
  }

  /** The default of a connector at a moment (milliseconds since 1970); `null`: it has none. */
  defaultOf(connectorId: number, at: number): Tariff | null {
    let found: Tariff | null = null;
    for (const { tariff, connectorIds } of this.defaults) {
      if (!connectorIds.includes(connectorId) || (tariff.validFrom ?? 0) > at) continue;
      if (found === null || (tariff.validFrom ?? 0) >= (found.validFrom ?? 0)) found = tariff;
    }
    return found;
  }

  /** The defaults of a connector, those to come included, or with 0 of all (I09). */
  list(connectorId: number): readonly TariffAssignment[] {
    return this.defaults.filter(({ connectorIds }) =>
      connectorId === 0 || connectorIds.includes(connectorId)
    );
  }

  /** Takes defaults away from a connector, or with 0 from all, and says which (I10). */
  clear(ids: readonly string[] | null, connectorId: number): readonly string[] {
    const meant = this.list(connectorId).filter(({ tariff }) => ids?.includes(tariff.id) ?? true);
    this.#kept.value = this.defaults.map((one) =>
      meant.includes(one)
        ? { ...one, connectorIds: one.connectorIds.filter((id) => isNot(connectorId, id)) }
        : one
    ).filter(isUsed);
    return meant.map(({ tariff }) => tariff.id);
  }

  /** A transaction begins: what it costs is reckoned from here on, if there is a tariff for it. */
  begin(running: Running): void {
    const { connector, transaction, at } = running;
    const tariff = this.defaultOf(connector.id, at);
    if (tariff !== null) this.#keep(transaction, open(tariff, running));
  }

  /** A transaction that begins has a tariff of its driver's own, in the place of the default (I08). */
  give(running: Running, tariff: Tariff): void {
    const bill = this.#bills.value[running.transaction.id];
    // Nothing was used: what the default takes once is not to be paid.
    const isNew = bill === undefined || bill.chargingS + bill.idleS === 0;
    if (isNew) this.#keep(running.transaction, open(tariff, running));
    else this.change(running, tariff);
  }

  /**
   * Another tariff for a running transaction (I11); one that had none costs from now on. `false`: it
   * is in another currency.
   */
  change(running: Running, tariff: Tariff): boolean {
    const bill = this.#bills.value[running.transaction.id];
    if (bill === undefined) {
      this.#keep(running.transaction, open(tariff, running));
      return true;
    }
    if (bill.tariff.currency !== tariff.currency) return false;
    this.#keep(running.transaction, changeTariff(advanceBill(bill, running), tariff));
    return true;
  }

  /** What a transaction costs by now (I12); `null`: it has no tariff. Ask whenever it changes. */
  costOf(running: Running): CostDetails | null {
    const bill = this.#bills.value[running.transaction.id];
    if (bill === undefined) return null;
    const now = advanceBill(bill, running);
    this.#keep(running.transaction, now);
    return costDetails(now);
  }

  /** It is over: its last cost was told. */
  end({ id }: TransactionFacts): void {
    if (this.#bills.value[id] === undefined) return;
    const { [id]: _, ...others } = this.#bills.value;
    this.#bills.value = Object.keys(others).length === 0 ? NO_BILLS : others;
  }

  #keep({ id }: TransactionFacts, bill: Bill): void {
    this.#bills.value = { ...this.#bills.value, [id]: bill };
  }
}

function open(tariff: Tariff, running: Running): Bill {
  const { connector, transaction, at, meterWh, charging } = running;
  const { current } = supplyOf(connector.type, connector.maxPower);
  return openBill({
    tariff,
    evseKind: current,
    // The amperes of all phases together are those of one phase with all the power.
    volts: current === "DC" ? DC_VOLTS : PHASE_VOLTS,
    at,
    meterWh,
    charging,
    reserved: transaction.reservationId !== null,
  });
}

function isUsed({ connectorIds }: TariffAssignment): boolean {
  return connectorIds.length > 0;
}

/** Whether a connector keeps what is taken from another, 0 being all. */
function isNot(connectorId: number, id: number): boolean {
  return connectorId !== 0 && connectorId !== id;
}
