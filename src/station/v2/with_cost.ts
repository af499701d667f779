import type { Outgoing } from "../dialect.ts";
import type { TransactionAnswer, TransactionEvent } from "../spoken.ts";
import { LIMITS, type TransactionLimit } from "../cost/transaction_limit.ts";
import { writeCostDetails } from "./cost_details.ts";

/** An event of a transaction whose answer may tell its cost (I03). */
export function hearingCost<Event>(
  message: Outgoing<Event, TransactionAnswer>,
): Outgoing<Event, TransactionAnswer> {
  return {
    ...message,
    answer(result) {
      const { totalCost } = result;
      const isNumber = typeof totalCost === "number" && Number.isFinite(totalCost);
      return { ...message.answer(result), totalCost: isNumber ? totalCost : null };
    },
  };
}

/**
 * The same in 2.1, which has a word for each trigger, and where the event itself tells the cost by a tariff
 * of the station (I12), the operation mode (Q) and how far the transaction may go, which its answer may
 * change (E16).
 */
export function tellingCost<Event extends TransactionEvent>(
  message: Outgoing<Event, TransactionAnswer>,
): Outgoing<Event, TransactionAnswer> {
  const hearing = hearingCost(message);
  return {
    ...hearing,
    answer(result) {
      const limit = readLimit(result.transactionLimit);
      return limit === null ? hearing.answer(result) : { ...hearing.answer(result), limit };
    },
    request(event) {
      const payload = message.request(event);
      if (payload === null) return null;
      const { operationMode, limit: transactionLimit, cost = null, trigger: triggerReason } = event;
      const transactionInfo = {
        ...payload.transactionInfo as object,
        ...(operationMode === undefined ? {} : { operationMode }),
        ...(transactionLimit === undefined ? {} : { transactionLimit }),
      };
      if (cost === null) return { ...payload, triggerReason, transactionInfo };
      return {
        ...payload,
        triggerReason,
        transactionInfo: { ...transactionInfo, tariffId: cost.tariffId },
        costDetails: writeCostDetails(cost),
      };
    },
  };
}

/** What can be minded of a limit as the CSMS wrote it; `null`: nothing. */
function readLimit(given: unknown): TransactionLimit | null {
  const limits = Object.entries(given ?? {}).filter(([name, most]) =>
    LIMITS.some((one) => one === name) && typeof most === "number" && most >= 0
  );
  return limits.length === 0 ? null : Object.fromEntries(limits);
}
