import { says } from "../dialect.ts";
import { readTime } from "../time.ts";

/** The station is alive, and asks what time it is (G02). */
export const heartbeat = says<"2.0.1", "Heartbeat", null, number | null>({
  action: "Heartbeat",
  request: () => ({}),
  answer: ({ currentTime }) => readTime(currentTime),
});
