import type { Random } from "../../clock/mod.ts";
import { ocppBackOff, type RetryPolicy } from "../../connection/mod.ts";
import type { Settings } from "../settings/settings.ts";

/** The back-off of 2.x, with what the station's own variables say at the time (2.0.1 part 4 §5.3). */
export function ownBackOff(
  { settings, random }: { readonly settings: Settings; readonly random: Random },
): RetryPolicy {
  return {
    nextDelay: (loss) =>
      ocppBackOff({
        waitMinimumMs: settings.get("retryBackOffWaitMinimum") * 1000,
        randomRangeMs: settings.get("retryBackOffRandomRange") * 1000,
        repeatTimes: settings.get("retryBackOffRepeatTimes"),
        random,
      }).nextDelay(loss),
  };
}
