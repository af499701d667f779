import type { StatementSync } from "node:sqlite";
import { mayHold } from "./block_marks.ts";
import { type BlockRow, BlockRows } from "./block_rows.ts";
import { BlockTail } from "./block_tail.ts";
import type { SealedBlock } from "./block_writer.ts";
import type { Disk } from "./disk.ts";
import type { LoggedMessage, MessageFilter } from "./message.ts";
import type { Span } from "./message_block.ts";
import { repack } from "./repack.ts";

/** Pages given back to the disk in one step. */
const VACUUM_PAGES = 500;
/** Free pages below this stay, since new messages take them soon. */
const SPARE_PAGES = 1_000;
/** So many of the oldest blocks go in one transaction, more than come. */
const TRIM_BLOCKS = 8;
/** One step looks at so many rows, and at the messages of few of them: a few milliseconds. */
const ROWS_LOOKED_AT = 1_000;
const MESSAGES_LOOKED_AT = 8_000;
/** One step takes away what it finds among so many messages. */
const MESSAGES_REMOVED = 2_000;
/** So many blocks are checked at once, in about a millisecond. */
const BLOCKS_CHECKED = 8;

/** What one step has done. `below`: where the next one begins; `null`: this was the last. */
export interface Slice<T> {
  readonly result: T;
  readonly below: number | null;
}

/**
 * The table of blocks. How many messages it has is kept beside it. Of the oldest block a part may be more
 * than is kept: that is below `floor`, no reader sees it, and it goes with the rest of the block.
 */
export class BlockTable {
  readonly disk: Disk;
  readonly #retention: number;
  readonly #blocks: BlockRows;
  readonly #count: StatementSync;
  /** How many messages are in the table. */
  #total: number;
  /** `null`: to be read anew. */
  #tail: BlockTail | null = null;
  #floor: number | null = null;
  /** The oldest block when it was looked for last; a merge may have made it larger since. */
  #oldest: BlockRow | null = null;
  /** How far the check of the file has come; `null`: it is over. */
  #checked: number | null = -1;
  /** What comes later has been written by this run. */
  readonly #checkedUntil: number;
  #isTidy = false;

  /** @param retention how many messages it keeps */
  constructor(disk: Disk, retention: number) {
    const { db } = disk;
    this.disk = disk;
    this.#retention = retention;
    this.#blocks = new BlockRows(db);
    this.#count = db.prepare("UPDATE facts SET value = ? WHERE name = 'rows'");
    this.#checkedUntil = this.last();
    this.#total = Number(db.prepare("SELECT value FROM facts WHERE name = 'rows'").get()?.value);
  }

