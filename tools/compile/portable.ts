import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { runFlags, VERSION } from "./project.ts";

/** What the portable form carries. */
export interface PortableParts {
  /** The Deno executable. */
  readonly runtime: Uint8Array;
  /** The bundled program. */
  readonly program: Uint8Array;
  /** How hard gzip tries, 0 (not at all) to 9. */
  readonly level?: number;
}

const HEADER = new URL("portable.sh", import.meta.url);

/** Stands in the script for the size of the whole file, script included: it is as long as any such size. */
const WHOLE = "WHOLE_BYTES_";

/** The bytes of the portable form: the shell script, and behind it Deno and program, each as gzip. */
export async function portableForm(parts: PortableParts): Promise<Uint8Array> {
  const { runtime, program, level = 6 } = parts;
  const packed = [gzipSync(runtime, { level }), gzipSync(program, { level })] as const;
  const [runtimeHash, programHash] = [sha256(runtime), sha256(program)];
  const header = fill(await Deno.readTextFile(HEADER), {
    VERSION,
    TRIPLE: Deno.build.target,
    DENO: Deno.version.deno,
    RUNTIME_HASH: runtimeHash,
    RUNTIME_NAME: runtimeHash.slice(0, 16),
    RUNTIME_BYTES: String(packed[0].length),
    PROGRAM_HASH: programHash,
    PROGRAM_NAME: programHash.slice(0, 16),
    PROGRAM_BYTES: String(packed[1].length),
    FLAGS: runFlags().join(" "),
    WHOLE_BYTES: WHOLE,
  });
  const bytes = header.length + packed[0].length + packed[1].length;
  const script = header.replace(WHOLE, String(bytes).padEnd(WHOLE.length));
  return concat([new TextEncoder().encode(script), ...packed]);
}

/** The SHA-256 of some bytes, in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Some byte arrays as one. */
export function concat(arrays: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of arrays) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

/**
 * A text with its `@NAME@` filled in.
 *
 * @throws RangeError for a name that has no value
 */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`Cannot fill in "${name}": it has no value`);
    return value;
  });
}
