import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Metering } from "../../../src/station/transactions/metering.ts";
import type { Works } from "../../../src/station/works.ts";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { CAR, charge, configure, HOUR_MS, OTHER } from "../sessions.ts";

interface Value {
  readonly value: string;
  readonly context?: string;
  readonly measurand?: string;
}
interface MeterValue {
  readonly timestamp: string;
  readonly sampledValue: readonly Value[];
}

/** Every MeterValues so far: connector, transaction, time of day, context and first value. */
function readings(harness: StationHarness) {
  return harness.payloads("MeterValues").map(({ connectorId, transactionId, meterValue }) => {
    const [{ timestamp, sampledValue: [first] }] = meterValue as [MeterValue];
    return [connectorId, transactionId, timestamp.slice(11, 19), first?.context, first?.value];
  });
}

Deno.test("a running transaction is sampled in its interval (1.6 §9.1.16)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { MeterValueSampleInterval: "1200" });
  await charge(harness);
  await harness.clock.advance(HOUR_MS);
  await harness.station.driver.stopTransaction(1, {});
  await harness.clock.advance(HOUR_MS);
  assert.deepEqual(readings(harness), [
    [1, 1, "00:20:00", "Sample.Periodic", "3680"],
    [1, 1, "00:40:00", "Sample.Periodic", "7360"],
    [1, 1, "01:00:00", "Sample.Periodic", "11040"],
  ]);
  await harness.over();
});

Deno.test("another interval counts from now on, and 0 ends the samples (1.6 §9.1.16)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { MeterValueSampleInterval: "600" });
  await charge(harness);
  await harness.clock.advance(900_000);
  assert.equal(readings(harness).length, 1);
  await configure(harness, { MeterValueSampleInterval: "60" });
  await harness.clock.advance(180_000);
  assert.deepEqual(readings(harness).map(([, , time]) => time), [
    "00:16:00",
    "00:17:00",
    "00:18:00",
  ]);
  await configure(harness, { MeterValueSampleInterval: "0" });
  await harness.clock.advance(HOUR_MS);
  assert.deepEqual(readings(harness), []);
  await harness.over();
});

Deno.test("at speed 60 an hour of the car passes in a minute, and times stay those of the wall", async () => {
  const station = { simulation: { speed: 60 }, meter_values: { interval: "15m" } };
  const harness = await (await stationHarness({ station })).boot();
  await charge(harness);
  await harness.clock.advance(60_000);
  assert.deepEqual(readings(harness), [
    [1, 1, "00:00:15", "Sample.Periodic", "2760"],
    [1, 1, "00:00:30", "Sample.Periodic", "5520"],
    [1, 1, "00:00:45", "Sample.Periodic", "8280"],
    [1, 1, "00:01:00", "Sample.Periodic", "11040"],
  ]);
  await harness.over();
});

Deno.test("at the marks of the day every connector is read, in use or not (1.6 §9.1.6)", async () => {
  const station = {
    connectors: [{ id: 1 }, { id: 2 }],
    meter_values: { interval: 0, aligned_interval: "15m" },
  };
  const harness = await (await stationHarness({ station })).boot();
  await harness.clock.advance(5 * 60_000);
  await charge(harness);
  await harness.clock.advance(25 * 60_000);
  assert.deepEqual(readings(harness), [
    [1, 1, "00:15:00", "Sample.Clock", "1840"],
    [2, undefined, "00:15:00", "Sample.Clock", "0"],
    [1, 1, "00:30:00", "Sample.Clock", "4600"],
    [2, undefined, "00:30:00", "Sample.Clock", "0"],
  ]);
  await harness.over();
});

Deno.test("marks keep to the real time of day at any speed, and begin anew at midnight", async () => {
  const station = {
    simulation: { speed: 60 },
    meter_values: { interval: 0, aligned_interval: "7h" },
  };
  const harness = await (await stationHarness({ station })).boot();
  await harness.clock.advance(32 * HOUR_MS);
  assert.deepEqual(readings(harness).map(([, , time]) => time), [
    "07:00:00",
    "14:00:00",
    "21:00:00",
    "00:00:00",
    "07:00:00",
  ]);
  await harness.over();
});

