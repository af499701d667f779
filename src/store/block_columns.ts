import type { MessageType } from "./message.ts";

/** So many messages are in a block at most, */
export const MOST_MESSAGES = 500;
/** and so many characters of their texts, unless it is one message alone. */
export const MOST_CHARACTERS = 128 * 1024;

/** Consecutive messages of the log, column by column: no object and no string for each of them. */
export interface BlockColumns {
  readonly count: number;
  readonly seqs: Float64Array;
  readonly ats: Float64Array;
  /** `NaN`: it has none. */
  readonly latencies: Float64Array;
  /** Where the text of each one ends in `texts`, in UTF-16 units; it begins where the one before ends. */
  readonly textEnds: Uint32Array;
  /** How long the frames were on the wire. */
  readonly sizes: Uint32Array;
  /** Places in `words`, as those of the next two. */
  readonly stations: Uint16Array;
  readonly actions: Uint16Array;
  readonly errors: Uint16Array;
  /** Places in `words`, or with {@link ID_IN_TEXT} lengths. */
  readonly ids: Uint16Array;
  /** Direction, type and {@link ID_IN_TEXT} of each. */
  readonly kinds: Uint8Array;
  /** The first stands for `null`. */
  readonly words: readonly (string | null)[];
  /** One behind the other. */
  readonly texts: string;
}

/** The bit of a kind that says: it came in. */
export const IS_IN = 1;
/** The bit of a kind that says: the id stands in the text, where frames of OCPP have it. */
export const ID_IN_TEXT = 2;
/** How far a type is moved in a kind. */
export const TYPE_SHIFT = 2;
/** Where the id begins in `[2,"…`. */
export const ID_AT = 4;

/** A type's number is its place. Add at the end only: the numbers are on disks. */
export const MESSAGE_TYPES: readonly MessageType[] = [
  "call",
  "result",
  "error",
  "result-error",
  "send",
  "garbage",
];
