import assert from "node:assert/strict";
import { scaledClock, seededRandom, VirtualClock } from "../../../src/clock/mod.ts";
import { Meter, type MeterOptions } from "../../../src/station/energy/meter.ts";
import { footprint } from "../../support/footprint.ts";
import { AC_22, car, DC_150 } from "./cars.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A meter on a virtual clock; `advance` takes simulated milliseconds. */
function bench(options: Partial<MeterOptions> & { speed?: number } = {}) {
  const { speed = 1, ...rest } = options;
  const clock = new VirtualClock();
  let ticks = 0;
  const meter = new Meter({
    clock: scaledClock(clock, speed),
    random: seededRandom(1),
    ...AC_22,
    ticked: () => ticks++,
    ...rest,
  });
  return {
    meter,
    clock,
    advance: (ms: number) => clock.advance(ms / speed),
    ticks: () => ticks,
  };
}

Deno.test("a connected car takes nothing until energy may flow, and then counts into the register", async () => {
  const { meter, clock, advance } = bench();
  meter.connect(car());
  await advance(HOUR);
  assert.deepEqual([meter.importWh, meter.powerW, clock.pending], [0, 0, 0]);
  assert.equal(meter.carWants, true);
  meter.flow(22_080);
  assert.equal(meter.powerW, 11_040);
  await advance(HOUR);
  assert.equal(meter.importWh, 11_040);
  assert.equal(meter.exportWh, 0);
  assert.equal(meter.soc!.toFixed(4), (0.2 + 11_040 * 0.9 / 50_000).toFixed(4));
  meter.stop();
  await advance(HOUR);
  assert.equal(meter.importWh, 11_040);
  assert.equal(clock.pending, 0);
});

Deno.test("the register goes on from car to car and never backwards", async () => {
  const { meter, advance } = bench();
  let before = 0;
  for (let n = 0; n < 5; n++) {
    meter.connect(car());
    meter.flow(11_040);
    for (let step = 0; step < 20; step++) {
      await advance(7_777);
      assert(meter.importWh >= before);
      before = meter.importWh;
    }
    meter.disconnect();
    assert.equal(meter.importWh, before);
    assert.equal(meter.soc, null);
    assert.equal(meter.carWants, false);
  }
  assert(Math.abs(before - 5 * 20 * 7.777 / 3_600 * 11_040) < 5);
});

Deno.test("one timer ticks every 10 s while energy flows, and none otherwise", async () => {
  const { meter, clock, advance, ticks } = bench();
  meter.connect(car());
  meter.flow(0);
  assert.equal(clock.pending, 0, "suspended by the EVSE");
  meter.flow(11_040);
  meter.limit(8_000);
  assert.equal(clock.pending, 1);
  await advance(60_000);
  assert.equal(ticks(), 6);
  meter.limit(0);
  assert.equal(clock.pending, 0);
  meter.limit(11_040);
  meter.pauseCar(true);
  assert.equal(clock.pending, 0, "suspended by the car");
  assert.deepEqual([meter.carWants, meter.powerW], [false, 0]);
  meter.pauseCar(false);
  assert.deepEqual([meter.carWants, meter.powerW, clock.pending], [true, 11_040, 1]);
  meter.disconnect();
  assert.equal(clock.pending, 0);
  await advance(60_000);
  assert.equal(ticks(), 6);
});

Deno.test("at high speed it ticks five times a real second, and reckons as exactly", async () => {
  const slow = bench();
  const fast = bench({ speed: 3600 });
  for (const { meter, advance } of [slow, fast]) {
    meter.connect(car());
    meter.flow(22_080);
    await advance(4 * HOUR);
  }
  assert.equal(fast.ticks(), 4 * 5);
  assert(Math.abs(fast.meter.importWh / slow.meter.importWh - 1) < 0.01);
  assert(Math.abs(fast.meter.soc! - slow.meter.soc!) < 0.005);
});

Deno.test("what is read between two ticks is reckoned up to now", async () => {
  const { meter, advance, ticks } = bench({ speed: 3600 });
  meter.connect(car());
  meter.flow(11_040);
  await advance(5 * MINUTE);
  assert.equal(ticks(), 0);
  assert.equal(meter.importWh, 920);
});

