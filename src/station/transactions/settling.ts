import type { CostDetails } from "../cost/cost_details.ts";
import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import { failure } from "../line/said.ts";
import type { Said, TransactionAnswer } from "../spoken.ts";
import { isPaidOnSpot } from "../tokens/token.ts";
import type { Transaction } from "./transaction.ts";
import type { Works } from "../works.ts";

/** What is to be booked for a transaction. Plain JSON. */
interface Settlement {
  readonly transactionId: string;
  readonly pspRef: string;
  /** In the currency of its tariff, taxes included. */
  readonly amount: number;
}

const NONE: readonly Settlement[] = [];

/** A year without a CSMS must not fill the memory. */
const MOST_KEPT = 100;

/**
 * The payment terminal of the station books what a transaction cost that began with a card there: what
 * the CSMS says to its end, or else what the station's own tariff makes of it (2.1 C20, C21). What was
 * paid for elsewhere came with a remote start, and is settled there (C24, C25).
 */
export async function settle(
  works: Works,
  { facts }: Transaction,
  cost: CostDetails | null,
  ended: Promise<Said<TransactionAnswer>>,
): Promise<void> {
  const { id: transactionId, idToken, remoteStartId } = facts;
  if (idToken === null || !isPaidOnSpot(idToken) || remoteStartId !== null) return;
  const { settlements } = works.services.facilities;
  const amount = cost?.total.inclTax ?? 0;
  settlements.add({ transactionId, pspRef: idToken.idToken, amount });
  await ended;
  void settlements.flush();
}

/** What was booked, and the CSMS is still to be told, each after the end of its transaction. */
export class Settlements {
  readonly #works: Works;
  /** The oldest first. */
  readonly #kept: Cell<readonly Settlement[]>;
  #isFlushing = false;

  constructor(works: Works, memory: Remembering = FORGETFUL) {
    this.#works = works;
    this.#kept = new Cell(memory, "settlements", NONE);
  }

  add(settlement: Settlement): void {
    this.#kept.value = [...this.#kept.value, settlement].slice(-MOST_KEPT);
  }

  /** The CSMS heard of the end of a transaction. @param total what it says that it costs; `null`: nothing */
  endAnswered(transactionId: string, total: number | null): void {
    if (this.#kept.value === NONE) return;
    if (total !== null) {
      this.#kept.value = this.#kept.value.map((one) =>
        one.transactionId === transactionId ? { ...one, amount: total } : one
      );
    }
    void this.flush();
  }

  /** The CSMS can be reached, or may be: says what is due, one at a time. */
  async flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    try {
      for (;;) {
        const settlement = this.#kept.value.find(({ transactionId }) =>
          !this.#works.line.outbox.holds(transactionId)
        );
        if (settlement === undefined) return;
        const said = await this.#works.say("settlement", { ...settlement, at: this.#works.now() });
        if (said.kind === "offline" || said.kind === "timeout") return;
        if (said.kind !== "answered") {
          const error = failure(said);
          this.#works.log.warn("The CSMS does not take a settlement", { ...settlement, error });
        }
        const { transactionId } = settlement;
        const left = this.#kept.value.filter((one) => one.transactionId !== transactionId);
        this.#kept.value = left.length === 0 ? NONE : left;
      }
    } finally {
      this.#isFlushing = false;
    }
  }
}
