import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

/** A stream has ended with its monitor (2.1 N13). */
export const closePeriodicEventStream = says<
  "2.1",
  "ClosePeriodicEventStream",
  Spoken["streamClosed"]["event"],
  void
>({
  action: "ClosePeriodicEventStream",
  request: ({ id }) => ({ id }),
  answer() {},
});
