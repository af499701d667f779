import type { Cancel, Clock } from "../clock/mod.ts";
import { type Log, Topic, type Unsubscribe } from "../log/mod.ts";
import {
  type LoggedMessage,
  matchesFilter,
  type MessageFilter,
  type MessagePage,
  type MessageQuery,
  type NewMessage,
  seqOf,
} from "./message.ts";
import { clipMessage } from "./message_clip.ts";
import { MessageRing } from "./message_ring.ts";
import type { MessageTable } from "./message_table.ts";
import { StoreError } from "./store_error.ts";

/** What a {@link MessageLog} needs. */
export interface MessageLogOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How many messages it keeps. */
  readonly retention: number;
  readonly maxAgeMs: number;
  /** Opens the table. `onRecovered` is called whenever its disk works again. */
  open(onRecovered: () => void): MessageTable;
  /** Moves the damaged file away. The answer is where to. */
  setAside(): string;
}

/**
 * A batch waits so long for more, in milliseconds: it is read from memory meanwhile, and the more rows share
 * a page of an index the less is written. A crash loses as much of the log.
 */
const BATCH_MS = 1_000;
/** So many are written in one transaction, */
const BATCH = 500;
/** and so many go at the other end. */
const TRIM = 1_000;
/** How often it looks for what has become too old when nothing else happens. */
const TRIM_EVERY_MS = 60_000;
/** Rests so many times as long as it has worked: a chatty fleet loses log before it loses speed. */
const REST = 4;
const CHECK_ROWS = 2_000;
/** A search that finds little gives back what it has after this, with the place to go on from. */
const SEARCH_MS = 200;
const MOST_PER_PAGE = 1_000;

/**
 * Every frame: the newest in memory, all others on the disk. Appending costs about a microsecond; writing,
 * trimming and checking are done in small steps, with rests between them. What comes too fast is shed.
 */
export class MessageLog {
  readonly #options: MessageLogOptions;
  #table: MessageTable;
  readonly #ring: MessageRing;
  readonly #topic: Topic<LoggedMessage>;
  #seq: number;
  #shed = 0;
  #cancel: Cancel | null = null;
  #dueAt = 0;
  #restUntil = 0;
  /** How far the check of the file has come; `null`: it is over. */
  #checked: number | null = 0;
  #isReplaced = false;
  #isClosed = false;

  constructor(options: MessageLogOptions) {
    const { log } = options;
    this.#options = options;
    this.#table = this.#open();
    this.#seq = this.#table.last();
    this.#ring = new MessageRing(this.#seq + 1);
    this.#topic = new Topic((cause) => log.error("A reader of the message log failed", { cause }));
    this.#wake(BATCH_MS);
  }

