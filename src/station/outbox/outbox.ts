import { failure, said } from "../line/said.ts";
import type { Said, Spoken, TransactionAnswer } from "../spoken.ts";
import { type Entry, entryKey, type Fixed, surplus, type TransactionKind } from "./entry.ts";
import type { OutboxPorts } from "./outbox_ports.ts";

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
  /** Never given twice: what an answer leads to is added while somebody still waits for that answer. */
  #lastPlace: number;
  /** Of those in front, so many had to wait for a connection. */
  #backlog = 0;
  /** Whoever waits to hear of an entry, by its place. Made for the first. */
  #waiters: Map<number, (outcome: Outcome) => void> | null = null;
  #isOpen = false;
  /** Ends the loop that runs now. */
  #draining: AbortController | null = null;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#entries = ports.memory.entries("outbox").map(([, entry]) => entry as Entry);
    this.#lastPlace = this.#entries.at(-1)?.place ?? 0;
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
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#backlog = this.#entries.length;
    this.#drainMore();
  }

  /** It cannot be reached now. Whoever waits for a word hears so; the messages stay. */
  close(): void {
    this.#isOpen = false;
    this.#draining?.abort();
    this.#draining = null;
    for (const { place } of this.#entries) this.#tell(place, OFFLINE);
  }

  /**
   * Says it when its turn comes. Resolves with what became of the first attempt, or with `offline`
   * when it has to wait for a connection.
   */
  add<K extends TransactionKind>(kind: K, event: Spoken[K]["event"]): Promise<Outcome> {
    const place = ++this.#lastPlace;
    const entry = { place, kind, event, message: null, attempts: 0 };
    this.#entries = [...this.#entries, entry];
    this.#keep(entry);
    this.#ports.added(event.transaction.connectorId);
    const outcome: Promise<Outcome> = this.#isOpen
      ? new Promise((resolve) => (this.#waiters ??= new Map()).set(place, resolve))
      : Promise.resolve(OFFLINE);
    if (this.#entries.length > MOST_WAITING) this.#thin();
    this.#drainMore();
    return outcome;
  }

  /** Resolves when all that waits now was tried, at once when nothing can go. */
  tried(): Promise<void> {
    const last = this.#entries.at(-1);
    if (!this.#isOpen || last === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const waiters = this.#waiters ??= new Map<number, (outcome: Outcome) => void>();
      const waiter = waiters.get(last.place);
      waiters.set(last.place, (outcome) => {
        waiter?.(outcome);
        resolve();
      });
    });
  }

  #drainMore(): void {
    if (!this.#isOpen || this.#draining !== null || this.#entries.length === 0) return;
    this.#draining = new AbortController();
    void this.#drain(this.#draining);
  }

  async #drain(draining: AbortController): Promise<void> {
    const { signal } = draining;
    while (!signal.aborted) {
      const entry = this.#head();
      if (entry === null) break;
      if (this.#backlog > 0) await this.#ports.pace(signal);
      if (signal.aborted) break;
      const waitMs = await this.#transmit(entry);
      if (waitMs > 0) await this.#ports.clock.sleep(waitMs, signal);
    }
    if (this.#draining === draining) this.#draining = null;
  }

  /** The first that this version can say, its message fixed. */
  #head(): Fixed | null {
    const ports = this.#ports;
    const version = ports.version();
    for (;;) {
      const [entry] = this.#entries;
      if (entry === undefined) return null;
      const { message } = entry;
      // One that another version spelled means nothing to a CSMS that chose this one.
      if (message?.version === version) return { ...entry, message };
      const spelled = ports.spell(entry.kind, entry.event as never);
      if (spelled === null) {
        this.#drop(entry);
        this.#tell(entry.place, { kind: "unsaid" });
        continue;
      }
      const fixed = { ...entry, message: { id: ports.newId(), version, ...spelled } };
      this.#replace(fixed);
      return fixed;
    }
  }

  /** How long to wait before the next transmission, in milliseconds. */
  async #transmit(entry: Fixed): Promise<number> {
    const ports = this.#ports;
    const { place, kind, event, message: { id, action, payload } } = entry;
    // Not before the caller of `add` has done what goes with it: all of that is kept together.
    const ready = Promise.resolve().then(() => ports.memory.saved());
    const outcome = await ports.call(action, payload, { id, ready });
    if (outcome.kind === "lost") return 0;
    if (outcome.kind === "refused") return FULL_RETRY_MS;
    // A connection, and what was first in line on it, may have gone in the meantime.
    if (this.#entries[0]?.message?.id !== id) return 0;
    const result = said(action, outcome, (answer) => ports.read(kind, action, answer));
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
    const { log } = this.#ports;
    const { attempts: most, intervalMs } = this.#ports.retry();
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
