import { obeys } from "../dialect.ts";

/** Ends a transaction that is running (§5.12). */
export const remoteStopTransaction = obeys<"1.6", "RemoteStopTransaction">(
  (station, { transactionId }) => {
    // A lenient station may get null, which is the id of all that the CSMS has not named yet.
    const isNumber = typeof transactionId === "number";
    if (isNumber && station.remoteStop(transactionId)) return { status: "Accepted" };
    station.log.info("RemoteStopTransaction is rejected: no such transaction is running", {
      transactionId,
    });
    return { status: "Rejected" };
  },
);
