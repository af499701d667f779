import type { StatementSync } from "node:sqlite";
import type { Disk } from "./disk.ts";
import type { LoggedMessage, MessageFilter } from "./message.ts";
import { MessageSlices, type Slice } from "./message_slices.ts";

/** Pages given back to the disk in one step. */
const VACUUM_PAGES = 500;
/** Free pages below this stay, since new messages take them soon. */
const SPARE_PAGES = 1_000;
/** So many rows one statement takes: a statement for each would cost half as much again. */
const ROWS_AT_ONCE = 20;
const ONE_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/** The table of messages. How many it has is kept beside it, since counting a million takes long. */
export class MessageTable {
  readonly disk: Disk;
  readonly #slices: MessageSlices;
  readonly #insertOne: StatementSync;
  readonly #insertMany: StatementSync;
  readonly #count: StatementSync;
  readonly #firstKept: StatementSync;
  readonly #trim: StatementSync;
  readonly #check: StatementSync;
  #rows: number;

  constructor(disk: Disk) {
    const { db } = disk;
    this.disk = disk;
    this.#slices = new MessageSlices(db);
    this.#insertOne = db.prepare(`INSERT INTO messages VALUES ${ONE_ROW}`);
    const rows = new Array(ROWS_AT_ONCE).fill(ONE_ROW).join();
    this.#insertMany = db.prepare(`INSERT INTO messages VALUES ${rows}`);
    this.#count = db.prepare("UPDATE facts SET value = ? WHERE name = 'rows'");
    this.#firstKept = db.prepare("SELECT seq FROM messages ORDER BY seq LIMIT 1 OFFSET ?");
    this.#trim = db.prepare("DELETE FROM messages WHERE seq < ?");
    this.#check = db.prepare(
      `SELECT count(*) AS rows, max(seq) AS last, sum(length(text)) FROM
         (SELECT seq, text FROM messages WHERE seq > ? ORDER BY seq LIMIT ?)`,
    );
    this.#rows = Number(db.prepare("SELECT value FROM facts WHERE name = 'rows'").get()?.value);
  }

  get rows(): number {
    return this.#rows;
  }

  /** The greatest place that is taken; 0: none is. */
  last(): number {
    return Number(this.disk.db.prepare("SELECT max(seq) AS seq FROM messages").get()?.seq ?? 0);
  }

  /** Appends, then removes from the other end: see {@link trim}. One transaction. @throws StoreError */
  write(messages: readonly LoggedMessage[], trim: TrimOptions): number {
    let rows = this.#rows;
    let trimmed = 0;
    this.disk.write("normal", () => {
      this.#insert(messages);
      rows += messages.length;
      trimmed = this.#trimSome(rows, trim);
      rows -= trimmed;
      if (messages.length + trimmed > 0) this.#count.run(rows);
    });
    this.#rows = rows;
    return trimmed;
  }

  /** One step of a search: see {@link MessageSlices}. @throws StoreError */
  select(filter: MessageFilter, below: number, limit: number): Slice<LoggedMessage[]> {
    return this.disk.read(() => this.#slices.select(filter, below, limit));
  }

  /** One step of a removal, in one transaction. @throws StoreError */
  remove(filter: MessageFilter, below: number): Slice<number> {
    let slice: Slice<number> = { result: 0, below: null };
    this.disk.write("normal", () => {
      slice = this.#slices.remove(filter, below);
      this.#count.run(this.#rows - slice.result);
    });
    this.#rows -= slice.result;
    return slice;
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

  /** Reads some rows whole, behind a place. Answers the last place; `null`: all were read. @throws StoreError */
  check(after: number, rows: number): number | null {
    const row = this.disk.read(() => this.#check.get(after, rows));
    return Number(row?.rows) < rows ? null : Number(row?.last);
  }

  #trimSome(rows: number, { retention, before, most }: TrimOptions): number {
    const excess = Math.min(most, rows - retention);
    const crowded = excess > 0 ? this.#trimBelow(Number.MAX_SAFE_INTEGER, excess) : 0;
    return crowded + this.#trimBelow(before, most - crowded);
  }

  /** Removes the oldest that are below a place: a span, which is found without a list of its rows. */
  #trimBelow(place: number, most: number): number {
    const kept = this.#firstKept.get(most)?.seq;
    const below = kept === undefined ? place : Math.min(place, Number(kept));
    return Number(this.#trim.run(below).changes);
  }

  #insert(messages: readonly LoggedMessage[]): void {
    let at = 0;
    for (; at + ROWS_AT_ONCE <= messages.length; at += ROWS_AT_ONCE) {
      this.#insertMany.run(...messages.slice(at, at + ROWS_AT_ONCE).flatMap(valuesOf));
    }
    for (; at < messages.length; at++) this.#insertOne.run(...valuesOf(messages[at]!));
  }
}

/** In the order of the columns. */
function valuesOf(message: LoggedMessage): (string | number | null)[] {
  return [
    message.seq,
    message.at,
    message.stationId,
    message.direction,
    message.type,
    message.action,
    message.id,
    message.text,
    message.bytes,
    message.latencyMs,
    message.error,
  ];
}

/** What may go. */
export interface TrimOptions {
  /** How many rows stay. */
  readonly retention: number;
  /** Rows below this place go, however few there are. */
  readonly before: number;
  /** How many go at once. */
  readonly most: number;
}
