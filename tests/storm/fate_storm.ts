/**
 * The network is cut at random, the CSMS answers with errors or not at all, the process is killed, and all
 * of it together: a CSMS that counts finds every transaction once.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type Random, seededRandom, SystemClock } from "../../src/clock/mod.ts";
import { type Fate, Ledger, MOST_FAILURES } from "../support/ledger.ts";
import { settleUp, startCounted } from "./counting.ts";

const LIFE_MS = 12_000;
const KILLS = 8;

/** What becomes of so large a share of the messages of transactions, but for those that are answered. */
type Shares = Readonly<Partial<Record<Fate, number>>>;

const CUTS: Shares = { cut: 0.05, "cut-after": 0.05 };
const FAILURES: Shares = { error: 0.1, silence: 0.03 };

const STORMS = {
  "the network is cut at random": { shares: CUTS, kills: 0 },
  "the CSMS fails fewer times than the attempts": { shares: FAILURES, kills: 0 },
  "cuts, failures and kills together": { shares: { ...CUTS, ...FAILURES }, kills: KILLS },
} as const;

const clock = new SystemClock();

/** Decides by chance, and never so that a station gives a message up. */
function fates(random: Random, shares: Shares): Ledger["fate"] {
  return (failures) => {
    let left = random();
    for (const [fate, share] of Object.entries(shares) as [Fate, number][]) {
      left -= share;
      if (left >= 0) continue;
      const counts = fate === "error" || fate === "silence";
      return counts && failures === MOST_FAILURES ? "answer" : fate;
    }
    return "answer";
  };
}

for (const version of ["1.6", "2.0.1", "2.1"] as const) {
  for (const [what, { shares, kills }] of Object.entries(STORMS)) {
    Deno.test(`${version}: ${what}: no transaction is lost, none repeated`, async (t) => {
      const random = seededRandom(version.length + what.length);
      const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-fate-" });
      const path = `${folder}/store.db`;
      await using ledger = new Ledger();
      ledger.fate = fates(random, shares);
      for (let life = 0; life <= kills; life++) {
        await using program = await startCounted(ledger, { version, path, cars: true });
        await program.logged(/^Started$/);
        const end = clock.monotonic() + (kills === 0 ? LIFE_MS : 1_000 + random() * 1_500);
        while (clock.monotonic() < end) {
          await clock.sleep(random() * 400);
          if ("cut" in shares) ledger.cutOne(random());
        }
        program.signal("SIGKILL");
        await program.exited;
      }
      ledger.fate = () => "answer";
      await settleUp(ledger, version, path);
      assert.deepEqual(ledger.books.audit(), []);
      for (const fate of Object.keys(shares) as Fate[]) assert(ledger.fates[fate] > 0, fate);
      const { all } = ledger.books;
      const figures = `${all.length} transactions, ${ledger.resends} resends`;
      await t.step(`${figures}, ${JSON.stringify(ledger.fates)}`, () => {});
      assert(all.length > 0);
      await Deno.remove(folder, { recursive: true });
    });
  }
}
