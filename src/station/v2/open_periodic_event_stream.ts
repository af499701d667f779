import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeStream } from "./stream_params.ts";

/** Asks whether the CSMS wants a stream of monitored values (2.1 N11). */
export const openPeriodicEventStream = says<
  "2.1",
  "OpenPeriodicEventStream",
  Spoken["streamOpened"]["event"],
  boolean
>({
  action: "OpenPeriodicEventStream",
  request: (stream) => ({ constantStreamData: writeStream(stream) }),
  answer: ({ status }) => status === "Accepted",
});
