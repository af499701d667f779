import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { SealedBlock } from "./block_writer.ts";
import { MessageBlock } from "./message_block.ts";
import { StoreError } from "./store_error.ts";

/** A block in the table, without its body. */
export interface BlockRow {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly marks: Uint8Array;
  /** Bytes of the body. */
  readonly size: number;
}

const FEWEST_AT_ONCE = 8;
const MOST_AT_ONCE = 256;

/** The statements on the table of blocks. Each works inside of the caller's transaction, if there is one. */
export class BlockRows {
  readonly #insert: StatementSync;
  readonly #remove: StatementSync;
  readonly #body: StatementSync;
  readonly #before: StatementSync;
  readonly #after: StatementSync;

  constructor(db: DatabaseSync) {
    // SQLite tells the length of a body without reading it.
    const columns = "first, last, count, marks, length(body) AS size FROM blocks";
    this.#insert = db.prepare("INSERT INTO blocks VALUES (?, ?, ?, ?, ?)");
    this.#remove = db.prepare("DELETE FROM blocks WHERE first = ?");
    this.#body = db.prepare("SELECT count, last, body FROM blocks WHERE first = ?");
    this.#before = db.prepare(
      `SELECT ${columns} WHERE first < ? ORDER BY first DESC LIMIT ?`,
    );
    this.#after = db.prepare(`SELECT ${columns} WHERE first > ? ORDER BY first LIMIT ?`);
  }

  insert({ first, last, count, marks, body }: SealedBlock): void {
    this.#insert.run(first, last, count, marks, body);
  }

  remove(first: number): void {
    this.#remove.run(first);
  }

  /** The block that begins at `first`. @throws StoreError `corrupt`; what SQLite throws */
  read(first: number): MessageBlock {
    const row = this.#body.get(first);
    const body = row?.body instanceof Uint8Array ? row.body : new Uint8Array();
    const block = MessageBlock.parse(body);
    const isOfRow = block.count === row?.count && block.seqAt(0) === first &&
      block.seqAt(block.count - 1) === row?.last;
    if (isOfRow) return block;
    const cause = new Error(`The block of row ${first} is another one`);
    throw new StoreError("read a block of the message log", "corrupt", { cause });
  }

  /** Those that begin below a place, newest first. They may be removed meanwhile. */
  *before(place: number): Generator<BlockRow> {
    let below = place;
    for (let most = FEWEST_AT_ONCE;; most = Math.min(MOST_AT_ONCE, most * 2)) {
      const rows = this.#before.all(below, most) as unknown as BlockRow[];
      yield* rows;
      if (rows.length < most) return;
      below = rows.at(-1)!.first;
    }
  }

  /** Those that begin above a place, oldest first, at most `most`. */
  after(place: number, most: number): BlockRow[] {
    return this.#after.all(place, most) as unknown as BlockRow[];
  }
}
