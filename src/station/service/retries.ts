import type { Clock } from "../../clock/mod.ts";
import type { Log } from "../../log/mod.ts";
import type { TransferEnd } from "./transfers.ts";

/** How often a transfer is tried, as a CSMS may say it. `null`: it is left to the station. */
export interface RetryPlan {
  /** After the first try. */
  readonly retries: number | null;
  readonly retryIntervalMs: number | null;
}

const DEFAULT_RETRIES = 2;
const DEFAULT_INTERVAL_MS = 30_000;

/** The retries of a request, whose `retryInterval` is in seconds in all versions. */
export function readPlan(
  { retries, retryInterval }: { readonly retries?: number; readonly retryInterval?: number },
): RetryPlan {
  return {
    retries: retries ?? null,
    retryIntervalMs: retryInterval === undefined ? null : retryInterval * 1000,
  };
}

/** A transfer that failed is tried again, as often and as late as the plan says. The last end counts. */
export async function withRetries(
  attempt: () => Promise<TransferEnd>,
  plan: RetryPlan,
  { clock, log, signal }: { clock: Pick<Clock, "sleep">; log: Log; signal: AbortSignal },
): Promise<TransferEnd> {
  const intervalMs = Math.max(0, plan.retryIntervalMs ?? DEFAULT_INTERVAL_MS);
  for (let left = plan.retries ?? DEFAULT_RETRIES;; left--) {
    const end = await attempt();
    if (end.kind === "done" || end.kind === "aborted" || left <= 0) return end;
    log.warn("A transfer failed, and will be tried again", {
      error: end.message,
      retriesLeft: left,
      retrySeconds: intervalMs / 1000,
    });
    await clock.sleep(intervalMs, signal);
    if (signal.aborted) return { kind: "aborted" };
  }
}
