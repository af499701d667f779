import assert from "node:assert/strict";
import { type ArchivedFile, tarGz, zip } from "../../tools/compile/archive.ts";

const bytes = new TextEncoder().encode("text\n".repeat(300));
const FILES: readonly ArchivedFile[] = [
  { name: "ocpp-emu", bytes: new Uint8Array([1, 2, 3]), executable: true },
  { name: "README.md", bytes },
  { name: "empty", bytes: new Uint8Array() },
];

/** The same from a program that others wrote, where it is there; `null` where it is not. */
async function unpacked(
  archive: Uint8Array,
  name: string,
  command: readonly [string, ...string[]],
): Promise<Record<string, { size: number; mode: number | null }> | null> {
  const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-archive-" });
  try {
    await Deno.writeFile(`${folder}/${name}`, archive);
    const [program, ...args] = command;
    const { success, stderr } = await new Deno.Command(program, { args, cwd: folder }).output();
    assert(success, new TextDecoder().decode(stderr));
    return Object.fromEntries(FILES.map((file) => {
      const { size, mode } = Deno.statSync(`${folder}/${file.name}`);
      return [file.name, { size, mode: mode === null ? null : mode & 0o777 }];
    }));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound && /spawn/.test(error.message)) return null;
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const EXPECTED = {
  "ocpp-emu": { size: 3, mode: 0o755 },
  "README.md": { size: 1500, mode: 0o644 },
  "empty": { size: 0, mode: 0o644 },
};

Deno.test("tar unpacks a tar.gz with sizes and modes", async () => {
  const found = await unpacked(tarGz(FILES), "a.tar.gz", ["tar", "-xpzf", "a.tar.gz"]);
  if (found !== null) assert.deepEqual(found, EXPECTED);
});

Deno.test("unzip unpacks a zip with sizes and modes", async () => {
  const found = await unpacked(zip(FILES), "a.zip", ["unzip", "-q", "a.zip"]);
  if (found !== null) assert.deepEqual(found, EXPECTED);
});

Deno.test("the same files make the same archive, whenever it is made", () => {
  assert.deepEqual(tarGz(FILES), tarGz(FILES));
  assert.deepEqual(zip(FILES), zip(FILES));
});
