import { MOST_REPORTED_BYTES, MOST_REPORTED_ITEMS } from "./message_limits.ts";

/** One message of several that belong together. Plain JSON. */
export interface Part<Item> {
  /** Milliseconds since 1970: when the whole was made. */
  readonly at: number;
  /** From 0. */
  readonly seqNo: number;
  /** More parts follow (`tbc`). */
  readonly isContinued: boolean;
  /** At least one. */
  readonly items: readonly Item[];
}

/**
 * Divides items into messages that are not too large. An item that alone is too large goes alone.
 *
 * @param at milliseconds since 1970
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const parts = partsOf(0, Array.from({ length: 60 }, (_, index) => index));
 * assert.deepEqual(parts.map(({ seqNo, isContinued, items }) => [seqNo, isContinued, items.length]), [
 *   [0, true, 50],
 *   [1, false, 10],
 * ]);
 * ```
 */
export function partsOf<Item>(at: number, items: readonly Item[]): readonly Part<Item>[] {
  const groups: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = JSON.stringify(item).length;
    const group = groups.at(-1);
    const isFull = group === undefined || group.length >= MOST_REPORTED_ITEMS ||
      bytes + size > MOST_REPORTED_BYTES;
    if (isFull) groups.push([item]);
    else group.push(item);
    bytes = isFull ? size : bytes + size;
  }
  return groups.map((items, seqNo) => ({
    at,
    seqNo,
    isContinued: seqNo < groups.length - 1,
    items,
  }));
}
