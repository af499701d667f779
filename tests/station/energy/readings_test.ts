import assert from "node:assert/strict";
import { scaledClock, seededRandom, VirtualClock } from "../../../src/clock/mod.ts";
import { KNOWN_MEASURANDS, READABLE_MEASURANDS } from "../../../src/station/energy/measurands.ts";
import type { Car } from "../../../src/station/energy/car.ts";
import { Meter } from "../../../src/station/energy/meter.ts";
import type { ReadingContext } from "../../../src/station/words.ts";
import { AC_22, AC_7, car, DC_150 } from "./cars.ts";

const INTERVAL = "Energy.Active.Import.Interval";

function meterAt(connector: { type: string; maxPower: number }, seed = 1) {
  const clock = new VirtualClock();
  const random = seededRandom(seed);
  const meter = new Meter({ clock: scaledClock(clock, 1), random, ...connector, ticked() {} });
  return { clock, meter };
}

/** A meter that gives a car all it can. */
function charging(connector: { type: string; maxPower: number }, given: Car = car()) {
  const { clock, meter } = meterAt(connector);
  meter.connect(given);
  meter.flow(Infinity);
  return { clock, meter };
}

/** `[phase, value, unit]` of each reading. */
function values(meter: Meter, ...measurands: string[]) {
  return meter.read(measurands, "Sample.Periodic", 0).readings
    .map(({ phase, value, unit }) => [phase, value, unit]);
}

Deno.test("a sample has every readable measurand of a DC car in its units (1.6 §7.45)", async () => {
  const { clock, meter } = charging(DC_150);
  await clock.advance(600_000);
  const sample = meter.read(KNOWN_MEASURANDS, "Sample.Periodic", 123);
  assert.deepEqual([sample.at, sample.context], [123, "Sample.Periodic"]);
  const units = Object.fromEntries(sample.readings.map(({ measurand, unit }) => [measurand, unit]));
  assert.deepEqual(units, {
    "Current.Export": "A",
    "Current.Import": "A",
    "Current.Offered": "A",
    "Energy.Active.Export.Interval": "Wh",
    "Energy.Active.Export.Register": "Wh",
    "Energy.Active.Import.Interval": "Wh",
    "Energy.Active.Import.Register": "Wh",
    "Power.Active.Export": "W",
    "Power.Active.Import": "W",
    "Power.Offered": "W",
    "SoC": "Percent",
    "Temperature": "Celsius",
    "Voltage": "V",
  });
  const [soc] = meter.read(["SoC"], "Other", 0).readings;
  assert.deepEqual([soc?.value, soc?.location], [Number((meter.soc! * 100).toFixed(1)), "EV"]);
});

Deno.test("AC adds frequency and power factor, and reads all with finite numbers", () => {
  const { meter } = charging(AC_22);
  const { readings } = meter.read(READABLE_MEASURANDS, "Sample.Periodic", 0);
  assert.deepEqual(
    new Set(readings.map(({ measurand }) => measurand)),
    new Set(READABLE_MEASURANDS),
  );
  assert(readings.every(({ value }) => Number.isFinite(value) && value >= 0));
});

Deno.test("power and current are read per phase, as the car uses them", () => {
  const three = charging(AC_22).meter;
  assert.deepEqual(values(three, "Power.Active.Import"), [
    [null, 11_040, "W"],
    ["L1", 3_680, "W"],
    ["L2", 3_680, "W"],
    ["L3", 3_680, "W"],
  ]);
  const one = charging(AC_22, car({ phases: 1, maxPower: 7_360 })).meter;
  assert.deepEqual(values(one, "Current.Import"), [["L1", 32, "A"], ["L2", 0, "A"], [
    "L3",
    0,
    "A",
  ]]);
  const single = charging(AC_7).meter;
  assert.deepEqual(values(single, "Power.Active.Import", "Current.Import", "Current.Offered"), [
    [null, 3_680, "W"],
    ["L1", 16, "A"],
    [null, 32, "A"],
  ]);
});

Deno.test("a measurand with a phase reads that phase alone (1.6 §9.1.18)", () => {
  const { meter } = charging(AC_22);
  assert.deepEqual(values(meter, "Power.Active.Import.L2"), [["L2", 3_680, "W"]]);
  assert.deepEqual(values(meter, "Voltage.L3").map(([phase]) => phase), ["L3-N"]);
  assert.deepEqual(values(meter, "Voltage.L1-N").map(([phase]) => phase), ["L1-N"]);
  assert.deepEqual(values(meter, "SoC.L1"), []);
});

