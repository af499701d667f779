import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Said = Spoken["logStatus"];

/** How the upload of a log is getting on (N01). Idle belongs to no request. */
export const logStatusNotification = says<
  "2.0.1",
  "LogStatusNotification",
  Said["event"],
  Said["answer"]
>({
  action: "LogStatusNotification",
  request: ({ status, requestId }) => ({ status, requestId: requestId ?? undefined }),
  answer() {},
});
