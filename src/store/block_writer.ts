import { packColumns } from "./block_bytes.ts";
import {
  type BlockColumns,
  ID_AT,
  ID_IN_TEXT,
  IS_IN,
  MESSAGE_TYPES,
  MOST_CHARACTERS,
  MOST_MESSAGES,
  TYPE_SHIFT,
} from "./block_columns.ts";
import { marksOf } from "./block_marks.ts";
import type { MessageType, NewMessage } from "./message.ts";
import { MessageBlock } from "./message_block.ts";
import { clipWord, LONGEST_TEXT } from "./message_clip.ts";

/** A block that takes no more messages, as the table keeps it. */
export interface SealedBlock {
  /** The place of its first message. */
  readonly first: number;
  /** The place of its last message. */
  readonly last: number;
  readonly count: number;
  /** See `marksOf`. */
  readonly marks: Uint8Array;
  /** See `packColumns`. */
  readonly body: Uint8Array;
}

const KINDS = Object.fromEntries(
  MESSAGE_TYPES.map((type, at) => [type, at << TYPE_SHIFT]),
) as Readonly<Record<MessageType, number>>;

/**
 * Takes messages into memory that it has already. Their texts are strung together, and packed with the
 * block: that costs less than each by itself, and none outlives the block.
 */
export class BlockWriter {
  readonly #seqs = new Float64Array(MOST_MESSAGES);
  readonly #ats = new Float64Array(MOST_MESSAGES);
  readonly #latencies = new Float64Array(MOST_MESSAGES);
  readonly #textEnds = new Uint32Array(MOST_MESSAGES);
  readonly #sizes = new Uint32Array(MOST_MESSAGES);
  readonly #stations = new Uint16Array(MOST_MESSAGES);
  readonly #actions = new Uint16Array(MOST_MESSAGES);
  readonly #errors = new Uint16Array(MOST_MESSAGES);
  readonly #ids = new Uint16Array(MOST_MESSAGES);
  readonly #kinds = new Uint8Array(MOST_MESSAGES);
  readonly #places = new Map<string, number>();
  #words: (string | null)[] = [null];
  #texts = "";
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Of the texts, in UTF-16 units. */
  get characters(): number {
    return this.#texts.length;
  }

  get isFull(): boolean {
    return this.#count === MOST_MESSAGES;
  }

  /** `false`: there is no room for it, and nothing has changed. An empty one takes every message. */
  append(seq: number, message: NewMessage): boolean {
    const at = this.#count;
    const { latencyMs, text } = message;
    const length = Math.min(text.length, LONGEST_TEXT);
    if (at === MOST_MESSAGES) return false;
    if (at > 0 && this.#texts.length + length > MOST_CHARACTERS) return false;
    // Two halves of a character must not become one because they came to stand side by side.
    this.#texts += (length < text.length ? text.slice(0, length) : text).toWellFormed();
    this.#seqs[at] = seq;
    this.#ats[at] = Math.floor(message.at);
    this.#latencies[at] = latencyMs === null ? NaN : latencyMs;
    this.#textEnds[at] = this.#texts.length;
    this.#sizes[at] = message.bytes;
    this.#stations[at] = this.#place(message.stationId);
    this.#actions[at] = this.#place(clipWord(message.action));
    this.#errors[at] = this.#place(clipWord(message.error));
    const id = clipWord(message.id);
    const isInText = id !== null && text.startsWith(id, ID_AT);
    this.#ids[at] = isInText ? id.length : this.#place(id);
    this.#kinds[at] = KINDS[message.type] | (message.direction === "in" ? IS_IN : 0) |
      (isInText ? ID_IN_TEXT : 0);
    this.#count = at + 1;
    return true;
  }

  /** What it has now, to be read before the next one is appended. */
  read(): MessageBlock {
    return new MessageBlock(this.#columns());
  }

  /** Packs what it has, and begins anew. `null`: it has nothing. */
  seal(): SealedBlock | null {
    const count = this.#count;
    if (count === 0) return null;
    const columns = this.#columns();
    const sealed = {
      first: this.#seqs[0]!,
      last: this.#seqs[count - 1]!,
      count,
      marks: marksOf(columns),
      body: packColumns(columns),
    };
    this.#count = 0;
    this.#texts = "";
    this.#words = [null];
    this.#places.clear();
    return sealed;
  }

  #columns(): BlockColumns {
    return {
      count: this.#count,
      seqs: this.#seqs,
      ats: this.#ats,
      latencies: this.#latencies,
      textEnds: this.#textEnds,
      sizes: this.#sizes,
      stations: this.#stations,
      actions: this.#actions,
      errors: this.#errors,
      ids: this.#ids,
      kinds: this.#kinds,
      words: this.#words,
      texts: this.#texts,
    };
  }

  #place(word: string | null): number {
    if (word === null) return 0;
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.#words.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }
}
