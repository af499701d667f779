import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Event = Spoken["publishFirmwareStatus"]["event"];

/** How the publishing of a firmware is getting on (L03). Idle belongs to no request. */
export const publishFirmwareStatusNotification = says<
  "2.0.1",
  "PublishFirmwareStatusNotification",
  Event,
  void
>({
  action: "PublishFirmwareStatusNotification",
  request: ({ status, requestId }) => ({ status, requestId: requestId ?? undefined }),
  answer() {},
});
