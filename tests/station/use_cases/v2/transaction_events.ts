import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";

/** A TransactionEvent, as far as walks look at it. */
export interface Event {
  readonly eventType: string;
  readonly triggerReason: string;
  readonly seqNo: number;
  readonly offline?: boolean;
  readonly timestamp: string;
  readonly idToken?: unknown;
  readonly evse?: unknown;
  readonly transactionInfo: {
    readonly transactionId: string;
    readonly chargingState?: string;
    readonly stoppedReason?: string;
  };
}

/** What was said of transactions, which hangs together: one transaction, and no gap in its numbers. */
export function events(h: StationHarness, from = 0): readonly Event[] {
  const all = h.payloads("TransactionEvent") as unknown as readonly Event[];
  assert.deepEqual(all.map(({ seqNo }) => seqNo), all.map((_, index) => from + index));
  assert.equal(new Set(all.map(({ transactionInfo }) => transactionInfo.transactionId)).size, 1);
  return all;
}

/** Why the transaction ended, by what was said last. */
export const stoppedReason = (h: StationHarness) =>
  events(h, Number(h.payloads("TransactionEvent")[0]?.seqNo)).at(-1)?.transactionInfo.stoppedReason;
