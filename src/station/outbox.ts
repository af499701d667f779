import type { Clock } from "../clock/mod.ts";
import type { Log } from "../log/mod.ts";
import type { CallOptions, CallOutcome, NewMessageId, Payload } from "../ocpp/mod.ts";
import { said } from "./said.ts";
import type { Said, Spoken, TransactionAnswer } from "./spoken.ts";

/** The events of transactions: the only ones that must not be lost. */
export type TransactionKind = "transactionStarted" | "transactionUpdated" | "transactionEnded";

/** An event that waits for its turn. Plain JSON. */
export interface Entry<K extends TransactionKind = TransactionKind> {
  readonly kind: K;
  readonly event: Spoken[K]["event"];
  /** As it was sent first: a resend is byte-identical (2.x part 4 §4.1.4). */
  readonly message:
    | { readonly id: string; readonly action: string; readonly payload: Payload }
    | null;
  /** How often it was sent and not processed. */
  readonly attempts: number;
}

/** An entry whose message is written. */
type Fixed = Entry & { readonly message: NonNullable<Entry["message"]> };

/** What an {@link Outbox} needs of its station. */
export interface OutboxPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewMessageId;
  call(action: string, payload: Payload, options: CallOptions): Promise<CallOutcome>;
  /** Spells an event; `null`: this version has nothing to say then. */
  spell<K extends TransactionKind>(kind: K, event: Spoken[K]["event"]): Spelled | null;
  /** Reads what the CSMS answered to it. */
  read(kind: TransactionKind, action: string, result: Payload): TransactionAnswer;
  /** TransactionMessageAttempts, and TransactionMessageRetryInterval in milliseconds. */
  retry(): { readonly attempts: number; readonly intervalMs: number };
  /** Hears every answer, before whoever waits for it. */
  answered(transactionId: string, answer: TransactionAnswer): void;
}

/** An event as a message of one version. */
export interface Spelled {
  readonly action: string;
  readonly payload: Payload;
}

type Outcome = Said<TransactionAnswer>;

/** How long it waits when the socket takes no more. */
const FULL_RETRY_MS = 1_000;

/** Beyond it readings are thinned out: a year without a connection must not fill the memory. */
const MOST_WAITING = 1_000;

