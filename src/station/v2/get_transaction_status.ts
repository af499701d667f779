import { obeys } from "../dialect.ts";

/** Whether a transaction goes on, and whether anything of it, or of any, waits to be told (E14). */
export const getTransactionStatus = obeys<"2.1", "GetTransactionStatus">(
  ({ services: { facilities } }, { transactionId }) => {
    const messagesInQueue = facilities.hasMessages(transactionId ?? null);
    if (transactionId === undefined) return { messagesInQueue };
    return { messagesInQueue, ongoingIndicator: facilities.running(transactionId) !== null };
  },
);
