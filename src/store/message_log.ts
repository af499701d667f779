import type { Clock } from "../clock/mod.ts";
import { type Log, Topic, type Unsubscribe } from "../log/mod.ts";
import type { BlockTable } from "./block_table.ts";
import {
  type LoggedMessage,
  matchesFilter,
  type MessageFilter,
  type MessagePage,
  type MessageQuery,
  type NewMessage,
  seqOf,
  seqRange,
} from "./message.ts";
import type { Span } from "./message_block.ts";
import { clipMessage } from "./message_clip.ts";
import { RecentBlocks } from "./recent_blocks.ts";
import { StoreError } from "./store_error.ts";
import { Turns } from "./turns.ts";

/** What a {@link MessageLog} needs. */
export interface MessageLogOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How many messages it keeps. */
  readonly retention: number;
  readonly maxAgeMs: number;
  /** Opens the table. `onRecovered` is called whenever its disk works again. */
  open(onRecovered: () => void): BlockTable;
  /** Moves the damaged file away. The answer is where to. */
  setAside(): string;
}

/**
 * A block waits so long for more, in milliseconds: it is read from memory meanwhile, and the fuller it is
 * the less is written. A crash loses as much of the log.
 */
const BATCH_MS = 1_000;
/** So many blocks are written in one transaction. */
const BATCH = 2;
/** How often it looks for what has become too old when nothing else happens. */
const TRIM_EVERY_MS = 60_000;
/** A search that finds little gives back what it has after this, with the place to go on from. */
const SEARCH_MS = 200;
const MOST_PER_PAGE = 1_000;

/**
 * Every frame: the newest in memory, all others on the disk. Appending packs a message into memory that is
 * there already, in less than half a microsecond; writing, trimming and checking are done in small steps,
 * with rests between them. What comes too fast is shed.
 */
export class MessageLog {
  readonly #options: MessageLogOptions;
  #table: BlockTable;
  readonly #recent: RecentBlocks;
  readonly #topic: Topic<LoggedMessage>;
  readonly #turns: Turns;
  #seq: number;
  #shed = 0;
  /** When the block that is being filled is written as it is. */
  #sealAt = 0;
  #isReplaced = false;
  #isClosed = false;

  constructor(options: MessageLogOptions) {
    const { clock, log } = options;
    this.#options = options;
    this.#table = this.#open();
    this.#seq = this.#table.last();
    this.#recent = new RecentBlocks(this.#seq + 1);
    this.#topic = new Topic((cause) => log.error("A reader of the message log failed", { cause }));
    this.#turns = new Turns(clock, () => this.#turn());
    this.#turns.wake(BATCH_MS);
  }

  /** Never throws and never waits. A text above 64 Ki characters is cut; `bytes` stays. */
  append(message: NewMessage): void {
    if (this.#isClosed) return;
    this.#seq = Math.max(this.#seq + 1, seqOf(message.at));
    if (!this.#recent.push(this.#seq, message)) this.#shed++;
    else if (this.#recent.opened <= 1) this.#onBlock();
    if (this.#topic.size > 0) this.#topic.publish(clipMessage(this.#seq, message));
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
    const span = this.#attempt(() => this.#span(filter, after));
    const messages = this.#recent.search(filter, span, most);
    let below = Math.min(span.below, this.#recent.floor);
    for (const until = clock.monotonic() + SEARCH_MS;;) {
      if (messages.length === most) return { messages, next: messages.at(-1)!.seq };
      const rest = { from: span.from, below };
      const slice = this.#attempt(() => this.#table.select(filter, rest, most - messages.length));
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
    const { clock, retention } = this.#options;
    if (this.#table.disk.failure !== null) throw this.#table.disk.failure;
    const span = this.#attempt(() => this.#span(filter, this.#seq + 1));
    const gone = this.#recent.remove(filter, span);
    // Those that are written are counted on the disk, unless they have never been there.
    let removed = gone.unwritten + (retention === 0 ? gone.written : 0);
    let below: number | null = span.below;
    while (below !== null) {
      const rest: Span = { from: span.from, below };
      const slice = this.#attempt(() => this.#table.remove(filter, rest));
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
      waiting: this.#waiting,
      shed: this.#shed,
      transactions: disk.transactions,
      lastError: disk.lastError,
    };
  }

  /** Writes what waits, for at most so long. Answers how many messages are lost. */
  close(deadlineMs: number): number {
    const { clock } = this.#options;
    this.#isClosed = true;
    this.#turns.stop();
    const until = clock.monotonic() + deadlineMs;
    try {
      while (this.#waiting > 0 && clock.monotonic() < until) this.#write();
    } catch (thrown) {
      if (!(thrown instanceof StoreError)) throw thrown;
    }
    this.#table.disk.close();
    return this.#waiting;
  }

  /** A log that keeps nothing on the disk has nothing that waits for it. */
  get #waiting(): number {
    return this.#options.retention === 0 ? 0 : this.#recent.unwritten;
  }

  /** A block was begun, or has become full, or both. */
  #onBlock(): void {
    if (this.#recent.opened > 0) {
      this.#sealAt = this.#options.clock.monotonic() + BATCH_MS;
      this.#turns.wake(BATCH_MS);
    }
    if (this.#recent.isReady) this.#turns.wake(0);
  }

  /** Where to look: what is too old or more than is kept is not seen. @throws StoreError */
  #span(filter: MessageFilter, after = Number.MAX_SAFE_INTEGER): Span {
    const [from, below] = seqRange(filter);
    return {
      from: Math.max(from, this.#oldest(), this.#table.floor()),
      below: Math.min(below, after),
    };
  }

  /** The first place that is not too old. */
  #oldest(): number {
    const { clock, maxAgeMs } = this.#options;
    return seqOf(clock.now() - maxAgeMs);
  }

  #open(): BlockTable {
    return this.#options.open(() => this.#turns.wake(0));
  }

  /** Answers in how many milliseconds the next one is due. */
  #turn(): number {
    // The disk has reported it, and wakes us when it works again.
    if (this.#table.disk.failure !== null) return TRIM_EVERY_MS;
    try {
      if (this.#attempt(() => this.#write() || this.#table.tidy())) return 0;
    } catch (thrown) {
      if (!(thrown instanceof StoreError)) throw thrown;
    }
    if (this.#waiting === 0) return TRIM_EVERY_MS;
    return Math.max(0, this.#sealAt - this.#options.clock.monotonic());
  }

  /** `true`: there is more to do. */
  #write(): boolean {
    const { clock, retention } = this.#options;
    const isDue = this.#isClosed || clock.monotonic() >= this.#sealAt;
    if (isDue && retention > 0 && !this.#recent.isReady) this.#recent.seal();
    const blocks = this.#recent.take(BATCH);
    const hasMore = this.#table.write(retention === 0 ? [] : blocks, this.#oldest());
    this.#recent.markWritten(blocks.length);
    return hasMore || this.#recent.isReady;
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
    this.#table.disk.close();
    try {
      const movedTo = this.#options.setAside();
      this.#table = this.#open();
      const fields = { movedTo, cause: cause.cause };
      this.#options.log.error("The message log was damaged and begins anew", fields);
      this.#turns.wake(BATCH_MS);
    } catch (thrown) {
      this.#options.log.error("The message log is damaged and cannot begin anew", {
        cause: thrown,
      });
    }
  }
}