/**
 * The messages of a station's transactions, in the order in which things happened. One is on its way at
 * a time; it leaves when it is answered, not when it is sent (1.6 §3.7). What is not processed is tried
 * again after `interval × earlier transmissions`, and in the end given up with a warning.
 *
 * ```text
 *   add ─▶ waiting ─── head of the line, and open ──▶ on its way ──▶ answered, given up
 *             ▲                                            │
 *             └───── connection lost: first in line ◀──────┘
 * ```
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  #entries: Entry[] = [];
  /** Made for the first that waits. */
  #waiters: Map<Spoken[TransactionKind]["event"], (outcome: Outcome) => void> | null = null;
  #open: AbortController | null = null;
  /** Of the loop that runs now. */
  #draining: AbortSignal | null = null;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Whether anything waits to be said, of a transaction by our id or of any (2.x E14). */
  holds(transactionId: string | null): boolean {
    return this.#entries.some(({ event }) =>
      transactionId === null || event.transaction.id === transactionId
    );
  }

  /** The CSMS can be reached and has accepted the station. */
  open(): void {
    // A second acceptance changes nothing: what is on its way must not be sent twice.
    if (this.#open !== null) return;
    this.#open = new AbortController();
    void this.#drain(this.#open.signal);
  }

  /** It cannot be reached now. Whoever waits for a word hears so; the messages stay. */
  close(): void {
    this.#open?.abort();
    this.#open = null;
    for (const { event } of this.#entries) {
      this.#tell(event, { kind: "offline", message: "There is no connection" });
    }
  }

  /**
   * Says it when its turn comes. Resolves with what became of the first attempt, or with `offline`
   * when it has to wait for a connection.
   */
  add<K extends TransactionKind>(kind: K, event: Spoken[K]["event"]): Promise<Outcome> {
    this.#entries.push({ kind, event, message: null, attempts: 0 });
    const open = this.#open;
    const outcome: Promise<Outcome> = open === null
      ? Promise.resolve({ kind: "offline", message: "There is no connection" })
      : new Promise((resolve) => (this.#waiters ??= new Map()).set(event, resolve));
    if (this.#entries.length > MOST_WAITING) this.#thin();
    if (open !== null && this.#draining === null) void this.#drain(open.signal);
    return outcome;
  }

  async #drain(signal: AbortSignal): Promise<void> {
    this.#draining = signal;
    while (!signal.aborted) {
      const entry = this.#head();
      if (entry === null) break;
      const waitMs = await this.#transmit(entry);
      if (waitMs > 0) await this.#ports.clock.sleep(waitMs, signal);
    }
    if (this.#draining === signal) this.#draining = null;
  }

  /** The first that this version can say, its message fixed. */
  #head(): Fixed | null {
    for (;;) {
      const [entry] = this.#entries;
      if (entry === undefined) return null;
      if (entry.message !== null) return { ...entry, message: entry.message };
      const spelled = this.#ports.spell(entry.kind, entry.event as never);
      if (spelled === null) {
        this.#entries.shift();
        this.#tell(entry.event, { kind: "unsaid" });
        continue;
      }
      const { action, payload } = spelled;
      const fixed = { ...entry, message: { id: this.#ports.newId(), action, payload } };
      this.#entries[0] = fixed;
      return fixed;
    }
  }

  /** How long to wait before the next transmission, in milliseconds. */
  async #transmit({ kind, event, message, attempts }: Fixed): Promise<number> {
    const { id, action, payload } = message;
    const outcome = await this.#ports.call(action, payload, { id });
    if (outcome.kind === "lost") return 0;
    if (outcome.kind === "refused") return FULL_RETRY_MS;
    // A connection, and what was first in line on it, may have gone in the meantime.
    if (this.#entries[0]?.message?.id !== id) return 0;
    const result = said(action, outcome, (answer) => this.#ports.read(kind, action, answer));
    if (result.kind === "answered") {
      this.#entries.shift();
      this.#learn(event.transaction.id, result.answer);
      this.#tell(event, result);
      return 0;
    }
    this.#tell(event, result);
    return this.#notProcessed(action, attempts + 1, describe(result));
  }

  #notProcessed(action: string, attempts: number, why: string): number {
    const { log, retry } = this.#ports;
    const { attempts: most, intervalMs } = retry();
    const [entry] = this.#entries;
    if (entry === undefined) return 0;
    const fields = { transaction: entry.event.transaction.id, attempts, why };
    if (attempts >= most) {
      this.#entries.shift();
      log.warn(`${action} is given up: the CSMS did not process it`, fields);
      return 0;
    }
    this.#entries[0] = { ...entry, attempts };
    log.warn(`${action} was not processed, and will be sent again`, fields);
    return intervalMs * attempts;
  }

  /** Every second reading that nobody has sent yet makes room (2.x E04.FR.03: the updates go first). */
  #thin(): void {
    let count = 0;
    this.#entries = this.#entries.filter(({ kind, event, message }) => {
      if (kind !== "transactionUpdated" || message !== null || ++count % 2 === 1) return true;
      this.#tell(event, { kind: "unsaid" });
      return false;
    });
  }

  /** What the CSMS calls a transaction is needed by all that is still to be said of it. */
  #learn(transactionId: string, answer: TransactionAnswer): void {
    const { csmsId } = answer;
    if (csmsId !== null) {
      this.#entries = this.#entries.map((entry) => {
        const { event } = entry;
        if (event.transaction.id !== transactionId || entry.message !== null) return entry;
        const known = { ...event, transaction: { ...event.transaction, csmsId } };
        const waiter = this.#waiters?.get(event);
        this.#waiters?.delete(event);
        if (waiter !== undefined) this.#waiters?.set(known, waiter);
        return { ...entry, event: known };
      });
    }
    this.#ports.answered(transactionId, answer);
  }

  #tell(event: Spoken[TransactionKind]["event"], outcome: Outcome): void {
    const waiter = this.#waiters?.get(event);
    this.#waiters?.delete(event);
    waiter?.(outcome);
  }
}

function describe(outcome: Outcome): string {
  if ("message" in outcome) return outcome.message;
  return outcome.kind === "error" ? `${outcome.code} ${outcome.description}`.trim() : outcome.kind;
}
