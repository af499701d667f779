/** One element of DER (X.690): a tag and what it holds. */
export interface Der {
  readonly tag: number;
  /** What it holds. */
  readonly value: Uint8Array;
  /** Tag, length and value, as they were read. */
  readonly bytes: Uint8Array;
}

/** The tags that certificates and signing requests are made of. */
export const TAG = {
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OID: 0x06,
  UTF8: 0x0c,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
  /** `[0]`, constructed. */
  CONTEXT_0: 0xa0,
} as const;

/**
 * The elements that follow each other in `bytes`.
 *
 * @throws RangeError when they are cut off, or longer than 16 MiB
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [sequence] = readDer(writeDer(TAG.SEQUENCE, writeDer(TAG.INTEGER, new Uint8Array([7]))));
 * const [integer] = readDer(sequence!.value);
 * assert.deepEqual([integer!.tag, integer!.value], [TAG.INTEGER, new Uint8Array([7])]);
 * ```
 */
export function readDer(bytes: Uint8Array): readonly Der[] {
  const elements: Der[] = [];
  for (let at = 0; at < bytes.length;) {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    if (tag === undefined || first === undefined) throw new RangeError("The DER is cut off");
    let [start, length] = [at + 2, first];
    if (first >= 0x80) {
      const count = first & 0x7f;
      if (count === 0 || count > 3) throw new RangeError(`The DER has a length of ${count} bytes`);
      length = 0;
      for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte;
      start += count;
    }
    const end = start + length;
    if (end > bytes.length) throw new RangeError("The DER is cut off");
    elements.push({ tag, value: bytes.subarray(start, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/**
 * One element of DER.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(writeDer(TAG.UTF8, new Uint8Array([65])), new Uint8Array([0x0c, 1, 65]));
 * ```
 */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | size.length, ...size];
  const bytes = new Uint8Array(head.length + length);
  bytes.set(head);
  let at = head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * A number that is not negative, from its bytes, the most significant first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(writeInteger(new Uint8Array([0, 0, 0x80])), new Uint8Array([2, 2, 0, 0x80]));
 * ```
 */
export function writeInteger(bytes: Uint8Array): Uint8Array {
  let at = 0;
  while (at < bytes.length - 1 && bytes[at] === 0) at++;
  const digits = bytes.subarray(at);
  // The first bit is the sign.
  const sign = new Uint8Array((digits[0] ?? 0) >= 0x80 ? 1 : 0);
  return writeDer(TAG.INTEGER, sign, digits);
}

/** The bytes of a BIT STRING whose bits fill all of them. */
export function writeBits(bytes: Uint8Array): Uint8Array {
  return writeDer(TAG.BIT_STRING, new Uint8Array(1), bytes);
}
