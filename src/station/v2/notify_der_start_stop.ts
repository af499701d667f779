import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeTime } from "../time.ts";

/** A scheduled DER control has begun, or is over (2.1 R04). */
export const notifyDERStartStop = says<
  "2.1",
  "NotifyDERStartStop",
  Spoken["derStartStop"]["event"],
  void
>({
  action: "NotifyDERStartStop",
  request: ({ controlId, started, at, supersededIds }) => ({
    controlId,
    started,
    timestamp: writeTime(at),
    supersededIds: supersededIds.length === 0 ? undefined : [...supersededIds],
  }),
  answer() {},
});
