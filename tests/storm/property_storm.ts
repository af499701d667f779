/** The property test, long enough to meet what is rare: as many steps as a station makes in weeks. */
import { play } from "../station/property/play.ts";

const STEPS = 10_000;
const SHORT_PLAYS = 1_000;

for (const version of ["1.6", "2.0.1", "2.1"] as const) {
  for (const seed of [11, 12, 13, 14]) {
    Deno.test(`${version}: ten thousand random steps break no rule and lose nothing (seed ${seed})`, async () => {
      await play({ version, seed, steps: STEPS });
    });
  }

  Deno.test(`${version}: a thousand short plays break no rule and lose nothing`, async () => {
    for (let seed = 1_001; seed <= 1_000 + SHORT_PLAYS; seed++) {
      await play({ version, seed, steps: 60 });
    }
  });
}
