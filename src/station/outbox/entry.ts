import type { Payload } from "../../ocpp/mod.ts";
import type { Spoken, Trigger } from "../spoken.ts";

/** The events of transactions: the only ones that must not be lost. */
export type TransactionKind = "transactionStarted" | "transactionUpdated" | "transactionEnded";

/** An event that waits for its turn. Plain JSON. */
export interface Entry<K extends TransactionKind = TransactionKind> {
  /** In the line: larger than that of all before it. */
  readonly place: number;
  readonly kind: K;
  readonly event: Spoken[K]["event"];
  /** `null`: nobody has spelled it yet. */
  readonly message: Message | null;
  /** How often it was sent and not processed. */
  readonly attempts: number;
}

/** An event as it is sent: a resend is byte-identical (2.x part 4 §4.1.4). */
export interface Message {
  readonly id: string;
  readonly action: string;
  readonly payload: Payload;
  /** The OCPP version that it is spelled in. */
  readonly version: string;
}

/** An entry whose message is written. */
export type Fixed = Entry & { readonly message: Message };

/** Under which an entry is kept: sorted as texts they are in line. */
export function entryKey({ place }: Pick<Entry, "place">): string {
  return String(place).padStart(12, "0");
}

/** Why an event is said that has nothing but a reading in it. */
const READINGS: ReadonlySet<Trigger> = new Set(["MeterValueClock", "MeterValuePeriodic"]);

/**
 * Every second reading of those that nobody has spelled yet (2.x E04.FR.03: the updates go first). What
 * tells more than a reading stays.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const event = { trigger: "MeterValuePeriodic" };
 * const entry = { kind: "transactionUpdated", message: null, event } as Entry;
 * const line = [1, 2, 3, 4].map((place) => ({ ...entry, place }));
 * assert.deepEqual(surplus(line).map(({ place }) => place), [2, 4]);
 * ```
 */
export function surplus(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ kind, message, event: { trigger } }) =>
    kind === "transactionUpdated" && message === null && READINGS.has(trigger)
  ).filter((_, index) => index % 2 === 1);
}
