import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeTime } from "../time.ts";

/** What a payment terminal booked for a transaction that was paid for on the spot (2.1 C20, C21). */
export const notifySettlement = says<
  "2.1",
  "NotifySettlement",
  Spoken["settlement"]["event"],
  void
>({
  action: "NotifySettlement",
  request: ({ transactionId, pspRef, amount, at }) => ({
    transactionId,
    pspRef,
    // What cost nothing is not booked: the sum that was set aside is given free.
    status: amount > 0 ? "Settled" : "Canceled",
    settlementAmount: amount,
    settlementTime: writeTime(at),
  }),
  answer() {},
});