  /** How many messages a reader may see. */
  get rows(): number {
    return Math.min(this.#total, this.#retention);
  }

  /** The greatest place that is taken; 0: none is. */
  last(): number {
    for (const { last } of this.#blocks.before(Number.MAX_SAFE_INTEGER)) return last;
    return 0;
  }

  /** What is below this place is more than is kept. @throws StoreError */
  floor(): number {
    return this.#floor ??= this.disk.read(() => this.#findFloor());
  }

  /**
   * Appends, then removes some whole blocks from the other end: those that are more than is kept, and those
   * below the place `before`. One transaction. `true`: more of them may have to go. @throws StoreError
   */
  write(blocks: readonly SealedBlock[], before: number): boolean {
    let hasMore = false;
    let tail = this.#tail;
    this.#change(() => {
      tail ??= new BlockTail(this.#blocks);
      for (const block of blocks) {
        tail.append(block);
        this.#total += block.count;
      }
      hasMore = this.#trim(before, tail);
    });
    this.#tail = tail;
    return hasMore;
  }

  /** One step of a search: those of a span that match, newest first, at most `limit`. @throws StoreError */
  select(filter: MessageFilter, span: Span, limit: number): Slice<LoggedMessage[]> {
    return this.disk.read(() => {
      const result: LoggedMessage[] = [];
      const below = this.#walk(span, MESSAGES_LOOKED_AT, (row) => {
        if (!mayHold(row.marks, filter)) return 0;
        const block = this.#blocks.read(row.first);
        const found = block.find(filter, span, limit - result.length);
        for (const at of found) result.push(block.at(at));
        return result.length === limit ? Infinity : row.count;
      });
      return { result, below: result.length === limit ? result.at(-1)!.seq : below };
    });
  }

  /** One step of a removal of what matches in a span, in one transaction. @throws StoreError */
  remove(filter: MessageFilter, span: Span): Slice<number> {
    let result = 0;
    let below: number | null = span.below;
    this.#oldest = null;
    this.#change(() => {
      if (!this.#cut()) return;
      below = this.#walk(span, MESSAGES_REMOVED, (row) => {
        if (!mayHold(row.marks, filter)) return 0;
        result += this.#removeFrom(row, filter, span);
        return row.count;
      });
      this.#total -= result;
    });
    return { result, below };
  }

  /** Gives some free pages back to the disk. `false`: there are not enough of them. */
  vacuum(): boolean {
    const free = Number(this.disk.db.prepare("PRAGMA freelist_count").get()?.freelist_count);
    if (free < SPARE_PAGES) return false;
    const some = this.disk.db.prepare(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
    // It frees one page a step, and `exec` takes a single one.
    this.disk.write("normal", () => void some.all());
    return true;
  }

  /**
   * One step of what is done once, after the start: reads all blocks, to find damage before somebody needs
   * what is damaged, then gives back room that an upgrade or a removal left. `false`: it is over.
   * @throws StoreError
   */
  tidy(): boolean {
    if (this.#checked !== null) {
      this.#checked = this.#check(this.#checked);
      return true;
    }
    this.#isTidy ||= !this.vacuum();
    return !this.#isTidy;
  }

  #check(after: number): number | null {
    return this.disk.read(() => {
      const rows = this.#blocks.after(after, BLOCKS_CHECKED);
      for (const { first } of rows) this.#blocks.read(first);
      const last = rows.at(-1)?.last ?? Infinity;
      return rows.length < BLOCKS_CHECKED || last >= this.#checkedUntil ? null : last;
    });
  }

  /** A transaction that changes the blocks. What it has counted is taken back when it fails. */
  #change(work: () => void): void {
    const total = this.#total;
    this.#floor = this.#tail = null;
    try {
      this.disk.write("normal", () => {
        work();
        if (this.#total !== total) this.#count.run(this.#total);
      });
    } catch (thrown) {
      this.#oldest = null;
      this.#total = total;
      throw thrown;
    }
  }

  #trim(before: number, tail: BlockTail): boolean {
    const stays = (oldest: BlockRow) =>
      this.#total - oldest.count < this.#retention && oldest.last >= before;
    if (this.#oldest !== null && stays(this.#oldest)) return false;
    for (let gone = 0; gone < TRIM_BLOCKS; gone++) {
      const [oldest] = this.#blocks.after(-1, 1);
      this.#oldest = oldest ?? null;
      if (oldest === undefined || stays(oldest)) return false;
      this.#blocks.remove(oldest.first);
      tail.forget(oldest.first);
      this.#total -= oldest.count;
    }
    return true;
  }

  /**
   * Takes away what is more than is kept: it must not be seen again when others go. `false`: it has taken
   * away some, and there is more.
   */
  #cut(): boolean {
    for (let gone = 0; this.#total > this.#retention; gone++) {
      if (gone === TRIM_BLOCKS) return false;
      const [oldest] = this.#blocks.after(-1, 1);
      if (oldest === undefined) return true;
      const excess = Math.min(oldest.count, this.#total - this.#retention);
      const kept = excess === oldest.count
        ? null
        : repack([this.#blocks.read(oldest.first)], (at) => at >= excess);
      this.#blocks.remove(oldest.first);
      if (kept !== null) this.#blocks.insert(kept);
      this.#total -= excess;
    }
    return true;
  }

  /** Goes through the blocks of a span, newest first, until `look` has said enough work. See {@link Slice}. */
  #walk({ from, below }: Span, most: number, look: (row: BlockRow) => number): number | null {
    let rows = 0;
    let work = 0;
    for (const row of this.#blocks.before(below)) {
      if (row.last < from) return null;
      if (rows++ === ROWS_LOOKED_AT || work >= most) return Math.min(below, row.last + 1);
      work += look(row);
    }
    return null;
  }

  /** Answers how many. A block of which only a part goes is written anew. */
  #removeFrom({ first, last, count }: BlockRow, filter: MessageFilter, span: Span): number {
    const { stationId, direction, type, action, q } = filter;
    const isWhole = first >= span.from && last < span.below &&
      [stationId, direction, type, action, q].every((each) => each === undefined);
    if (isWhole) {
      this.#blocks.remove(first);
      return count;
    }
    const block = this.#blocks.read(first);
    const found = new Set(block.find(filter, span));
    if (found.size === 0) return 0;
    const rest = repack([block], (at) => !found.has(at));
    this.#blocks.remove(first);
    if (rest !== null) this.#blocks.insert(rest);
    return found.size;
  }

  #findFloor(): number {
    let excess = this.#total - this.#retention;
    let floor = 0;
    while (excess > 0) {
      const [row] = this.#blocks.after(floor - 1, 1);
      if (row === undefined) break;
      if (row.count > excess) return this.#blocks.read(row.first).seqAt(excess);
      excess -= row.count;
      floor = row.last + 1;
    }
    return floor;
  }
}
