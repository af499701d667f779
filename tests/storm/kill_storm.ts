/**
 * The process is killed in the middle of charging sessions, again and again, and a CSMS that counts finds
 * every transaction once.
 *
 * @module
 */
import assert from "node:assert/strict";
import { seededRandom, SystemClock } from "../../src/clock/mod.ts";
import type { VersionId } from "../../src/ocpp/mod.ts";
import { configFor, ready } from "../e2e/support.ts";
import { within } from "../support/connection_harness.ts";
import { Ledger } from "../support/ledger.ts";
import { Program } from "../support/process.ts";

const KILLS = 50;
const STATIONS = 6;

const clock = new SystemClock();

/** The program on a store that outlives it. */
function start(ledger: Ledger, version: VersionId, path: string, cars: boolean): Promise<Program> {
  const parts = {
    csms: { call_timeout: "2s", reconnect_backoff: "50ms", reconnect_max_backoff: "200ms" },
    fleets: [{
      count: STATIONS,
      id: "CP{1..6}",
      protocol_version: version,
      meter_values: { interval: "60s" },
      simulation: { cars, speed: 300, arrival: "1s", stay: "10m" },
    }],
    stations: [],
  };
  const config = JSON.parse(configFor(ledger.url, parts));
  return Program.start(["serve"], { config: JSON.stringify({ ...config, storage: { path } }) });
}

for (const version of ["1.6", "2.0.1", "2.1"] as const) {
  Deno.test(`${version}: ${KILLS} kills lose no transaction and repeat none`, async (t) => {
    const random = seededRandom(version.length + Number.parseInt(version));
    const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-kill-" });
    const path = `${folder}/store.db`;
    await using ledger = new Ledger();
    for (let kill = 0; kill < KILLS; kill++) {
      await using program = await start(ledger, version, path, true);
      await ready(program);
      await clock.sleep(random() * 1_500);
      program.signal("SIGKILL");
      await program.exited;
    }
    await using program = await start(ledger, version, path, false);
    await program.logged(/^Started$/);
    const end = clock.monotonic() + 30_000;
    while (ledger.open.length > 0 && clock.monotonic() < end) await clock.sleep(50);
    await within("the program to end", program.stop());
    assert.deepEqual(ledger.books.audit(), []);
    const { all } = ledger.books;
    const lost = all.filter(({ reason }) => reason === "PowerLoss").length;
    const what = `${all.length} transactions, ${lost} cut short, ${ledger.resends} resends`;
    await t.step(what, () => {});
    assert(lost > 0, "no kill met a transaction");
    await Deno.remove(folder, { recursive: true });
  });
}
