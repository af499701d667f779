import { Answer, obeys } from "../dialect.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";

/**
 * Ends transactions and boots again, once the answer is on its way (B11, B12). What the station cannot
 * do is refused: to reset one EVSE, to wait for the end of transactions, and to resume them afterwards.
 */
export const reset = obeys<"2.1", "Reset">((station, { type, evseId }) => {
  const reject = refusing(station, "Reset", "Rejected");
  if (evseId !== undefined) {
    const cannot = ["UnsupportedParam", "an EVSE cannot be reset without the station"] as const;
    return reject(...evseFault(station, evseId) ?? cannot);
  }
  if (type === "Immediate") return new Answer({ status: "Accepted" }, () => station.reset("hard"));
  if (type !== "OnIdle") return reject("UnsupportedParam", `a reset ${type} is not supported`);
  if (station.connectors().some(({ transaction }) => transaction !== null)) {
    return reject("TxInProgress", "a transaction is running, and a reset cannot wait for its end");
  }
  return new Answer({ status: "Accepted" }, () => station.reset("soft"));
});
