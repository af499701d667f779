import type { SentCall } from "../../support/fake_csms.ts";
import type { Ledger, Watch } from "./ledger.ts";

/** A transaction as a CSMS of 2.x has it on its books. */
interface Booked {
  readonly transactionId: string;
  /** `null`: not known yet. */
  evseId: number | null;
  nextSeqNo: number;
  /** Milliseconds since 1970. */
  lastAt: number;
  /** What the register of its EVSE was known to read before it, in Wh. */
  lowestWh: number;
  isEnded: boolean;
}

/** A TransactionEvent, as far as the books go. */
interface Event {
  readonly eventType: "Started" | "Updated" | "Ended";
  readonly seqNo: number;
  readonly timestamp: string;
  readonly offline?: boolean;
  readonly evse?: { readonly id: number };
  readonly meterValue?: readonly {
    readonly sampledValue: readonly {
      readonly value: number;
      readonly measurand?: string;
      readonly phase?: string;
      readonly context?: string;
    }[];
  }[];
  readonly transactionInfo: { readonly transactionId: string; readonly stoppedReason?: string };
}

/** The books of a CSMS of 2.x: every transaction is told from its Started to its Ended, without a gap. */
export class Ledger2 implements Ledger {
  readonly violations: string[] = [];
  readonly transactions = new Map<string, Booked>();
  readonly told = new Map<number, string>();
  readonly #processed = new Set<string>();
  /** Wh, by EVSE. */
  readonly #registers = new Map<number, number>();
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  untold(): void {}

  seen({ action, payload }: SentCall): void {
    if (action !== "StatusNotification") return;
    this.told.set(Number(payload.evseId), String(payload.connectorStatus));
  }

  process({ id, action, payload }: SentCall): Record<string, unknown> {
    if (action !== "TransactionEvent" || this.#processed.has(id)) return {};
    this.#processed.add(id);
    const event = payload as unknown as Event;
    const booked = this.#booked(id, event);
    if (booked !== null) this.#book(`${id} of ${booked.transactionId}`, booked, event);
    return {};
  }

  get open(): readonly string[] {
    return [...this.transactions.values()].filter(({ isEnded }) => !isEnded)
      .map(({ transactionId }) => transactionId);
  }

  /** E01: the first event is the Started, and there is no other; nothing follows the Ended. */
  #booked(id: string, { eventType, transactionInfo: { transactionId } }: Event): Booked | null {
    const known = this.transactions.get(transactionId);
    if (eventType !== "Started") {
      if (known === undefined) {
        this.#wrong(`${id}: ${eventType} of ${transactionId}, never started`);
      } else if (known.isEnded) {
        this.#wrong(`${id}: ${eventType} of ${transactionId} after its end`);
      }
      return known ?? null;
    }
    if (known !== undefined) this.#wrong(`${id} starts ${transactionId} once more`);
    const booked = {
      transactionId,
      evseId: null,
      nextSeqNo: 0,
      lastAt: 0,
      lowestWh: 0,
      isEnded: false,
    };
    this.transactions.set(transactionId, booked);
    return booked;
  }

  #book(where: string, booked: Booked, event: Event): void {
    const { eventType, seqNo, timestamp, evse, transactionInfo } = event;
    if (seqNo !== booked.nextSeqNo) this.#wrong(`${where}: seqNo ${seqNo} for ${booked.nextSeqNo}`);
    booked.nextSeqNo = seqNo + 1;
    const at = Date.parse(timestamp);
    if (this.#watch.isClockSteady) this.#time(where, booked, at, event);
    booked.lastAt = at;
    booked.isEnded ||= eventType === "Ended";
    const hasReason = transactionInfo.stoppedReason !== undefined;
    if (hasReason && eventType !== "Ended") {
      this.#wrong(`${where}: ${eventType} has a stoppedReason`);
    }
    if (evse !== undefined) this.#place(where, booked, evse.id);
    this.#meter(where, booked, event);
  }

  #time(where: string, booked: Booked, at: number, { offline = false, eventType }: Event): void {
    if (at < booked.lastAt) this.#wrong(`${where}: ${eventType} is older than the one before`);
    const line = this.#watch.lineAt(at);
    if (line !== null && offline !== (line === "offline")) {
      this.#wrong(`${where}: ${eventType} says offline ${offline}, and was ${line} (E04)`);
    }
  }

  /** One transaction at a time. */
  #place(where: string, booked: Booked, evseId: number): void {
    if (booked.evseId !== null && booked.evseId !== evseId) {
      this.#wrong(`${where} went from EVSE ${booked.evseId} to ${evseId}`);
    }
    if (booked.evseId === null) booked.lowestWh = this.#registers.get(evseId) ?? 0;
    booked.evseId = evseId;
    const other = [...this.transactions.values()].find((one) =>
      one !== booked && one.evseId === evseId && !one.isEnded
    );
    if (other !== undefined && !booked.isEnded) {
      this.#wrong(`${where} is on EVSE ${evseId} while ${other.transactionId} is`);
    }
  }

  /** A register never runs backwards, from one transaction to the next; an Ended tells of the past too. */
  #meter(where: string, booked: Booked, { eventType, meterValue = [] }: Event): void {
    const read = meterValue.flatMap(({ sampledValue }) =>
      sampledValue.filter(({ measurand, phase }) =>
        (measurand ?? REGISTER) === REGISTER && phase === undefined
      )
    );
    const values = read.map(({ value }) => value);
    const isOfPast = eventType === "Ended";
    let before = isOfPast ? booked.lowestWh : this.#register(booked);
    // What is told of the past is in the order of a clock that the CSMS may have set back.
    if (isOfPast && !this.#watch.isClockSteady) values.sort((one, other) => one - other);
    for (const wh of values) {
      if (wh < before) this.#wrong(`${where}: ${eventType} has ${wh} Wh after ${before} Wh`);
      before = wh;
    }
    const last = this.#register(booked);
    if (read.some(({ context }) => context === "Transaction.End") && before < last) {
      this.#wrong(`${where}: ${eventType} comes to ${before} Wh after ${last} Wh`);
    }
    const { evseId } = booked;
    if (evseId !== null) this.#registers.set(evseId, Math.max(last, before));
  }

  #register({ evseId }: Booked): number {
    return evseId === null ? 0 : this.#registers.get(evseId) ?? 0;
  }

  #wrong(what: string): void {
    this.violations.push(what);
  }
}

/** What is read where nothing else is said. */
const REGISTER = "Energy.Active.Import.Register";
