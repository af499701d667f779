import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Which ways of energy transfer a car may choose anew (2.1 Q02): none here speaks ISO 15118-20. */
export const notifyAllowedEnergyTransfer = obeys<"2.1", "NotifyAllowedEnergyTransfer">(
  (station, { transactionId }) => {
    const reject = refusing(station, "NotifyAllowedEnergyTransfer", "Rejected");
    if (station.services.facilities.running(transactionId) === null) {
      return reject("TxNotFound", `transaction "${transactionId}" is not running`);
    }
    return reject("UnsupportedParam", "its car does not renegotiate (ISO 15118-20)");
  },
);
