import assert from "node:assert/strict";
import { seededRandom, VirtualClock } from "../../../src/clock/mod.ts";
import { type SwapEvent, Swaps } from "../../../src/station/swap/swaps.ts";

const ANNA = { idToken: "ANNA", type: "Central" };

Deno.test("S02: an empty battery goes in, a charged one comes out, and then the next may swap", async () => {
  const clock = new VirtualClock();
  const events: SwapEvent[] = [];
  const swaps = new Swaps(
    { free: () => [2], swapped: (event) => events.push(event) },
    clock,
    seededRandom(1),
  );
  assert.equal(swaps.obstacle(), null);
  swaps.begin(5, ANNA);
  assert.equal(swaps.obstacle(), "it is swapping a battery already");
  await clock.advance(60_000);
  assert.deepEqual(events.map(({ event }) => event), ["BatteryIn", "BatteryOut"]);
  assert(events.every(({ requestId, idToken }) => requestId === 5 && idToken === ANNA));
  const [empty, full] = events.map(({ batteries }) => batteries[0]!);
  assert(empty!.soc <= 30 && full!.soc >= 90);
  assert.notEqual(empty!.serialNumber, full!.serialNumber);
  assert.equal(swaps.obstacle(), null);
  assert.equal(clock.pending, 0);
});

Deno.test("S02: nothing can be swapped where no place is free", () => {
  const swaps = new Swaps(
    { free: () => [], swapped: () => assert.fail("nothing is swapped") },
    new VirtualClock(),
    seededRandom(1),
  );
  assert.equal(swaps.obstacle(), "it has no place that is free");
});
