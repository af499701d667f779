/**
 * Chance plays driver, CSMS and network with a station of three connectors. Whatever happens: connectors
 * go the ways of 1.6 §4.9, meters never run backwards, every transaction is told once and stopped once, one
 * CALL is outstanding at a time, every frame fits its schema, nothing but what is allowed is said before the
 * boot is accepted, and nothing hangs or is left over. In 2.x the events of a transaction have no gap and are
 * in order, those and only those of a time without a connection say so, and reports are complete.
 */
import assert from "node:assert/strict";
import { play, playAndStop } from "./property/play.ts";

for (const version of ["1.6", "2.0.1", "2.1"] as const) {
  for (const seed of [1, 2]) {
    Deno.test(`${version}: a thousand random steps break no rule and lose nothing (seed ${seed})`, async () => {
      const transactions = await play({ version, seed, steps: 1_000 });
      assert(transactions >= 16, `only ${transactions} transactions to look at`);
    });
  }

  Deno.test(`${version}: forty short plays break no rule and lose nothing`, async () => {
    for (let seed = 101; seed <= 140; seed++) await play({ version, seed, steps: 60 });
  });

  Deno.test(`${version}: a station that is stopped at any moment leaves no timer`, async () => {
    for (let seed = 1; seed <= 20; seed++) {
      await playAndStop({ version, seed, steps: 20 * seed });
    }
  });
}
