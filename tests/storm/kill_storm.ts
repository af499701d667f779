/**
 * The process is killed in the middle of charging sessions, again and again, and a CSMS that counts finds
 * every transaction once.
 *
 * @module
 */
import assert from "node:assert/strict";
import { seededRandom, SystemClock } from "../../src/clock/mod.ts";
import { ready } from "../e2e/support.ts";
import { Ledger } from "../support/ledger.ts";
import { settleUp, startCounted } from "./counting.ts";

const KILLS = 50;

const clock = new SystemClock();

for (const version of ["1.6", "2.0.1", "2.1"] as const) {
  Deno.test(`${version}: ${KILLS} kills lose no transaction and repeat none`, async (t) => {
    const random = seededRandom(version.length + Number.parseInt(version));
    const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-kill-" });
    const path = `${folder}/store.db`;
    await using ledger = new Ledger();
    for (let kill = 0; kill < KILLS; kill++) {
      await using program = await startCounted(ledger, { version, path, cars: true });
      await ready(program);
      await clock.sleep(random() * 1_500);
      program.signal("SIGKILL");
      await program.exited;
    }
    await settleUp(ledger, version, path);
    assert.deepEqual(ledger.books.audit(), []);
    const { all } = ledger.books;
    const lost = all.filter(({ reason }) => reason === "PowerLoss").length;
    const what = `${all.length} transactions, ${lost} cut short, ${ledger.resends} resends`;
    await t.step(what, () => {});
    assert(lost > 0, "no kill met a transaction");
    await Deno.remove(folder, { recursive: true });
  });
}
