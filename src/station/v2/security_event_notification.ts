import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { cut } from "../traffic/cut.ts";
import { writeTime } from "../time.ts";

type Said = Spoken["securityEvent"];

/** Something happened that concerns security (A04). */
export const securityEventNotification = says<
  "2.0.1",
  "SecurityEventNotification",
  Said["event"],
  Said["answer"]
>({
  action: "SecurityEventNotification",
  request: ({ type, at, info }) => ({
    type: cut(type, 50),
    timestamp: writeTime(at),
    techInfo: cut(info ?? "", 255) || undefined,
  }),
  answer() {},
});
