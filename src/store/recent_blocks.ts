import { BlockWriter, type SealedBlock } from "./block_writer.ts";
import type { LoggedMessage, MessageFilter, NewMessage } from "./message.ts";
import { MessageBlock, type Span } from "./message_block.ts";
import { LONGEST_TEXT } from "./message_clip.ts";
import { repack } from "./repack.ts";

/** So many of the newest messages are in memory, */
const MOST_MESSAGES = 4_096;
/** no more than so many bytes of them, */
const MOST_BYTES = 8 * 1024 * 1024;
/** and no more blocks than this of those that are written: a search opens each. */
const MOST_WRITTEN = 64;

/**
 * The newest messages in blocks: the one that is being filled, before it those that are not written yet, and
 * before them what room there is for. They are all that the log has from `floor` on.
 */
export class RecentBlocks {
  readonly #open = new BlockWriter();
  /** Oldest first; the first `#written` of them are on the disk. */
  #sealed: SealedBlock[] = [];
  #written = 0;
  #count = 0;
  #bytes = 0;
  #unwritten = 0;
  #floor: number;

  /** @param floor the first place that is free in the log */
  constructor(floor: number) {
    this.#floor = floor;
  }

  /** What is below this place is on the disk, and no longer here. */
  get floor(): number {
    return this.#floor;
  }

  /** How many messages are not written yet. */
  get unwritten(): number {
    return this.#unwritten + this.#open.count;
  }

  /** How many messages are in the block that is being filled. */
  get opened(): number {
    return this.#open.count;
  }

  /** Whether a block waits to be written. */
  get isReady(): boolean {
    return this.#sealed.length > this.#written;
  }

  /** `false`: it is full of messages that are not written yet, and this one is not kept. */
  push(seq: number, message: NewMessage): boolean {
    const { length } = message.text;
    while (
      this.#count + this.#open.count >= MOST_MESSAGES ||
      this.#bytes + this.#open.characters + Math.min(length, LONGEST_TEXT) > MOST_BYTES
    ) {
      if (this.#written === 0) return false;
      this.#evict();
    }
    if (!this.#open.append(seq, message)) {
      this.seal();
      this.#open.append(seq, message);
    }
    if (this.#open.isFull) this.seal();
    return true;
  }

  /** The block that is being filled is to be written as it is. */
  seal(): void {
    const block = this.#open.seal();
    if (block === null) return;
    this.#sealed.push(block);
    this.#count += block.count;
    this.#unwritten += block.count;
    this.#bytes += block.body.length;
  }

  /** The oldest blocks that are not written yet, at most `most`. */
  take(most: number): readonly SealedBlock[] {
    return this.#sealed.slice(this.#written, this.#written + most);
  }

  /** The first `blocks` of what `take` gave are on the disk. */
  markWritten(blocks: number): void {
    for (let each = 0; each < blocks; each++) {
      this.#unwritten -= this.#sealed[this.#written++]!.count;
    }
    while (this.#written > MOST_WRITTEN) this.#evict();
  }

  /** Those of a span that match, newest first, at most `limit`. */
  search(filter: MessageFilter, span: Span, limit: number): LoggedMessage[] {
    const found: LoggedMessage[] = [];
    const look = (block: MessageBlock) => {
      for (const at of block.find(filter, span, limit - found.length)) found.push(block.at(at));
    };
    if (this.#open.count > 0) look(this.#open.read());
    for (let at = this.#sealed.length - 1; at >= 0 && found.length < limit; at--) {
      const { first, last, body } = this.#sealed[at]!;
      if (last < span.from) break;
      if (first < span.below) look(MessageBlock.parse(body));
    }
    return found;
  }

  /** Takes out what matches. Answers how many there were, of those not written and of those written. */
  remove(filter: MessageFilter, span: Span): { unwritten: number; written: number } {
    this.seal();
    const before = { all: this.#count, unwritten: this.#unwritten };
    const written = without(this.#sealed.slice(0, this.#written), filter, span);
    const unwritten = without(this.#sealed.slice(this.#written), filter, span);
    this.#sealed = [...written, ...unwritten];
    this.#written = written.length;
    this.#unwritten = unwritten.reduce((sum, { count }) => sum + count, 0);
    this.#count = this.#sealed.reduce((sum, { count }) => sum + count, 0);
    this.#bytes = this.#sealed.reduce((sum, { body }) => sum + body.length, 0);
    const removed = before.unwritten - this.#unwritten;
    return { unwritten: removed, written: before.all - this.#count - removed };
  }

  #evict(): void {
    const { last, count, body } = this.#sealed.shift()!;
    this.#written--;
    this.#count -= count;
    this.#bytes -= body.length;
    this.#floor = last + 1;
  }
}

function without(blocks: SealedBlock[], filter: MessageFilter, span: Span): SealedBlock[] {
  return blocks.flatMap((sealed) => {
    const block = MessageBlock.parse(sealed.body);
    const gone = new Set(block.find(filter, span));
    if (gone.size === 0) return [sealed];
    return repack([block], (at) => !gone.has(at)) ?? [];
  });
}
