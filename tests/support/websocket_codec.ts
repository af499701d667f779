/**
 * Just enough of RFC 6455 to be a server that may break its rules: no checks, no fragments put back
 * together, no extensions.
 *
 * @module
 */

const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type FrameKind = keyof typeof OPCODES;

/** A frame as the client sent it, unmasked. */
export interface SeenFrame {
  readonly kind: FrameKind;
  readonly payload: Uint8Array;
  /** The payload as text; of a close frame its reason. */
  readonly text: string;
  /** The code of a close frame; 1005 when it had none. */
  readonly code?: number;
}

/** A frame to write. Lies are allowed. */
export interface FrameToSend {
  readonly kind?: FrameKind;
  /** In place of `kind`: opcodes that do not exist. */
  readonly opcode?: number;
  readonly payload?: Uint8Array;
  /** What the header says; the payload's own length by default. */
  readonly announcedLength?: number;
  /** The three reserved bits as a number from 0 to 7. */
  readonly reservedBits?: number;
  readonly final?: boolean;
}

/** The bytes of an unmasked frame. */
export function encodeFrame(frame: FrameToSend): Uint8Array<ArrayBuffer> {
  const payload = frame.payload ?? new Uint8Array();
  const length = frame.announcedLength ?? payload.length;
  const opcode = frame.opcode ?? OPCODES[frame.kind ?? "text"];
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const bytes = new Uint8Array(2 + lengthBytes + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = (frame.final === false ? 0 : 0x80) | (frame.reservedBits ?? 0) << 4 | opcode;
  bytes[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127;
  if (lengthBytes === 2) view.setUint16(2, length);
  if (lengthBytes === 8) view.setBigUint64(2, BigInt(length));
  bytes.set(payload, 2 + lengthBytes);
  return bytes;
}

/** The payload of a close frame. Without a code it is empty. */
export function closePayload(code?: number, reason = ""): Uint8Array {
  if (code === undefined) return new Uint8Array();
  const text = new TextEncoder().encode(reason);
  const payload = new Uint8Array(2 + text.length);
  new DataView(payload.buffer).setUint16(0, code);
  payload.set(text, 2);
  return payload;
}

/** The first frame in `bytes` and how many bytes it takes, or `null` while it is incomplete. */
export function decodeFrame(bytes: Uint8Array): { frame: SeenFrame; size: number } | null {
  if (bytes.length < 2) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const short = view.getUint8(1) & 0x7f;
  const lengthBytes = short < 126 ? 0 : short === 126 ? 2 : 8;
  const masked = (view.getUint8(1) & 0x80) !== 0;
  const start = 2 + lengthBytes + (masked ? 4 : 0);
  if (bytes.length < start) return null;
  const length = lengthBytes === 0
    ? short
    : lengthBytes === 2
    ? view.getUint16(2)
    : Number(view.getBigUint64(2));
  const size = start + length;
  if (bytes.length < size) return null;
  const payload = bytes.slice(start, size);
  for (let i = 0; masked && i < length; i++) payload[i]! ^= bytes[start - 4 + i % 4]!;
  return { frame: seen(view.getUint8(0) & 0x0f, payload), size };
}

function seen(opcode: number, payload: Uint8Array): SeenFrame {
  const kinds = Object.keys(OPCODES) as FrameKind[];
  const kind = kinds.find((name) => OPCODES[name] === opcode) ?? "binary";
  if (kind !== "close") return { kind, payload, text: new TextDecoder().decode(payload) };
  const code = payload.length < 2 ? 1005 : (payload[0]! << 8) + payload[1]!;
  return { kind, payload, code, text: new TextDecoder().decode(payload.subarray(2)) };
}
