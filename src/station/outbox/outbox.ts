import type { Clock } from "../../clock/mod.ts";
import type { Log } from "../../log/mod.ts";
import type { CallOptions, CallOutcome, NewMessageId, Payload } from "../../ocpp/mod.ts";
import type { Memory } from "../memory/memory.ts";
import { failure, said } from "../said.ts";
import type { Said, Spoken, TransactionAnswer } from "../spoken.ts";
import { type Entry, entryKey, type Fixed, surplus, type TransactionKind } from "./entry.ts";

/** What an {@link Outbox} needs of its station. */
export interface OutboxPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewMessageId;
  /** What waits is kept there, and on the disk before it is sent. */
  readonly memory: Pick<Memory, "entries" | "keep" | "saved">;
  /** Resolves when the next of what waited for a connection may go, or when `signal` is aborted. */
  pace(signal: AbortSignal): Promise<void>;
  call(action: string, payload: Payload, options: CallOptions): Promise<CallOutcome>;
  /** The OCPP version of the connection. */
  version(): string;
  /** Spells an event; `null`: this version has nothing to say then. */
  spell<K extends TransactionKind>(kind: K, event: Spoken[K]["event"]): Spelled | null;
  /** Reads what the CSMS answered to it. */
  read(kind: TransactionKind, action: string, result: Payload): TransactionAnswer;
  /** TransactionMessageAttempts, and TransactionMessageRetryInterval in milliseconds. */
  retry(): { readonly attempts: number; readonly intervalMs: number };
  /** Something was added that a transaction on a connector leads to. */
  added(connectorId: number): void;
  /** Hears every answer, before whoever waits for it. */
  answered(event: Spoken[TransactionKind]["event"], answer: TransactionAnswer): void;
}

/** An event as a message of one version. */
export interface Spelled {
  readonly action: string;
  readonly payload: Payload;
}

type Outcome = Said<TransactionAnswer>;

/** How long it waits when the socket, or the disk, takes no more. */
const FULL_RETRY_MS = 1_000;

/** Beyond it readings are thinned out: a year without a connection must not fill the memory. */
const MOST_WAITING = 1_000;

const OFFLINE = { kind: "offline", message: "There is no connection" } as const;

