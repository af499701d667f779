import assert from "node:assert/strict";
import { seededRandom } from "../../../src/clock/mod.ts";
import { carFrom, carWith } from "../../../src/station/energy/car.ts";
import { supplyOf } from "../../../src/station/energy/supply.ts";
import { car } from "./cars.ts";

const AC = supplyOf("Type2", 22_000);
const DC = supplyOf("CCS2", 150_000);

Deno.test("cars by chance are believable, varied, and the same for the same seed", () => {
  const take = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 200 }, () => carFrom(random, AC));
  };
  const cars = take(1);
  assert.deepEqual(cars, take(1));
  for (const { batteryWh, soc, targetSoc, ac } of cars) {
    assert(batteryWh >= 9_000 && batteryWh <= 110_000);
    assert(soc >= 0.08 && soc <= 0.6 && targetSoc > soc && targetSoc <= 1);
    assert(ac.maxAmps >= 16 && ac.maxAmps <= 32);
  }
  assert(new Set(cars.map(({ batteryWh }) => batteryWh)).size > 50);
  assert.deepEqual(new Set(cars.map(({ ac }) => ac.phases)), new Set([1, 3]));
});

Deno.test("only cars that can charge with DC come to a DC connector", () => {
  const random = seededRandom(2);
  for (let n = 0; n < 200; n++) assert(carFrom(random, DC).dc.maxPowerW >= 50_000);
});

Deno.test("a car by chance is plain JSON and takes as many numbers wherever it comes", () => {
  const [one, other] = [seededRandom(3), seededRandom(3)];
  const any = carFrom(one, AC);
  carFrom(other, DC);
  assert.equal(one(), other());
  assert.deepEqual(JSON.parse(JSON.stringify(any)), any);
});

Deno.test("a car given by hand charges to the end unless told otherwise, whatever its battery", () => {
  const kept = { ...car(), soc: 0.6, targetSoc: 0.8 };
  assert.equal(carWith(kept, { soc: 0.9 }).targetSoc, 1);
  const low = carWith(kept, { targetSoc: 0.3 });
  assert(low.soc < low.targetSoc, "it does not arrive at its target");
  assert.equal(carWith({ ...kept, tellsSoc: false }, { soc: 0.5 }).tellsSoc, true);
  assert.equal(carWith({ ...kept, tellsSoc: false }, {}).tellsSoc, false);
});

Deno.test("a car that cannot be is refused with what is allowed", () => {
  assert.throws(
    () => carWith(car(), { soc: 80 }),
    new RangeError("Cannot make a car with soc 80: it must be 0 to 1"),
  );
  for (const given of [{ batteryWh: 0 }, { batteryWh: NaN }, { maxPower: 0 }, { targetSoc: -1 }]) {
    assert.throws(() => carWith(car(), given), RangeError);
  }
});
