/**
 * Chance plays driver, CSMS and network with a station of three connectors. Whatever happens: connectors
 * go the ways of 1.6 §4.9, meters never run backwards, every transaction is told once and stopped once, one
 * CALL is outstanding at a time, every frame fits its schema, and nothing hangs or is left over.
 */
import { play, playAndStop } from "./property/play.ts";

for (const seed of [1, 2]) {
  Deno.test(`1.6: a thousand random steps break no rule and lose nothing (seed ${seed})`, async () => {
    await play(seed, 1_000);
  });
}

Deno.test("1.6: a station that is stopped at any moment leaves no timer", async () => {
  for (let seed = 1; seed <= 20; seed++) await playAndStop(seed, 20 * seed);
});
