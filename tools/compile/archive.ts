import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { concat } from "./portable.ts";

/** A file of an archive. */
export interface ArchivedFile {
  /** With `/` between folders, at most 100 bytes of ASCII. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly executable?: boolean;
}

const BLOCK = 512;
const encoder = new TextEncoder();

/** A gzipped tar (POSIX ustar). The same files make the same bytes. */
export function tarGz(files: readonly ArchivedFile[]): Uint8Array {
  const blocks = files.flatMap(({ name, bytes, executable }) => [
    tarHeader(name, bytes.length, executable === true),
    bytes,
    new Uint8Array((BLOCK - bytes.length % BLOCK) % BLOCK),
  ]);
  return gzipSync(concat([...blocks, new Uint8Array(2 * BLOCK)]));
}

function tarHeader(name: string, size: number, executable: boolean): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => header.set(encoder.encode(text), at);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  put(0, name);
  put(100, `${octal(executable ? 0o755 : 0o644, 7)}\0`);
  put(108, `${octal(0, 7)}\0${octal(0, 7)}\0`);
  put(124, `${octal(size, 11)}\0${octal(0, 11)}\0`);
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\x0000");
  put(148, `${octal(header.reduce((sum, byte) => sum + byte, 0), 6)}\0 `);
  return header;
}

/** The date of every file in a zip, which knows none before: 1 January 1980. */
const ZIP_DATE = 0x21;
const ZIP_VERSION = 20;
const DEFLATED = 8;
const MADE_BY_UNIX = 3 << 8;

/** A zip. The same files make the same bytes. */
export function zip(files: readonly ArchivedFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes, executable } of files) {
    const [path, packed] = [encoder.encode(name), deflateRawSync(bytes)];
    const facts = record([
      [2, ZIP_VERSION],
      [2, 0],
      [2, DEFLATED],
      [2, 0],
      [2, ZIP_DATE],
      [4, crc32(bytes)],
      [4, packed.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ]);
    const mode = executable === true ? 0o100755 : 0o100644;
    const rest = record([[2, 0], [2, 0], [2, 0], [4, mode * 0x10000], [4, at]]);
    const local = concat([record([[4, 0x04034b50]]), facts, path, packed]);
    const made = record([[4, 0x02014b50], [2, MADE_BY_UNIX | ZIP_VERSION]]);
    directory.push(concat([made, facts, rest, path]));
    parts.push(local);
    at += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = files.length;
  const counts = [[2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0]] as const;
  return concat([...parts, ...directory, record([[4, 0x06054b50], ...counts])]);
}

/** Numbers of 2 or 4 bytes one after the other, least byte first. */
function record(fields: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}
