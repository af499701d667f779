import assert from "node:assert/strict";
import { acceptedPower, charge, isEnough } from "../../../src/station/energy/charge.ts";
import { supplyOf } from "../../../src/station/energy/supply.ts";
import { AC_22, AC_7, car, DC_150 } from "./cars.ts";

const HOUR = 3_600_000;
const ac = { ...supplyOf(AC_22.type, AC_22.maxPower), powerW: AC_22.maxPower };
const ac1 = { ...supplyOf(AC_7.type, AC_7.maxPower), powerW: AC_7.maxPower };
const dc = { ...supplyOf(DC_150.type, DC_150.maxPower), powerW: DC_150.maxPower };

/** Charges in pieces of `stepMs`. */
function inSteps(offer: typeof ac, ms: number, stepMs: number) {
  let [soc, wh] = [0.2, 0];
  for (let left = ms; left > 0; left -= stepMs) {
    const step = charge(car(), soc, offer, Math.min(left, stepMs));
    soc = step.soc;
    wh += step.meteredWh;
  }
  return { soc, wh };
}

Deno.test("AC is limited by the weakest of station, cable phases and on-board charger", () => {
  assert.equal(acceptedPower(car(), 0.5, ac), 11_040);
  assert.equal(acceptedPower(car(), 0.5, { ...ac, powerW: 6_900 }), 6_900);
  assert.equal(acceptedPower(car(), 0.5, ac1), 16 * 230, "one phase of a three-phase car");
  assert.equal(acceptedPower(car({ phases: 1, maxPower: 7_360 }), 0.5, ac), 32 * 230);
  assert.equal(
    acceptedPower(car({ phases: 1, maxPower: 7_360 }), 0.5, { ...ac, powerW: 11_040 }),
    16 * 230,
  );
});

Deno.test("AC holds its power and tapers near full, DC falls with the state of charge", () => {
  assert.equal(acceptedPower(car(), 0.9, ac), 11_040);
  assert(acceptedPower(car(), 0.98, ac) < 8_000);
  const powers = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95].map((soc) => acceptedPower(car(), soc, dc));
  assert.equal(powers[0], 100_000);
  powers.reduce((before, power) => (assert(power <= before), power));
  assert(powers.at(-1)! < 20_000);
});

Deno.test("a lower limit holds for longer, since the battery allows it for longer", () => {
  assert.equal(acceptedPower(car(), 0.96, { ...ac, powerW: 5_000 }), 5_000);
});

Deno.test("less than 6 A per phase is no offer to an AC car", () => {
  assert.equal(acceptedPower(car(), 0.5, { ...ac, powerW: 4_139 }), 0);
  assert.equal(acceptedPower(car(), 0.5, { ...ac, powerW: 4_140 }), 4_140);
  assert(isEnough({ ...ac1, powerW: 1_380 }) && !isEnough({ ...ac1, powerW: 1_379 }));
  assert.equal(charge(car(), 0.5, { ...ac, powerW: 4_139 }, HOUR).meteredWh, 0);
  assert.equal(acceptedPower(car(), 0.5, { ...dc, powerW: 500 }), 500);
});

Deno.test("what is charged does not depend on the steps by more than 1 %", () => {
  for (const offer of [ac, ac1, dc]) {
    for (const ms of [HOUR / 4, HOUR / 2, 6 * HOUR]) {
      const fine = inSteps(offer, ms, 1_000);
      for (const stepMs of [10_000, 47_000, 12 * 60_000, ms]) {
        const coarse = inSteps(offer, ms, stepMs);
        assert(Math.abs(coarse.wh / fine.wh - 1) < 0.01, `${offer.current} ${ms} ${stepMs}`);
        assert(Math.abs(coarse.soc - fine.soc) < 0.005);
      }
    }
  }
});

Deno.test("a car stops exactly at its target, and takes nothing more", () => {
  const { soc, meteredWh } = charge(car({ targetSoc: 0.8 }), 0.2, ac, 48 * HOUR);
  assert.equal(soc, 0.8);
  assert.equal(Math.round(meteredWh), Math.round(0.6 * 50_000 / 0.9));
  assert.equal(charge(car({ targetSoc: 0.8 }), 0.8, ac, HOUR).meteredWh, 0);
});

Deno.test("every battery gets full in the end, and charging takes a believable time", () => {
  assert.equal(charge(car(), 0.2, ac, 6 * HOUR).soc, 1);
  assert(charge(car(), 0.2, ac, 3 * HOUR).soc < 0.95);
  const fast = charge(car(), 0.1, dc, HOUR / 2).soc;
  assert(fast > 0.7 && fast < 0.95, `${fast} after half an hour of DC`);
});

Deno.test("a car without DC takes none", () => {
  const phev = { ...car(), dc: { ...car().dc, maxPowerW: 0 } };
  assert.deepEqual(charge(phev, 0.2, dc, HOUR), { soc: 0.2, meteredWh: 0 });
});

Deno.test("2.1 Q: a car gives back what is wanted, down to what its owner wants to be left with", () => {
  const giving = car({ maxDischarge: 10_000, minSoc: 0.3 });
  const back = { ...dc, powerW: -8_000 };
  assert.equal(acceptedPower(giving, 0.8, back), -8_000);
  assert.equal(acceptedPower(giving, 0.8, { ...dc, powerW: -90_000 }), -10_000);
  assert.equal(acceptedPower(giving, 0.3, back), 0);
  const { soc, meteredWh } = charge(giving, 0.8, back, HOUR);
  assert.deepEqual([meteredWh, soc.toFixed(4)], [-8_000, (0.8 - 8_000 / 0.95 / 50_000).toFixed(4)]);
  const all = charge(giving, 0.8, back, 48 * HOUR);
  assert.equal(all.soc, 0.3);
  assert.equal(Math.round(all.meteredWh), -Math.round(0.5 * 50_000 * 0.95));
});

Deno.test("a car that gives nothing back is left as it is", () => {
  const back = { ...dc, powerW: -8_000 };
  assert.equal(acceptedPower(car(), 0.8, back), 0);
  assert.deepEqual(charge(car(), 0.8, back, HOUR), { soc: 0.8, meteredWh: 0 });
});
