/**
 * Kills a process that writes, and looks at what it has left.
 *
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { SystemClock } from "../../src/clock/mod.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { MESSAGES } from "../../src/store/schema.ts";
import { Shelf } from "./support.ts";

/** What the writer keeps. */
export const KINDS = { number: { version: 1 }, queue: { version: 1 }, cache: { version: 1 } };

const WRITER = fileURLToPath(new URL("kill_writer.ts", import.meta.url));

/** Lets it write for so long after its first word, kills it, and checks that no acknowledged word is lost. */
export async function killOnce(
  shelf: Shelf,
  afterMs: number,
  whileItWrites = () => {},
): Promise<void> {
  const said = await writeUntilKilled(shelf, afterMs, whileItWrites);
  const store = shelf.open({ kinds: KINDS });
  for (const [caller, last] of Object.entries(said)) {
    const left = Number(store.get("number", `${caller}/left`));
    assert(left >= last, `${caller}: ${last} was acknowledged, ${left} is there`);
    assert(left <= last + 1, `${caller}: one commit at a time, ${last} and ${left}`);
    assert.equal(store.get("number", `${caller}/right`), left, "a commit is all or nothing");
    const queue = store.entries("queue", `${caller}/`).map(([, value]) =>
      (value as { n: number }).n
    );
    const first = Math.max(1, left - 99);
    assert.deepEqual(queue, Array.from({ length: left - first + 1 }, (_, at) => first + at));
  }
  store.close();
  const db = openDatabase(shelf.messagesPath, MESSAGES);
  const counted = db.prepare("SELECT total(count) AS n FROM blocks").get()?.n;
  assert.equal(db.prepare("SELECT value FROM facts WHERE name = 'rows'").get()?.value, counted);
  assert.equal(db.prepare("PRAGMA integrity_check").get()?.integrity_check, "ok");
  db.close();
}

/** The last number that each caller has acknowledged. */
async function writeUntilKilled(
  shelf: Shelf,
  afterMs: number,
  whileItWrites: () => void,
): Promise<Record<string, number>> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", "--no-check", WRITER, shelf.path],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const said: Record<string, number> = {};
  let text = "";
  const decoder = new TextDecoder();
  let cancel = null;
  try {
    for await (const bytes of child.stdout) {
      text += decoder.decode(bytes, { stream: true });
      if (cancel !== null) continue;
      cancel = new SystemClock().after(afterMs, () => child.kill("SIGKILL"));
      whileItWrites();
    }
  } catch (thrown) {
    cancel?.();
    child.kill("SIGKILL");
    throw thrown;
  }
  assert.equal((await child.status).signal, "SIGKILL");
  for (const line of text.split("\n").slice(0, -1)) {
    const [caller = "", n] = line.split(" ");
    said[caller] = Number(n);
  }
  return said;
}
