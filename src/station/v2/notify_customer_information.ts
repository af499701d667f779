import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeTime } from "../time.ts";

type Event = Spoken["customerInformation"]["event"];

/** A part of what is known of a customer, or that it is forgotten (N09, N10). */
export const notifyCustomerInformation = says<"2.0.1", "NotifyCustomerInformation", Event, void>({
  action: "NotifyCustomerInformation",
  request: ({ requestId, items, seqNo, isContinued, at }) => ({
    requestId,
    data: items.join(""),
    seqNo,
    tbc: isContinued,
    generatedAt: writeTime(at),
  }),
  answer() {},
});
