import { type ArchivedFile, tarGz, zip } from "./archive.ts";
import { ROOT } from "./project.ts";
import type { Target } from "./targets.ts";

/** The archive of a target: what was built, README and LICENSE. */
export async function releaseArchive(target: Target, executable: string): Promise<Uint8Array> {
  const texts = ["README.md", "LICENSE"].map(async (name) => ({
    name,
    bytes: await Deno.readFile(new URL(name, ROOT)),
  }));
  const files: ArchivedFile[] = [
    { name: target.executable, bytes: await Deno.readFile(executable), executable: true },
    ...await Promise.all(texts),
  ];
  return target.archive === "zip" ? zip(files) : tarGz(files);
}
