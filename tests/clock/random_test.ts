import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";

Deno.test("the same seed gives the same numbers, another seed others", () => {
  const take = (seed: number) => Array.from({ length: 20 }, seededRandom(seed));
  assert.deepEqual(take(7), take(7));
  assert.notDeepEqual(take(7), take(8));
});

Deno.test("seeded numbers fill the range from 0 to 1 evenly", () => {
  const random = seededRandom(1);
  const tenths = new Array<number>(10).fill(0);
  for (let n = 0; n < 100_000; n++) {
    const value = random();
    assert(value >= 0 && value < 1);
    tenths[Math.floor(value * 10)]!++;
  }
  for (const count of tenths) assert(Math.abs(count - 10_000) < 500, `${tenths}`);
});
