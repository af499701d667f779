import { unpackColumns } from "./block_bytes.ts";
import {
  type BlockColumns,
  ID_AT,
  ID_IN_TEXT,
  IS_IN,
  MESSAGE_TYPES,
  TYPE_SHIFT,
} from "./block_columns.ts";
import { type LoggedMessage, lowerLetters, type MessageFilter } from "./message.ts";
import { StoreError } from "./store_error.ts";

/** A stretch of the log: places from the first, and below the second. */
export interface Span {
  readonly from: number;
  readonly below: number;
}

// deno-lint-ignore no-control-regex -- all of ASCII
const BEYOND_ASCII = /[^\x00-\x7f]/;

/** Consecutive messages, packed. A message becomes an object when somebody asks for it. */
export class MessageBlock {
  readonly #columns: BlockColumns;

  constructor(columns: BlockColumns) {
    this.#columns = columns;
  }

  /** Reads what a writer has packed. @throws StoreError `corrupt` */
  static parse(body: Uint8Array): MessageBlock {
    try {
      const columns = unpackColumns(body);
      checkColumns(columns);
      return new MessageBlock(columns);
    } catch (cause) {
      throw new StoreError("read a block of the message log", "corrupt", { cause });
    }
  }

  get count(): number {
    return this.#columns.count;
  }

  /** The place of the message at `at`. */
  seqAt(at: number): number {
    return this.#columns.seqs[at]!;
  }

  /** The message at `at`, from 0, the oldest. */
  at(at: number): LoggedMessage {
    const { seqs, ats, latencies, sizes, stations, actions, errors, ids, kinds, words } =
      this.#columns;
    const kind = kinds[at]!;
    const text = this.#text(at);
    const latencyMs = latencies[at]!;
    return {
      seq: seqs[at]!,
      at: ats[at]!,
      stationId: words[stations[at]!]!,
      direction: kind & IS_IN ? "in" : "out",
      type: MESSAGE_TYPES[kind >> TYPE_SHIFT]!,
      action: words[actions[at]!]!,
      id: kind & ID_IN_TEXT ? text.slice(ID_AT, ID_AT + ids[at]!) : words[ids[at]!]!,
      text,
      bytes: sizes[at]!,
      latencyMs: Number.isNaN(latencyMs) ? null : latencyMs,
      error: words[errors[at]!]!,
    };
  }

  /** Which ones in the span match, newest first, at most `limit`. The filter's times do not matter. */
  find(filter: MessageFilter, { from, below }: Span, limit = Infinity): number[] {
    const { count, seqs, stations, actions, kinds, words } = this.#columns;
    const { stationId, direction, type, action, q } = filter;
    const found: number[] = [];
    const station = stationId === undefined ? 0 : words.indexOf(stationId);
    const act = action === undefined ? 0 : words.indexOf(action);
    if (station < 0 || act < 0) return found;
    const kindMask = (type === undefined ? 0 : 0xff << TYPE_SHIFT) |
      (direction === undefined ? 0 : IS_IN);
    const kind = kindMask & ((type === undefined ? 0 : MESSAGE_TYPES.indexOf(type) << TYPE_SHIFT) |
      (direction === "in" ? IS_IN : 0));
    let hasText: ((at: number) => boolean) | null = null;
    for (let at = count - 1; at >= 0 && seqs[at]! >= from && found.length < limit; at--) {
      if (station > 0 && stations[at] !== station) continue;
      if (act > 0 && actions[at] !== act) continue;
      if ((kinds[at]! & kindMask) !== kind || seqs[at]! >= below) continue;
      if (q !== undefined && !(hasText ??= this.#textTest(q))(at)) continue;
      found.push(at);
    }
    return found;
  }

  /** Looks through all texts at once where they have no letters but those of ASCII, as nearly always. */
  #textTest(q: string): (at: number) => boolean {
    const { texts } = this.#columns;
    const needle = lowerLetters(q);
    if (BEYOND_ASCII.test(texts)) return (at) => lowerLetters(this.#text(at)).includes(needle);
    const lowered = texts.toLowerCase();
    if (!lowered.includes(needle)) return () => false;
    return (at) => lowered.slice(this.#end(at - 1), this.#end(at)).includes(needle);
  }

  #text(at: number): string {
    return this.#columns.texts.slice(this.#end(at - 1), this.#end(at));
  }

  #end(at: number): number {
    return at < 0 ? 0 : this.#columns.textEnds[at]!;
  }
}

/** What the columns point at must be there. */
function checkColumns(columns: BlockColumns): void {
  const { count, words, texts, textEnds, seqs, stations, actions, errors, ids, kinds } = columns;
  if (count === 0) throw new Error("A block has no messages");
  if (words[0] !== null || !words.every((word, at) => at === 0 || typeof word === "string")) {
    throw new Error("A block has words that are none");
  }
  let end = 0;
  let seq = 0;
  for (let at = 0; at < count; at++) {
    const isInText = (kinds[at]! & ID_IN_TEXT) !== 0;
    const isWhole = seqs[at]! > seq && textEnds[at]! >= end &&
      kinds[at]! >> TYPE_SHIFT < MESSAGE_TYPES.length &&
      stations[at]! > 0 && stations[at]! < words.length &&
      actions[at]! < words.length && errors[at]! < words.length &&
      (isInText || ids[at]! < words.length);
    if (!isWhole) throw new Error(`A block is damaged at message ${at}`);
    end = textEnds[at]!;
    seq = seqs[at]!;
  }
  if (end !== texts.length) {
    throw new Error(`A block has texts of ${texts.length} characters, not ${end}`);
  }
}
