import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeDisplayMessage201, writeDisplayMessage21 } from "./display_message.ts";

type Event = Spoken["displayMessages"]["event"];

/** A part of the messages that the CSMS asked for (O03), without the words of 2.1. */
export const notifyDisplayMessages201 = says<"2.0.1", "NotifyDisplayMessages", Event, void>({
  action: "NotifyDisplayMessages",
  request: ({ requestId, items, isContinued }) => ({
    requestId,
    tbc: isContinued,
    messageInfo: items.map(writeDisplayMessage201),
  }),
  answer() {},
});

/** The same with them. */
export const notifyDisplayMessages21 = says<"2.1", "NotifyDisplayMessages", Event, void>({
  action: "NotifyDisplayMessages",
  request: ({ requestId, items, isContinued }) => ({
    requestId,
    tbc: isContinued,
    messageInfo: items.map(writeDisplayMessage21),
  }),
  answer() {},
});