Deno.test("voltage wavers within 1 % of 230 V, the same way for the same seed", () => {
  const read = (seed: number) => {
    const { meter } = meterAt(AC_22, seed);
    return Array.from({ length: 100 }, () => values(meter, "Voltage", "Frequency")).flat();
  };
  const all = read(1);
  assert.deepEqual(all, read(1));
  assert.notDeepEqual(all, read(2));
  const volts = all.filter(([, , unit]) => unit === "V").map(([, value]) => value as number);
  assert.equal(volts.length, 300);
  assert(volts.every((volt) => volt >= 227.7 && volt <= 232.3) && new Set(volts).size > 20);
});

Deno.test("noise never lifts a current over the amperes that are offered", () => {
  const { meter } = charging(AC_22, car({ maxPower: 22_080, phases: 3 }));
  meter.limit(10 * 3 * 230);
  for (let n = 0; n < 50; n++) {
    const amps = values(meter, "Current.Import", "Current.Offered").map(([, value]) => value);
    assert.deepEqual(amps, [10, 10, 10, 10]);
  }
});

Deno.test("the state of charge is read of a car that tells it: to AC not every one does", () => {
  const silent = { ...car(), tellsSoc: false };
  assert.deepEqual(values(charging(AC_22, silent).meter, "SoC"), []);
  assert.deepEqual(values(charging(AC_22).meter, "SoC"), [[null, 20, "Percent"]]);
  assert.deepEqual(values(charging(DC_150, silent).meter, "SoC"), [[null, 20, "Percent"]]);
  assert.deepEqual(values(meterAt(DC_150).meter, "SoC"), []);
});

Deno.test("without a car there is voltage on AC and none on DC, and no flow", () => {
  assert.equal(values(meterAt(AC_22).meter, "Voltage").length, 3);
  assert.deepEqual(
    values(meterAt(DC_150).meter, "Voltage", "Current.Import", "Current.Offered", "Power.Offered"),
    [[null, 0, "V"], [null, 0, "A"], [null, 0, "A"], [null, 0, "W"]],
  );
});

Deno.test("intervals count from periodic reading to periodic reading and sum up to the register", async () => {
  const { clock, meter } = charging(AC_22);
  let sum = 0;
  const contexts: ReadingContext[] = ["Transaction.Begin", ...Array(20).fill("Sample.Periodic")];
  for (const context of [...contexts, "Transaction.End"] as const) {
    sum += meter.read([INTERVAL], context, clock.now()).readings[0]!.value;
    await clock.advance(61_234);
    meter.read([INTERVAL], "Trigger", clock.now());
    meter.read([INTERVAL], "Sample.Clock", clock.now());
  }
  meter.stop();
  sum += meter.read([INTERVAL], "Transaction.End", clock.now()).readings[0]!.value;
  assert.equal(sum, meter.importWh);
});

Deno.test("clock-aligned intervals go on from car to car, those of a transaction begin with the car", async () => {
  const { clock, meter } = charging(AC_22);
  const read = (context: ReadingContext) =>
    meter.read([INTERVAL], context, clock.now()).readings[0]!.value;
  await clock.advance(600_000);
  assert.deepEqual([read("Sample.Clock"), read("Sample.Periodic")], [1_840, 1_840]);
  await clock.advance(300_000);
  meter.disconnect();
  meter.connect(car());
  meter.flow(11_040);
  await clock.advance(600_000);
  assert.deepEqual([read("Sample.Clock"), read("Sample.Periodic")], [2_760, 1_840]);
});

Deno.test("two lists that read an interval at one moment get the same value", async () => {
  const { clock, meter } = charging(AC_22);
  await clock.advance(600_000);
  const now = clock.now();
  const read = () => meter.read([INTERVAL], "Sample.Periodic", now).readings[0]!.value;
  assert.deepEqual([read(), read()], [1_840, 1_840]);
});

Deno.test("what the meter does not know is left out of the sample", () => {
  const { readings } = meterAt(AC_22).meter.read(
    ["RPM", "Nonsense", "Power.Reactive.Import"],
    "Other",
    0,
  );
  assert.deepEqual(readings, []);
});
