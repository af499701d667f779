import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { STORE_REMEDIES, type StoreErrorReason } from "../../src/store/store_error.ts";
import { Program } from "../support/process.ts";
import { configFor, ready, realCsms } from "./support.ts";

/** A folder that outlives the program, and a config with a store in it. */
class Place implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "ocpp-emu-place-" });
  readonly path = `${this.folder}/emu.db`;

  config(url = "ws://127.0.0.1:9", path = this.path): string {
    return JSON.stringify({ ...JSON.parse(configFor(url)), storage: { path } });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** The program must end with 1 and the sentence that README lists, and must not touch the file. */
async function refuses(place: Place, reason: StoreErrorReason, path = place.path): Promise<void> {
  const before = bytesOf(path);
  const { code, complaints } = await Program.run(["serve"], {
    config: place.config(undefined, path),
  });
  assert.equal(code, 1);
  const [line = ""] = complaints.split("\n");
  assert(line.startsWith(`Cannot open the store "${path}": ${STORE_REMEDIES[reason]}`), complaints);
  assert.deepEqual(bytesOf(path), before, "the file was changed");
}

function bytesOf(path: string): Uint8Array | null {
  try {
    return Deno.readFileSync(path);
  } catch {
    return null;
  }
}

/** Runs once, so that there is a store. */
async function run(place: Place): Promise<void> {
  await using csms = await realCsms();
  await using program = await Program.start(["serve"], { config: place.config(csms.url) });
  assert.equal((await ready(program)).status, 200);
  assert.equal(await program.stop(), 0);
}

Deno.test("a corrupt store ends the program with the sentence of the README, and stays as it is", async () => {
  using place = new Place();
  Deno.writeTextFileSync(place.path, "holiday notes\n".repeat(500));
  await refuses(place, "corrupt");
});

Deno.test("a store of a newer version ends the program, and stays as it is", async () => {
  using place = new Place();
  await run(place);
  const db = new DatabaseSync(place.path);
  db.exec("PRAGMA user_version = 99");
  db.close();
  await refuses(place, "newer");
});

Deno.test("a store whose folder cannot be written ends the program", async () => {
  using place = new Place();
  Deno.writeTextFileSync(`${place.folder}/data`, "");
  await refuses(place, "read-only", `${place.folder}/data/emu.db`);
});

Deno.test("a second process on one store ends, and the first goes on", async () => {
  using place = new Place();
  await using csms = await realCsms();
  await using first = await Program.start(["serve"], { config: place.config(csms.url) });
  assert.equal((await ready(first)).status, 200);
  const { code, complaints } = await Program.run(["serve"], { config: place.config(csms.url) });
  assert.equal(code, 1);
  assert(complaints.includes(STORE_REMEDIES.locked), complaints);
  const made = await first.post("/api/stations", '{"id":"CP100"}');
  assert.equal(made.status, 201);
  assert.equal((await first.get("/health")).body.database, "connected");
  assert.equal(await first.stop(), 0);
});
