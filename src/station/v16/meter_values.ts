import { says } from "../dialect.ts";
import type { Spoken, TransactionAnswer, TransactionEvent } from "../spoken.ts";
import { meterValue } from "./sampled_value.ts";

/** What the meter of a connector reads outside of a transaction; 0 is the main meter (§4.7). */
export const meterValues = says<"1.6", "MeterValues", Spoken["meterValues"]["event"], void>({
  action: "MeterValues",
  request({ connectorId, samples }) {
    const values = meterValue(samples);
    return values.length === 0 ? null : { connectorId, meterValue: values };
  },
  answer() {},
});

/**
 * What the meter reads in a transaction (§4.7). All else that 2.x says in the middle of one is for 1.6 a
 * matter of StatusNotification. Without the id that the CSMS gives, the connector must do.
 */
export const transactionMeterValues = says<
  "1.6",
  "MeterValues",
  TransactionEvent,
  TransactionAnswer
>({
  action: "MeterValues",
  request({ transaction: { connectorId, csmsId }, samples }) {
    const values = meterValue(samples);
    if (values.length === 0) return null;
    return { connectorId, transactionId: csmsId ?? undefined, meterValue: values };
  },
  answer: () => ({ csmsId: null, idTokenInfo: null }),
});
