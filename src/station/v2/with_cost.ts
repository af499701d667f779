import type { Outgoing } from "../dialect.ts";
import type { TransactionAnswer, TransactionEvent } from "../spoken.ts";
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

/** The same in 2.1, where the event itself tells the cost by a tariff of the station (I12). */
export function tellingCost<Event extends TransactionEvent>(
  message: Outgoing<Event, TransactionAnswer>,
): Outgoing<Event, TransactionAnswer> {
  return {
    ...hearingCost(message),
    request(event) {
      const payload = message.request(event);
      const { cost } = event;
      if (payload === null || cost === undefined || cost === null) return payload;
      const transactionInfo = { ...payload.transactionInfo as object, tariffId: cost.tariffId };
      return { ...payload, transactionInfo, costDetails: writeCostDetails(cost) };
    },
  };
}