Deno.test("a timer that rings early by the wall clock does not read the same mark twice", async () => {
  const clock = new VirtualClock();
  let skew = 0;
  let marks = 0;
  const works = {
    clock,
    now: () => clock.now() - skew,
    settings: { get: () => 900 },
    all: { values: () => (marks++, []) },
  } as unknown as Works;
  const metering = new Metering(works);
  metering.align();
  skew = 1;
  await clock.advance(900_001);
  assert.equal(marks, 1);
  await clock.advance(900_000);
  assert.equal(marks, 2);
  metering.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("offline only what belongs to a transaction is kept (1.6 §3.7)", async () => {
  const station = {
    connectors: [{ id: 1 }, { id: 2 }],
    meter_values: { interval: 0, aligned_interval: "15m" },
  };
  const harness = await (await stationHarness({ station })).boot();
  await charge(harness);
  await harness.lose();
  harness.forget();
  await harness.clock.advance(20 * 60_000);
  await harness.open();
  assert.deepEqual(readings(harness), [[1, 1, "00:15:00", "Sample.Clock", "2760"]]);
  await harness.over();
});

Deno.test("StopTransaction tells of the course as configured (1.6 §9.1.27, §9.1.25)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, {
    MeterValueSampleInterval: "1800",
    MeterValuesSampledData: "",
    StopTxnSampledData: "Energy.Active.Import.Register,SoC",
    ClockAlignedDataInterval: "2700",
    MeterValuesAlignedData: "",
    StopTxnAlignedData: "Power.Active.Import.L1",
  });
  await charge(harness);
  await harness.clock.advance(HOUR_MS + 60_000);
  await harness.station.driver.stopTransaction(1, {});
  assert.deepEqual(harness.payloads("MeterValues"), []);
  const data = harness.only("StopTransaction").transactionData as readonly MeterValue[];
  assert.deepEqual(
    data.map(({ timestamp, sampledValue }) => [
      timestamp.slice(11, 16),
      sampledValue[0]?.context,
      ...sampledValue.map(({ value }) => value),
    ]),
    [
      ["00:00", "Transaction.Begin", "0", "20"],
      ["00:30", "Sample.Periodic", "5520", "28.3"],
      ["00:45", "Sample.Clock", "3680"],
      ["01:00", "Sample.Periodic", "11040", "36.6"],
      ["01:01", "Transaction.End", "11224", "36.8"],
    ],
  );
  await harness.over();
});

Deno.test("without StopTxnSampledData nothing is kept for the end", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await harness.clock.advance(HOUR_MS);
  assert.deepEqual(harness.station.all.get(1)!.transaction!.data, []);
  await harness.station.driver.stopTransaction(1, {});
  assert(!("transactionData" in harness.only("StopTransaction")));
  await harness.over();
});

Deno.test("the register never runs backwards, over sessions, limits and a lost connection", async () => {
  const station = { meter_values: { interval: "1m", aligned_interval: "5m" } };
  const harness = await (await stationHarness({ station })).boot();
  const { driver } = harness.station;
  for (let session = 0; session < 3; session++) {
    await charge(harness, 1, { car: { ...CAR, soc: 0.8, batteryWh: 10_000 } });
    await harness.clock.advance(400_000);
    await driver.status(1, { status: "SuspendedEVSE" });
    await harness.clock.advance(400_000);
    await driver.status(1, { status: "Charging" });
    if (session === 1) await harness.lose();
    await harness.clock.advance(HOUR_MS);
    await driver.unplug(1);
    if (session !== 1) continue;
    await harness.open();
    await harness.clock.advance(60_000);
  }
  const wh = harness.csms.calls.flatMap(({ action, payload }) => {
    if (action === "StartTransaction") return [Number(payload.meterStart)];
    if (action === "StopTransaction") return [Number(payload.meterStop)];
    if (action !== "MeterValues") return [];
    return (payload.meterValue as MeterValue[]).map(({ sampledValue }) =>
      Number(sampledValue[0]!.value)
    );
  });
  assert(wh.length > 100);
  assert.deepEqual(wh, wh.toSorted((a, b) => a - b));
  assert(wh.at(-1)! > 6_000);
  await harness.over();
});

Deno.test("each connector has its own register", async () => {
  const harness = await (await stationHarness({ station: { connectors: [{ id: 1 }, { id: 2 }] } }))
    .boot();
  await charge(harness, 2, { idToken: OTHER });
  await harness.clock.advance(HOUR_MS);
  assert.equal(harness.station.all.get(1)!.meter, null, "nobody needed it");
  assert.equal(harness.station.all.get(2)!.meter!.importWh, 11_040);
  await harness.over();
});

Deno.test("readings for a list that was emptied meanwhile are not told at the end (1.6 §9.1.22)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, {
    MeterValueSampleInterval: "600",
    StopTxnSampledData: "Energy.Active.Import.Register",
  });
  await charge(harness);
  await harness.clock.advance(HOUR_MS);
  await configure(harness, { StopTxnSampledData: "" });
  await harness.station.driver.stopTransaction(1, {});
  assert(!Object.hasOwn(harness.only("StopTransaction"), "transactionData"));
  await harness.over();
});
