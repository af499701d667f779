import { seededRandom } from "../../src/clock/mod.ts";
import { killOnce } from "../store/killing.ts";
import { Shelf } from "../store/support.ts";

Deno.test("what was acknowledged survives 50 kills at random moments, on one and the same file", async () => {
  using shelf = new Shelf();
  const random = seededRandom(6);
  for (let kill = 0; kill < 50; kill++) await killOnce(shelf, random() * 600);
});
