import { MOST_CHARACTERS, MOST_MESSAGES } from "./block_columns.ts";
import type { BlockRow, BlockRows } from "./block_rows.ts";
import type { SealedBlock } from "./block_writer.ts";
import { repack } from "./repack.ts";

/** So many small blocks become one at the latest. */
const MOST_SMALL = 32;

/** What is known of a block at the end of the table. */
type Small = Pick<BlockRow, "first" | "count" | "size">;

/**
 * The newest blocks in the table, as long as they fit into one together. A small fleet fills a block of a
 * few messages each second: when there are many of them, or when the next one does not fit, they are written
 * anew as one. So what is read and kept later is large, and a message is written a few times at most.
 */
export class BlockTail {
  readonly #rows: BlockRows;
  /** Oldest first. */
  #blocks: Small[] = [];

  constructor(rows: BlockRows) {
    this.#rows = rows;
    for (const row of rows.before(Number.MAX_SAFE_INTEGER)) {
      if (this.#blocks.length === MOST_SMALL || !this.#fits(row)) break;
      this.#blocks.unshift(row);
    }
  }

  /** Puts a block at the end of the table. @throws what SQLite throws; a tail that threw is of no use */
  append(block: SealedBlock): void {
    const small = { first: block.first, count: block.count, size: block.body.length };
    if (!this.#fits(small)) {
      this.#merge();
      this.#blocks = [];
    }
    this.#rows.insert(block);
    this.#blocks.push(small);
    if (this.#blocks.length >= MOST_SMALL) this.#merge();
  }

  /** A block is no longer in the table. */
  forget(first: number): void {
    this.#blocks = this.#blocks.filter((each) => each.first !== first);
  }

  /** A body is larger than its texts, so what fits by it always does. */
  #fits(next: Small): boolean {
    const all = [...this.#blocks, next];
    return all.reduce((sum, { count }) => sum + count, 0) <= MOST_MESSAGES &&
      all.reduce((sum, { size }) => sum + size, 0) <= MOST_CHARACTERS;
  }

  #merge(): void {
    if (this.#blocks.length < 2) return;
    const merged = repack(this.#blocks.map(({ first }) => this.#rows.read(first)))!;
    for (const { first } of this.#blocks) this.#rows.remove(first);
    this.#rows.insert(merged);
    this.#blocks = [{ first: merged.first, count: merged.count, size: merged.body.length }];
  }
}