/**
 * The messages of a station's transactions, in the order in which things happened. Each is on the disk
 * before it is sent. One is on its way at a time; it leaves when it is answered, not when it is sent (1.6
 * §3.7). What is not processed is tried again after `interval × earlier transmissions`, and in the end
 * given up with a warning.
 *
 * ```text
 *   add ─▶ waiting ─── head of the line, and open ──▶ on the disk ─▶ on its way ──▶ answered, given up
 *             ▲                                                         │
 *             └───────── connection lost, or the process ───────────────┘
 * ```
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  #entries: readonly Entry[];
  /** Of those in front, so many had to wait for a connection. */
  #backlog = 0;
  /** Whoever waits to hear of an entry, by its place. Made for the first. */
  #waiters: Map<number, (outcome: Outcome) => void> | null = null;
  #open: AbortController | null = null;
  /** Of the loop that runs now. */
  #draining: AbortSignal | null = null;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#entries = ports.memory.entries("outbox").map(([, entry]) => entry as Entry);
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
    this.#backlog = this.#entries.length;
    void this.#drain(this.#open.signal);
  }

  /** It cannot be reached now. Whoever waits for a word hears so; the messages stay. */
  close(): void {
    this.#open?.abort();
    this.#open = null;
    for (const { place } of this.#entries) this.#tell(place, OFFLINE);
  }

  /**
   * Says it when its turn comes. Resolves with what became of the first attempt, or with `offline`
   * when it has to wait for a connection.
   */
  add<K extends TransactionKind>(kind: K, event: Spoken[K]["event"]): Promise<Outcome> {
    const place = (this.#entries.at(-1)?.place ?? 0) + 1;
    const entry = { place, kind, event, message: null, attempts: 0 };
    this.#entries = [...this.#entries, entry];
    this.#keep(entry);
    this.#ports.added(event.transaction.connectorId);
    const open = this.#open;
    const outcome: Promise<Outcome> = open === null
      ? Promise.resolve(OFFLINE)
      : new Promise((resolve) => (this.#waiters ??= new Map()).set(place, resolve));
    if (this.#entries.length > MOST_WAITING) this.#thin();
    if (open !== null && this.#draining === null) void this.#drain(open.signal);
    return outcome;
  }

  async #drain(signal: AbortSignal): Promise<void> {
    this.#draining = signal;
    while (!signal.aborted) {
      const entry = this.#head();
      if (entry === null) break;
      if (this.#backlog > 0) await this.#ports.pace(signal);
      if (signal.aborted) break;
      const waitMs = await this.#transmit(entry);
      if (waitMs > 0) await this.#ports.clock.sleep(waitMs, signal);
    }
    if (this.#draining === signal) this.#draining = null;
  }

  /** The first that this version can say, its message fixed. */
  #head(): Fixed | null {
    const { spell, newId } = this.#ports;
    const version = this.#ports.version();
    for (;;) {
      const [entry] = this.#entries;
      if (entry === undefined) return null;
      const { message } = entry;
      // One that another version spelled means nothing to a CSMS that chose this one.
      if (message?.version === version) return { ...entry, message };
      const spelled = spell(entry.kind, entry.event as never);
      if (spelled === null) {
        this.#drop(entry);
        this.#tell(entry.place, { kind: "unsaid" });
        continue;
      }
      const fixed = { ...entry, message: { id: newId(), version, ...spelled } };
      this.#replace(fixed);
      return fixed;
    }
  }

  /** How long to wait before the next transmission, in milliseconds. */
  async #transmit(entry: Fixed): Promise<number> {
    const { memory, call, read } = this.#ports;
    const { place, kind, event, message: { id, action, payload } } = entry;
    // Not before the caller of `add` has done what goes with it: all of that is kept together.
    const ready = Promise.resolve().then(() => memory.saved());
    const outcome = await call(action, payload, { id, ready });
    if (outcome.kind === "lost") return 0;
    if (outcome.kind === "refused") return FULL_RETRY_MS;
    // A connection, and what was first in line on it, may have gone in the meantime.
    if (this.#entries[0]?.message?.id !== id) return 0;
    const result = said(action, outcome, (answer) => read(kind, action, answer));
    if (result.kind === "answered") {
      this.#drop(entry);
      this.#learn(event, result.answer);
      this.#tell(place, result);
      return 0;
    }
    this.#tell(place, result);
    return this.#notProcessed(entry, failure(result));
  }

  #notProcessed(entry: Fixed, why: string): number {
    const { log, retry } = this.#ports;
    const { attempts: most, intervalMs } = retry();
    const { event, message: { action } } = entry;
    const attempts = entry.attempts + 1;
    const fields = { transaction: event.transaction.id, attempts, why };
    if (attempts >= most) {
      this.#drop(entry);
      log.warn(`${action} is given up: the CSMS did not process it`, fields);
      return 0;
    }
    // What the station learnt meanwhile stays.
    this.#replace({ ...this.#entries[0]!, attempts });
    log.warn(`${action} was not processed, and will be sent again`, fields);
    return intervalMs * attempts;
  }

  #thin(): void {
    const gone = new Set(surplus(this.#entries));
    this.#entries = this.#entries.filter((entry) => !gone.has(entry));
    for (const entry of gone) {
      this.#forget(entry);
      this.#tell(entry.place, { kind: "unsaid" });
    }
  }

  /** What the CSMS calls a transaction is needed by all that is still to be said of it. */
  #learn(said: Entry["event"], answer: TransactionAnswer): void {
    const { csmsId } = answer;
    if (csmsId !== null) {
      this.#entries = this.#entries.map((entry) => {
        const { event } = entry;
        if (event.transaction.id !== said.transaction.id || entry.message !== null) return entry;
        const known = {
          ...entry,
          event: { ...event, transaction: { ...event.transaction, csmsId } },
        };
        this.#keep(known);
        return known;
      });
    }
    this.#ports.answered(said, answer);
    // Asked again, the CSMS might call it something else.
    if (csmsId !== null) void this.#ports.memory.saved();
  }

  /** Takes the place of the first. */
  #replace(entry: Entry): void {
    this.#entries = [entry, ...this.#entries.slice(1)];
    this.#keep(entry);
  }

  /** The first leaves. */
  #drop(entry: Entry): void {
    this.#entries = this.#entries.slice(1);
    this.#backlog = Math.max(0, this.#backlog - 1);
    this.#forget(entry);
  }

  #keep(entry: Entry): void {
    this.#ports.memory.keep("outbox", entryKey(entry), () => entry);
  }

  #forget(entry: Entry): void {
    this.#ports.memory.keep("outbox", entryKey(entry), () => null);
  }

  #tell(place: number, outcome: Outcome): void {
    const waiter = this.#waiters?.get(place);
    this.#waiters?.delete(place);
    waiter?.(outcome);
  }
}
