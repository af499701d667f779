/** The property test, long enough to meet what is rare: as many steps as a station makes in weeks. */
import { play } from "../station/property/play.ts";

const STEPS = 10_000;

for (const seed of [11, 12, 13, 14, 15, 16, 17, 18]) {
  Deno.test(`1.6: ten thousand random steps break no rule and lose nothing (seed ${seed})`, async () => {
    await play(seed, STEPS);
  });
}
