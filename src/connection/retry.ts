import type { Random } from "../clock/mod.ts";
import type { Cause } from "./cause.ts";

/** What a policy decides on. */
export interface Loss {
  /** The number of the redial that would come now, from 1, since the last good connection. */
  readonly redial: number;
  /** Failed dials in a row. */
  readonly failures: number;
  /** What the policy answered for the redial before this one, in milliseconds; 0 for the first. */
  readonly previousMs: number;
  readonly cause: Cause;
}

/** Waits between dials. Pure: all that it needs is in the loss. `null` means: give up. */
export interface RetryPolicy {
  nextDelay(loss: Loss): number | null;
}

/** However long a server asks us to stay away, we look again after this. */
const LONGEST_RETRY_AFTER_MS = 10 * 60_000;

/** For {@link exponentialBackOff}. */
export interface ExponentialOptions {
  /** 5 s unless given. */
  readonly baseMs?: number;
  /** 60 s unless given. */
  readonly maxMs?: number;
  /** The share of a wait that chance may take away, 0 to 1; 0, the exact ladder, unless given. */
  readonly jitter?: number;
  /** Failed dials in a row before it gives up; 0, never, unless given. */
  readonly maxAttempts?: number;
  readonly random: Random;
}

/**
 * The n-th redial waits `min(max, base × 2^(n−1))`, less the jitter, or as long as `Retry-After` asks
 * (at most 10 minutes) when that is longer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const policy = exponentialBackOff({ random: () => 0 });
 * const cause = { kind: "lost", message: "" } as const;
 * const ladder = [1, 2, 3, 4, 5, 6].map((redial) =>
 *   policy.nextDelay({ redial, failures: redial - 1, previousMs: 0, cause })
 * );
 * assert.deepEqual(ladder, [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
 * ```
 */
export function exponentialBackOff(options: ExponentialOptions): RetryPolicy {
  const { baseMs = 5_000, maxMs = 60_000, jitter = 0, maxAttempts = 0, random } = options;
  return {
    nextDelay({ redial, failures, cause }) {
      if (maxAttempts > 0 && failures >= maxAttempts) return null;
      const rung = Math.min(maxMs, baseMs * 2 ** (redial - 1));
      return Math.max(rung - rung * jitter * random(), retryAfter(cause));
    },
  };
}

/** The RetryBackOff variables of OCPPCommCtrlr, in milliseconds. */
export interface OcppBackOffOptions {
  readonly waitMinimumMs: number;
  readonly randomRangeMs: number;
  readonly repeatTimes: number;
  readonly random: Random;
}

/**
 * The back-off of 2.x (2.0.1 part 4 §5.3 with errata 2025-04, 2.1 part 4 §5.4): minimum plus chance,
 * then double the wait before plus new chance, at most `repeatTimes` doublings; after that the wait
 * stays as it is. It never gives up. A longer `Retry-After` (at most 10 minutes) is obeyed.
 */
export function ocppBackOff(options: OcppBackOffOptions): RetryPolicy {
  const { waitMinimumMs, randomRangeMs, repeatTimes, random } = options;
  const longestMs = (waitMinimumMs + 2 * randomRangeMs) * 2 ** repeatTimes;
  function rung(redial: number, previousMs: number): number {
    if (redial === 1 || previousMs === 0) return waitMinimumMs + random() * randomRangeMs;
    // A wait that Retry-After stretched must not be the one that is doubled.
    const previous = Math.min(previousMs, longestMs);
    if (redial - 1 > repeatTimes) return previous;
    return Math.min(longestMs, 2 * previous + random() * randomRangeMs);
  }
  return {
    nextDelay: ({ redial, previousMs, cause }) =>
      Math.max(rung(redial, previousMs), retryAfter(cause)),
  };
}

function retryAfter(cause: Cause): number {
  const asked = "retryAfterMs" in cause ? cause.retryAfterMs ?? 0 : 0;
  return Math.min(asked, LONGEST_RETRY_AFTER_MS);
}
