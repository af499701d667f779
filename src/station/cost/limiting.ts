import type { Connector } from "../connector.ts";
import type { Works } from "../works.ts";
import { type LimitReached, limitReached, type TransactionLimit } from "./transaction_limit.ts";

/**
 * The CSMS limits a transaction (2.1 E16.FR.02): what it names takes the place of what it named before,
 * and is told back once (FR.03). One that lifts a limit lets energy flow again.
 */
export function limitGiven(works: Works, transactionId: string, limit: TransactionLimit): void {
  const connector = works.charging.running(transactionId);
  const transaction = connector?.transaction ?? null;
  if (connector === undefined || transaction === null) return;
  const next = { ...transaction.limit, ...limit };
  if (JSON.stringify(next) === JSON.stringify(transaction.limit)) return;
  transaction.limit = next;
  works.log.info("The CSMS limits a transaction", { connector: connector.id, ...limit });
  void works.charging.updated(connector, "LimitSet", []);
  works.limitsChanged();
}

/** The limit that the transaction on a connector has reached, and when one will be by time alone. */
export function limiting(
  works: Works,
  { transaction, meter }: Connector,
): { readonly reached: LimitReached | null; readonly until: number | null } {
  const limit = transaction?.limit ?? null;
  if (transaction === null || limit === null) return NONE;
  const { startedAt, meterStartWh, id } = transaction.facts;
  const at = works.now();
  const reached = limitReached(limit, {
    cost: limit.maxCost === undefined ? null : costOf(works, id),
    energyWh: (meter?.importWh ?? meterStartWh) - meterStartWh,
    seconds: (at - startedAt) / 1000,
    soc: meter?.soc ?? null,
  });
  const isTimed = reached === null && limit.maxTime !== undefined;
  return { reached, until: isTimed ? startedAt + limit.maxTime! * 1000 : null };
}

const NONE = { reached: null, until: null } as const;

/** By a tariff of the station (E16.FR.16), or else as the CSMS said last (FR.15). */
function costOf({ services: { facilities } }: Works, transactionId: string): number | null {
  return facilities.costOf(transactionId)?.total.inclTax ??
    facilities.runningCosts.of(transactionId)?.total ?? null;
}
