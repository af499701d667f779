import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";

/** What the CSMS said that a transaction costs. Plain JSON. */
export interface RunningCost {
  /** In the currency of the CSMS, taxes included. */
  readonly total: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** So many transactions are remembered, those that ended included. */
const MOST_KEPT = 10;

const NONE: Readonly<Record<string, RunningCost>> = {};

/** What the CSMS says of the costs of transactions, for the driver to see (2.x I02, I03). */
export class RunningCosts {
  /** By our id of the transaction, the latest last. */
  readonly #costs: Cell<Readonly<Record<string, RunningCost>>>;

  constructor(memory: Remembering = FORGETFUL) {
    this.#costs = new Cell(memory, "runningCosts", NONE);
  }

  /** `null`: nothing was said. */
  of(transactionId: string): RunningCost | null {
    return this.#costs.value[transactionId] ?? null;
  }

  keep(transactionId: string, cost: RunningCost): void {
    const { [transactionId]: _, ...others } = this.#costs.value;
    const kept = Object.entries(others).slice(1 - MOST_KEPT);
    this.#costs.value = Object.fromEntries([...kept, [transactionId, cost]]);
  }
}