  /** Never throws and never waits. A text above 64 Ki characters is cut; `bytes` stays. */
  append(message: NewMessage): void {
    if (this.#isClosed) return;
    this.#seq = Math.max(this.#seq + 1, seqOf(message.at));
    const logged = clipMessage(this.#seq, message);
    if (this.#ring.push(logged)) {
      const { unwritten } = this.#ring;
      if (unwritten === 1) this.#wake(BATCH_MS);
      else if (unwritten === BATCH) this.#wake(0);
    } else this.#shed++;
    if (this.#topic.size > 0) this.#topic.publish(logged);
  }

  /** Hears of every message from now on that matches, shed ones too. */
  subscribe(filter: MessageFilter, listener: (message: LoggedMessage) => void): Unsubscribe {
    return this.#topic.subscribe((message) => {
      if (matchesFilter(filter, message)) listener(message);
    });
  }

  /** Looks in short steps, between which the program goes on. @throws StoreError */
  async query({ limit = 100, after, ...filter }: MessageQuery): Promise<MessagePage> {
    const { clock } = this.#options;
    const most = Math.max(1, Math.min(limit, MOST_PER_PAGE));
    let below = after ?? Number.MAX_SAFE_INTEGER;
    const messages = this.#ring.search(below, most, (each) => matchesFilter(filter, each));
    below = Math.min(below, this.#ring.floor);
    for (const until = clock.monotonic() + SEARCH_MS;;) {
      if (messages.length === most) return { messages, next: messages.at(-1)!.seq };
      const slice = this.#attempt(() => this.#table.select(filter, below, most - messages.length));
      messages.push(...slice.result);
      if (messages.length === most) continue;
      if (slice.below === null || clock.monotonic() > until) return { messages, next: slice.below };
      below = slice.below;
      await clock.sleep(0);
    }
  }

  /** Everything that matches, newest first, a page at a time. @throws StoreError */
  async *iterate(filter: MessageFilter): AsyncIterable<LoggedMessage> {
    let page: MessagePage = { messages: [], next: Number.MAX_SAFE_INTEGER };
    while (page.next !== null) {
      page = await this.query({ ...filter, limit: MOST_PER_PAGE, after: page.next });
      yield* page.messages;
    }
  }

  /** Removes what matches, but not what comes in the meantime. Answers how many. @throws StoreError */
  async delete(filter: MessageFilter): Promise<number> {
    const { clock } = this.#options;
    if (this.#table.disk.failure !== null) throw this.#table.disk.failure;
    let below: number | null = this.#seq + 1;
    let removed = this.#ring.remove((each) => matchesFilter(filter, each));
    while (below !== null) {
      const from: number = below;
      const slice = this.#attempt(() => this.#table.remove(filter, from));
      removed += slice.result;
      below = slice.below;
      await clock.sleep(0);
    }
    while (this.#attempt(() => this.#table.vacuum())) await clock.sleep(0);
    return removed;
  }

  /** For metrics. */
  statistics() {
    const { disk, rows } = this.#table;
    return {
      rows,
      bytes: disk.bytes,
      waiting: this.#ring.unwritten,
      shed: this.#shed,
      transactions: disk.transactions,
      lastError: disk.lastError,
    };
  }

  /** Writes what waits, for at most so long. Answers how many messages are lost. */
  close(deadlineMs: number): number {
    const { clock } = this.#options;
    this.#isClosed = true;
    this.#cancel?.();
    this.#cancel = null;
    const until = clock.monotonic() + deadlineMs;
    try {
      while (this.#ring.unwritten > 0 && clock.monotonic() < until) this.#write();
    } catch (thrown) {
      if (!(thrown instanceof StoreError)) throw thrown;
    }
    this.#table.disk.close();
    return this.#ring.unwritten;
  }

  #open(): MessageTable {
    return this.#options.open(() => this.#wake(0));
  }

  #wake(ms: number): void {
    const { clock } = this.#options;
    if (this.#isClosed || this.#table.disk.failure !== null) return;
    const now = clock.monotonic();
    const due = Math.max(now + ms, this.#restUntil);
    if (this.#cancel !== null && this.#dueAt <= due) return;
    this.#cancel?.();
    this.#dueAt = due;
    this.#cancel = clock.after(due - now, () => this.#turn());
  }

  #turn(): void {
    const { clock } = this.#options;
    this.#cancel = null;
    const since = clock.monotonic();
    let hasMore = false;
    try {
      hasMore = this.#attempt(() => this.#write() || this.#check());
    } catch (thrown) {
      // The disk has reported it, and wakes us when it works again.
      if (!(thrown instanceof StoreError)) throw thrown;
    }
    const now = clock.monotonic();
    this.#restUntil = now + (now - since) * REST;
    this.#wake(hasMore ? 0 : this.#ring.unwritten > 0 ? BATCH_MS : TRIM_EVERY_MS);
  }

  /** `true`: there is more to do. */
  #write(): boolean {
    const { clock, retention, maxAgeMs } = this.#options;
    const batch = this.#ring.take(BATCH);
    const before = seqOf(clock.now() - maxAgeMs);
    const kept = retention === 0 ? [] : batch;
    const trimmed = this.#table.write(kept, { retention, before, most: TRIM });
    this.#ring.markWritten(batch.length);
    return this.#ring.unwritten >= BATCH || trimmed === TRIM;
  }

  /** Reads on where it stopped, to find damage before somebody needs what is damaged. */
  #check(): boolean {
    if (this.#checked === null) return false;
    this.#checked = this.#table.check(this.#checked, CHECK_ROWS);
    return this.#checked !== null;
  }

  /** Once in a run, a damaged file makes room for a new one: the log is worth less than the program. */
  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      const isDamaged = thrown instanceof StoreError && thrown.reason === "corrupt";
      if (isDamaged && !this.#isReplaced && !this.#isClosed) this.#replace(thrown);
      throw thrown;
    }
  }

  #replace(cause: StoreError): void {
    this.#isReplaced = true;
    this.#checked = null;
    this.#table.disk.close();
    try {
      const movedTo = this.#options.setAside();
      this.#table = this.#open();
      const fields = { movedTo, cause: cause.cause };
      this.#options.log.error("The message log was damaged and begins anew", fields);
      this.#wake(BATCH_MS);
    } catch (thrown) {
      this.#options.log.error("The message log is damaged and cannot begin anew", {
        cause: thrown,
      });
    }
  }
}
