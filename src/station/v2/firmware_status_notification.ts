import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Said = Spoken["firmwareStatus"];

/** How a firmware update is getting on (L01). Idle belongs to no request. */
export const firmwareStatusNotification = says<
  "2.0.1",
  "FirmwareStatusNotification",
  Said["event"],
  Said["answer"]
>({
  action: "FirmwareStatusNotification",
  request: ({ status, requestId }) => ({ status, requestId: requestId ?? undefined }),
  answer() {},
});
