import type { CostDetails } from "./cost/cost_details.ts";
import type {
  ChargingState,
  Spoken,
  TransactionEvent,
  TransactionFacts,
  Trigger,
} from "./spoken.ts";
import type { IdToken, Sample, StopReason } from "./words.ts";

/** How a transaction came to its end. Times are milliseconds since 1970. */
export interface TransactionEnd {
  readonly at: number;
  readonly reason: StopReason;
  readonly meterStopWh: number;
}

/** So many readings are kept for the end of a transaction (an even number), then every second one goes. */
const MOST_DATA = 500;

/** A transaction from its start to its end, as the station keeps it. */
export class Transaction {
  facts: TransactionFacts;
  groupId: IdToken | null;
  chargingState: ChargingState = "Charging";
  /** The CSMS said that its token is not valid, when its import register stood here (Wh). */
  invalidAtWh: number | null = null;
  end: TransactionEnd | null = null;
  /** The token that ended it; `null`: none did. */
  stopToken: IdToken | null = null;
  /** What StopTransaction will report of its course (StopTxnSampledData, StopTxnAlignedData). */
  data: Sample[] = [];
  #seqNo = 0;

  constructor(facts: TransactionFacts, groupId: IdToken | null) {
    this.facts = facts;
    this.groupId = groupId;
  }

  /** By which name its CSMS knows it. */
  get name(): string | number {
    return this.facts.csmsId ?? this.facts.id;
  }

  /** The next thing to be said of it. */
  event(what: {
    readonly at: number;
    readonly trigger: Trigger;
    readonly offline: boolean;
    readonly samples: readonly Sample[];
    readonly cost?: CostDetails | null;
  }): TransactionEvent {
    const { facts: transaction, chargingState } = this;
    return { transaction, seqNo: this.#seqNo++, chargingState, ...what };
  }

  /** The last thing to be said of it. */
  ended(
    event: TransactionEvent,
    end: TransactionEnd,
    stopToken: IdToken | null,
  ): Spoken["transactionEnded"]["event"] {
    this.end = end;
    this.stopToken = stopToken;
    return { ...event, reason: end.reason, meterStopWh: end.meterStopWh, stopToken };
  }

  /** Keeps a reading for the end. */
  keep(sample: Sample): void {
    if (sample.readings.length === 0) return;
    this.data.push(sample);
    if (this.data.length > MOST_DATA) {
      // The first and the last stay: they say what was consumed.
      this.data = this.data.filter((_, index) => index % 2 === 0);
    }
  }
}
