import type { CostDetails } from "../cost/cost_details.ts";
import type { LimitReached, TransactionLimit } from "../cost/transaction_limit.ts";
import type { OperationMode } from "../smart/v2x.ts";
import type {
  ChargingState,
  Spoken,
  TransactionEvent,
  TransactionFacts,
  Trigger,
} from "../spoken.ts";
import type { IdToken, Sample, StopReason } from "../words.ts";

/** How a transaction came to its end. Times are milliseconds since 1970. */
export interface TransactionEnd {
  readonly at: number;
  readonly reason: StopReason;
  readonly meterStopWh: number;
}

/** So many readings, with so many values in them, are kept for the end; then every second one goes. */
const MOST_DATA = 500;
const MOST_VALUES = 2_000;

/** A transaction from its start to its end, as the station keeps it. All of its fields are plain JSON. */
export class Transaction {
  facts: TransactionFacts;
  groupId: IdToken | null;
  chargingState: ChargingState = "EVConnected";
  /** The CSMS said that its token is not valid, when its import register stood here (Wh). */
  invalidAtWh: number | null = null;
  /** Why its token counts no longer, while it goes on until the car leaves (2.x TxStopPoint). */
  stopping: StopReason | null = null;
  end: TransactionEnd | null = null;
  /** The token that ended it; `null`: none did. */
  stopToken: IdToken | null = null;
  /** What its end will report of its course (StopTxnSampledData, StopTxnAlignedData). */
  data: Sample[] = [];
  /** What it does with its car beside charging (2.1 Q); `null`: nothing. */
  operationMode: OperationMode | null = null;
  /** The CSMS heard what its car needs (2.x K15), and which ways of transfer it allows (2.1 Q02). */
  areNeedsTold = false;
  allowedTransfer: readonly string[] | null = null;
  /** How far the CSMS lets it go (2.1 E16); `null`: as far as it likes. */
  limit: TransactionLimit | null = null;
  /** Which of that it has reached; `null`: nothing. */
  reached: LimitReached | null = null;
  /** Of the next thing to be said of it. */
  seqNo = 0;
  /** Whether the CSMS is told whose it is: it is told once. */
  isOwnerTold = false;

  constructor(facts: TransactionFacts, groupId: IdToken | null) {
    this.facts = facts;
    this.groupId = groupId;
  }

  /** By which name its CSMS knows it. */
  get name(): string | number {
    return this.facts.csmsId ?? this.facts.id;
  }

  /** Somebody may charge on it. */
  get isAuthorized(): boolean {
    return this.facts.idToken !== null && this.stopping === null;
  }

  /** The CSMS did not accept its token. */
  get isDeauthorized(): boolean {
    return (this.stopping ?? this.end?.reason) === "DeAuthorized";
  }

  /** The next thing to be said of it. */
  event(what: {
    readonly at: number;
    readonly trigger: Trigger;
    readonly offline: boolean;
    readonly samples: readonly Sample[];
    readonly cost?: CostDetails | null;
    readonly stopToken?: IdToken | null;
  }): TransactionEvent {
    const { facts: transaction, chargingState } = this;
    const tellsOwner = !this.isOwnerTold && transaction.idToken !== null;
    this.isOwnerTold ||= tellsOwner;
    const { operationMode, limit } = this;
    const more = {
      ...(operationMode === null ? {} : { operationMode }),
      ...(limit !== null && what.trigger === "LimitSet" ? { limit } : {}),
    };
    const event = { transaction, seqNo: this.seqNo++, chargingState, ...more, ...what };
    return tellsOwner ? { ...event, tellsOwner } : event;
  }

  /** The last thing to be said of it. */
  ended(
    event: TransactionEvent,
    end: TransactionEnd,
    stopToken: IdToken | null,
  ): Spoken["transactionEnded"]["event"] {
    this.end = end;
    this.stopToken ??= stopToken;
    return { ...event, reason: end.reason, meterStopWh: end.meterStopWh, stopToken };
  }

  /** Keeps a reading for the end. */
  keep(sample: Sample): void {
    if (sample.readings.length === 0) return;
    this.data.push(sample);
    // One reading has about as many values as the next.
    const most = Math.max(2, Math.min(MOST_DATA, MOST_VALUES / sample.readings.length));
    if (this.data.length > most) {
      // The first and the last stay: they say what was consumed.
      const last = this.data.length - 1;
      this.data = this.data.filter((_, index) => index % 2 === 0 || index === last);
    }
  }
}
