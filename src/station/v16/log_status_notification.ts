import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Said = Spoken["logStatus"];

/** Whitepaper §5.13: of an upload that GetLog began. It has no word for one that was called off. */
export const logStatusNotification = says<
  "1.6",
  "LogStatusNotification",
  Said["event"],
  Said["answer"]
>({
  action: "LogStatusNotification",
  request({ status, requestId, extended }) {
    if (status === "AcceptedCanceled") return null;
    if (requestId !== null) return { status, requestId };
    return extended === true ? { status } : null;
  },
  answer() {},
});