Deno.test("a car that gets full stops the flow, and one tick tells so", async () => {
  const { meter, clock, advance, ticks } = bench();
  meter.connect(car({ soc: 0.79, targetSoc: 0.8 }));
  meter.flow(22_080);
  while (clock.pending > 0) await advance(10_000);
  assert.deepEqual([meter.soc, meter.carWants, meter.powerW], [0.8, false, 0]);
  assert.equal(meter.importWh, Math.floor(0.01 * 50_000 / 0.9));
  const told = ticks();
  await advance(HOUR);
  meter.limit(11_040);
  assert.deepEqual([ticks(), clock.pending], [told, 0]);
});

Deno.test("the tick that tells of a full car comes although somebody looked first", async () => {
  const wants: boolean[] = [];
  const { meter, advance } = bench({ ticked: () => wants.push(meter.carWants) });
  meter.connect(car({ soc: 0.7999, targetSoc: 0.8 }));
  meter.flow(22_080);
  await advance(5_000);
  assert.equal(meter.carWants, false);
  meter.limit(9_000);
  await advance(5_000);
  assert.deepEqual(wants, [false]);
});

Deno.test("the owner may stop the meter from within a tick", async () => {
  const { meter, clock, advance } = bench({ ticked: () => meter.stop() });
  meter.connect(car());
  meter.flow(11_040);
  await advance(10_000);
  assert.equal(clock.pending, 0);
  assert.equal(meter.importWh, Math.floor(11_040 / 360));
});

Deno.test("a limit below 6 A is no offer: the car wants and gets nothing (1.6 §7.7 SuspendedEVSE)", () => {
  const { meter, clock } = bench();
  meter.connect(car());
  meter.flow(4_000);
  assert.deepEqual([meter.carWants, meter.powerW, clock.pending], [true, 0, 0]);
  assert.equal(meter.offeredW, 4_000);
});

Deno.test("no more is offered or wanted back than the connector has", () => {
  const { meter } = bench(DC_150);
  meter.flow(50_000);
  assert.equal(meter.offeredW, 0, "no car, no flow");
  meter.connect(car());
  meter.limit(50_000);
  assert.equal(meter.offeredW, 0, "a limit alone starts nothing");
  meter.flow(Infinity);
  assert.deepEqual([meter.offeredW, meter.powerW], [150_000, 100_000]);
  meter.flow(-Infinity);
  assert.deepEqual([meter.offeredW, meter.powerW], [-150_000, 0]);
  assert.throws(() => meter.flow(NaN), RangeError);
});

Deno.test("a meter that never ran holds no state of its own", () => {
  const clock = scaledClock(new VirtualClock(), 1);
  const random = seededRandom(1);
  const ticked = () => {};
  const make = () => new Meter({ clock, random, ...AC_22, ticked });
  const meters = [make()];
  const before = footprint().heapMib;
  for (let n = 0; n < 100_000; n++) meters.push(make());
  const each = (footprint().heapMib - before) * 2 ** 20 / meters.length;
  assert(each < 200, `${each} bytes per meter`);
});

Deno.test("2.1 Q: what a car gives back grows the export register alone, and it stops by itself", async () => {
  const { meter, clock, advance } = bench(DC_150);
  meter.connect(car({ soc: 0.8, maxDischarge: 10_000 }));
  meter.flow(-10_000);
  assert.deepEqual([meter.powerW, meter.carWants], [-10_000, true]);
  await advance(HOUR);
  assert.deepEqual([meter.importWh, meter.exportWh], [0, 10_000]);
  assert(meter.soc! < 0.6);
  await advance(48 * HOUR);
  assert.equal(meter.soc, 0.2);
  assert.deepEqual([meter.powerW, meter.carWants, clock.pending], [0, false, 0]);
  meter.flow(50_000);
  await advance(HOUR / 60);
  assert(meter.importWh > 0 && meter.soc! > 0.2);
  meter.stop();
});

Deno.test("a car with three phases charges on the one that is switched through", () => {
  const { meter } = bench();
  meter.connect(car());
  meter.flow(16 * 230, 1);
  assert.equal(meter.powerW, 16 * 230);
  const { readings } = meter.read(["Current.Import"], "Other", 0);
  assert.deepEqual(readings.map(({ value }) => value), [16, 0, 0]);
  meter.flow(16 * 230);
  assert.equal(meter.powerW, 0, "5.3 A on each of three phases is none");
  meter.stop();
});
