/** One machine that the program is built for. */
export interface Target {
  /** As `deno compile --target` spells it, and `Deno.build.target`. */
  readonly triple: string;
  readonly archive: "tar.gz" | "zip";
  /** The name of the file that the user runs. */
  readonly executable: string;
}

/** All machines that a release is for. */
export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", archive: "tar.gz", executable: "ocpp-emu" },
  { triple: "aarch64-unknown-linux-gnu", archive: "tar.gz", executable: "ocpp-emu" },
  { triple: "x86_64-apple-darwin", archive: "tar.gz", executable: "ocpp-emu" },
  { triple: "aarch64-apple-darwin", archive: "tar.gz", executable: "ocpp-emu" },
  { triple: "x86_64-pc-windows-msvc", archive: "zip", executable: "ocpp-emu.exe" },
];

/**
 * The target of a name.
 *
 * @throws RangeError when the table has none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(targetOf("x86_64-pc-windows-msvc").executable, "ocpp-emu.exe");
 * ```
 */
export function targetOf(triple: string): Target {
  const target = TARGETS.find((target) => target.triple === triple);
  if (target !== undefined) return target;
  const known = TARGETS.map(({ triple }) => triple).join(", ");
  throw new RangeError(`Cannot build for "${triple}": the targets are ${known}`);
}

/** The name of a release archive. */
export function archiveName(version: string, { triple, archive }: Target): string {
  return `ocpp-emu-${version}-${triple}.${archive}`;
}
