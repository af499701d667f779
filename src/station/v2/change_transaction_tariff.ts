import { Answer, obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";
import { readTariff } from "./tariff.ts";

/** Gives a running transaction another tariff from now on, in the same currency (2.1 I11). */
export const changeTransactionTariff = obeys<"2.1", "ChangeTransactionTariff">(
  (station, { transactionId, tariff }) => {
    const running = station.services.facilities.running(transactionId);
    if (running === null) {
      const refuse = refusing(station, "ChangeTransactionTariff", "TxNotFound");
      return refuse("TxNotFound", `transaction "${transactionId}" is not running`);
    }
    const read = readTariff(tariff);
    if ("why" in read) {
      return refusing(station, "ChangeTransactionTariff", read.status)(read.reasonCode, read.why);
    }
    const { facilities } = station.services;
    if (facilities.tariffs.change(running, read.tariff)) {
      return new Answer({ status: "Accepted" }, () => facilities.tariffChanged(transactionId));
    }
    const refuse = refusing(station, "ChangeTransactionTariff", "NoCurrencyChange");
    return refuse("InvalidValue", `it is in ${read.tariff.currency}, and the transaction is not`);
  },
);
