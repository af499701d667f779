import { Answer, obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/**
 * Which ways of energy transfer a car may choose anew (2.1 Q02). One that speaks ISO 15118 does, and
 * tells its needs again.
 */
export const notifyAllowedEnergyTransfer = obeys<"2.1", "NotifyAllowedEnergyTransfer">(
  (station, { transactionId, allowedEnergyTransfer }) => {
    const reject = refusing(station, "NotifyAllowedEnergyTransfer", "Rejected");
    const { facilities } = station.services;
    const running = facilities.running(transactionId);
    if (running === null) {
      return reject("TxNotFound", `transaction "${transactionId}" is not running`);
    }
    const { id } = running.connector;
    if (station.meter(id)?.car?.iso15118 === undefined) {
      return reject("UnsupportedParam", "its car does not renegotiate (ISO 15118-20)");
    }
    return new Answer({ status: "Accepted" }, () => {
      facilities.smart.allowTransfer(id, allowedEnergyTransfer);
    });
  },
);
