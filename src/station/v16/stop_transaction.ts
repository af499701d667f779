import type { v16 } from "../../ocpp/mod.ts";
import { says } from "../dialect.ts";
import type { TransactionAnswer, TransactionEnded } from "../spoken.ts";
import type { StopReason } from "../words.ts";
import { readIdTagInfo } from "./id_tag.ts";
import { meterValue } from "./sampled_value.ts";
import { writeTime } from "../time.ts";

/** Stands for the id of a transaction whose start the CSMS never acknowledged. */
const UNKNOWN_TRANSACTION = -1;

/** A transaction has ended (§4.10). */
export const stopTransaction = says<
  "1.6",
  "StopTransaction",
  TransactionEnded,
  TransactionAnswer
>({
  action: "StopTransaction",
  request({ transaction, at, reason, stopToken, meterStopWh, samples }) {
    const transactionData = meterValue(samples);
    return {
      transactionId: transaction.csmsId ?? UNKNOWN_TRANSACTION,
      idTag: stopToken?.idToken || undefined,
      meterStop: Math.round(meterStopWh),
      timestamp: writeTime(at),
      // "Local" may be left out (§6.49); a reader of the log is glad that it is not.
      reason: isReason(reason) ? reason : "Other",
      transactionData: transactionData.length === 0 ? undefined : transactionData,
    };
  },
  answer({ idTagInfo }) {
    return { csmsId: null, idTokenInfo: idTagInfo ? readIdTagInfo(idTagInfo) : null };
  },
});

function isReason(reason: StopReason): reason is v16.Reason {
  return Object.hasOwn(REASONS, reason);
}

/** §7.36 */
const REASONS: Readonly<Record<v16.Reason, true>> = {
  DeAuthorized: true,
  EmergencyStop: true,
  EVDisconnected: true,
  HardReset: true,
  Local: true,
  Other: true,
  PowerLoss: true,
  Reboot: true,
  Remote: true,
  SoftReset: true,
  UnlockCommand: true,
};
