import type { BlockColumns } from "./block_columns.ts";

/** "ocpb", as a little-endian number. */
const MAGIC = 0x6270636f;
const VERSION = 1;
/** Magic number, version, count, bytes of the words, bytes of the texts, and nothing, in 32 bits each. */
const HEADER_BYTES = 24;
/** What a message takes beside its text and its words. */
const BYTES_EACH = 3 * 8 + 2 * 4 + 4 * 2 + 1;

const encoder = new TextEncoder();
/** A byte order mark is part of a frame. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A block as one row of bytes: the header, the columns, the largest elements first so that each is aligned,
 * the words as JSON, the texts, both in UTF-8. Little-endian, as every machine is that Deno runs on.
 */
export function packColumns(from: BlockColumns): Uint8Array {
  const { count } = from;
  const words = encoder.encode(JSON.stringify(from.words));
  const texts = encoder.encode(from.texts);
  const body = new Uint8Array(HEADER_BYTES + count * BYTES_EACH + words.length + texts.length);
  new Uint32Array(body.buffer, 0, 6).set([MAGIC, VERSION, count, words.length, texts.length, 0]);
  const to = viewsOf(body.buffer, count);
  to.seqs.set(from.seqs.subarray(0, count));
  to.ats.set(from.ats.subarray(0, count));
  to.latencies.set(from.latencies.subarray(0, count));
  to.textEnds.set(from.textEnds.subarray(0, count));
  to.sizes.set(from.sizes.subarray(0, count));
  to.stations.set(from.stations.subarray(0, count));
  to.actions.set(from.actions.subarray(0, count));
  to.errors.set(from.errors.subarray(0, count));
  to.ids.set(from.ids.subarray(0, count));
  to.kinds.set(from.kinds.subarray(0, count));
  body.set(words, to.end);
  body.set(texts, to.end + words.length);
  return body;
}

/** The columns in what {@link packColumns} made, seen in place. @throws Error that says what is wrong */
export function unpackColumns(body: Uint8Array): BlockColumns {
  // Views of eight bytes begin at multiples of eight.
  const bytes = body.byteOffset % 8 === 0 ? body : body.slice();
  const { buffer, byteOffset, length } = bytes;
  if (length < HEADER_BYTES) throw new Error(`A block has ${length} bytes`);
  const [magic, version, count, wordBytes, textBytes] = new Uint32Array(buffer, byteOffset, 6);
  if (magic !== MAGIC) throw new Error("A block does not begin as one");
  if (version !== VERSION) throw new Error(`A block is of version ${version}`);
  const size = HEADER_BYTES + count! * BYTES_EACH + wordBytes! + textBytes!;
  if (size !== length) throw new Error(`A block has ${length} bytes in place of ${size}`);
  const { end, ...columns } = viewsOf(buffer, count!, byteOffset);
  const textsAt = end + wordBytes!;
  const words: unknown = JSON.parse(decoder.decode(bytes.subarray(end, textsAt)));
  if (!Array.isArray(words)) throw new Error("A block has no words");
  return { count: count!, ...columns, words, texts: decoder.decode(bytes.subarray(textsAt)) };
}

/** `end`: where the columns end, from the first byte of the block. */
function viewsOf(buffer: ArrayBufferLike, count: number, offset = 0) {
  let at = offset + HEADER_BYTES;
  const next = (bytes: number) => (at += bytes * count) - bytes * count;
  const seqs = new Float64Array(buffer, next(8), count);
  const ats = new Float64Array(buffer, next(8), count);
  const latencies = new Float64Array(buffer, next(8), count);
  const textEnds = new Uint32Array(buffer, next(4), count);
  const sizes = new Uint32Array(buffer, next(4), count);
  const stations = new Uint16Array(buffer, next(2), count);
  const actions = new Uint16Array(buffer, next(2), count);
  const errors = new Uint16Array(buffer, next(2), count);
  const ids = new Uint16Array(buffer, next(2), count);
  const kinds = new Uint8Array(buffer, next(1), count);
  const end = at - offset;
  return { seqs, ats, latencies, textEnds, sizes, stations, actions, errors, ids, kinds, end };
}
