import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Ends a transaction that is running (F03). */
export const requestStopTransaction = obeys<"2.1", "RequestStopTransaction">(
  (station, { transactionId }) => {
    const isText = typeof transactionId === "string";
    if (isText && station.remoteStop(transactionId)) return { status: "Accepted" };
    const reject = refusing(station, "RequestStopTransaction", "Rejected");
    return reject("UnknownTxId", `no transaction "${transactionId}" is running`);
  },
);
