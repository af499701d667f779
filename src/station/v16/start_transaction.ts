import { says } from "../dialect.ts";
import type { TransactionAnswer, TransactionEvent } from "../spoken.ts";
import { readIdTagInfo } from "./id_tag.ts";
import { writeTime } from "../time.ts";

/** A transaction has started (§4.8). */
export const startTransaction = says<
  "1.6",
  "StartTransaction",
  TransactionEvent,
  TransactionAnswer
>({
  action: "StartTransaction",
  request({ transaction: { connectorId, idToken, meterStartWh, reservationId, startedAt } }) {
    return {
      connectorId,
      // Required (§6.45). Nobody was asked for a token: as in 2.x (C02) it is empty, not invented.
      idTag: idToken?.idToken ?? "",
      meterStart: Math.round(meterStartWh),
      reservationId: reservationId ?? undefined,
      timestamp: writeTime(startedAt),
    };
  },
  answer({ transactionId, idTagInfo }) {
    return {
      csmsId: Number.isSafeInteger(transactionId) ? transactionId : null,
      idTokenInfo: idTagInfo ? readIdTagInfo(idTagInfo) : null,
    };
  },
});
