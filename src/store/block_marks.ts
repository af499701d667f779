import { type BlockColumns, MESSAGE_TYPES, TYPE_SHIFT } from "./block_columns.ts";
import type { MessageFilter } from "./message.ts";

/** For each word, rounded up to a power of two: of a hundred foreign words, one to five look like its own. */
const BITS_EACH = 8;
const FEWEST_BITS = 64;

/** What a word is: the same word as station and as action is two. */
const STATION = 1;
const ACTION = 2;
const TYPE = 4;

/**
 * Which stations, actions and types a block may have: two bits are set for each (a Bloom filter). What it
 * does not have, it need not be read for.
 */
export function marksOf(columns: BlockColumns): Uint8Array {
  const { count, words, stations, actions, kinds } = columns;
  const roles = new Uint8Array(words.length);
  let types = 0;
  for (let at = 0; at < count; at++) {
    roles[stations[at]!]! |= STATION;
    roles[actions[at]!]! |= ACTION;
    types |= 1 << (kinds[at]! >> TYPE_SHIFT);
  }
  const hashes: number[] = [];
  for (let at = 1; at < roles.length; at++) {
    if (roles[at]! & STATION) hashes.push(hash(words[at]!, STATION));
    if (roles[at]! & ACTION) hashes.push(hash(words[at]!, ACTION));
  }
  MESSAGE_TYPES.forEach((type, at) => {
    if (types & (1 << at)) hashes.push(hash(type, TYPE));
  });
  let bits = FEWEST_BITS;
  while (bits < hashes.length * BITS_EACH) bits *= 2;
  const marks = new Uint8Array(bits / 8);
  for (const each of hashes) {
    for (const bit of [each & (bits - 1), (each >>> 16) & (bits - 1)]) {
      marks[bit >> 3]! |= 1 << (bit & 7);
    }
  }
  return marks;
}

/** `false`: no message of the block is one that the filter looks for. */
export function mayHold(marks: Uint8Array, { stationId, action, type }: MessageFilter): boolean {
  return has(marks, stationId, STATION) && has(marks, action, ACTION) && has(marks, type, TYPE);
}

function has(marks: Uint8Array, word: string | undefined, role: number): boolean {
  if (word === undefined) return true;
  const mask = marks.length * 8 - 1;
  const both = hash(word, role);
  return isSet(marks, both & mask) && isSet(marks, (both >>> 16) & mask);
}

function isSet(marks: Uint8Array, bit: number): boolean {
  return (marks[bit >> 3]! & (1 << (bit & 7))) !== 0;
}

/** FNV-1a, then MurmurHash3's last step, since its low bits alone are poor. On disks: it cannot change. */
function hash(word: string, role: number): number {
  let value = 0x811c9dc5 ^ role;
  for (let at = 0; at < word.length; at++) {
    value = Math.imul(value ^ word.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
