import { says } from "../dialect.ts";
import { readTime } from "../time.ts";

/** The station is alive, and asks what time it is (§4.6). */
export const heartbeat = says<"1.6", "Heartbeat", null, number | null>({
  action: "Heartbeat",
  request: () => ({}),
  answer: ({ currentTime }) => readTime(currentTime),
});
