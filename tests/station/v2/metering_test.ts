import assert from "node:assert/strict";
import { BEN, CAR, events, MINUTE_MS, stationWith, walk } from "./courses.ts";
import { VERSIONS } from "./support.ts";

const SETTINGS = { txStartedSampledData: "", stopTxnSampledData: "", stopTxnAlignedData: "" };

for (const version of VERSIONS) {
  Deno.test(`${version}, J02: the start tells what TxStartedMeasurands lists`, async () => {
    for (
      const [txStartedSampledData, measurands] of [
        ["", undefined],
        ["Voltage.L1,SoC", ["Voltage", "SoC"]],
      ] as const
    ) {
      const harness = await stationWith(version, { txStartedSampledData });
      await walk(harness, ["plug", "authorize"]);
      const [started] = harness.payloads("TransactionEvent");
      const values = started?.meterValue as { sampledValue: { measurand: string }[] }[] | undefined;
      const found = values?.flatMap(({ sampledValue }) => sampledValue.map((one) => one.measurand));
      // This car keeps its state of charge to itself, or does not.
      assert.deepEqual(found?.slice(0, 1), measurands?.slice(0, 1));
      await harness.over();
    }
  });

  Deno.test(`${version}, J02: the end tells begin, end, and what TxEndedInterval says in between`, async () => {
    for (const [stopTxnSampleInterval, between] of [["0", 0], ["300", 3]] as const) {
      const harness = await stationWith(version, {
        ...SETTINGS,
        stopTxnSampledData: "Energy.Active.Import.Register",
        stopTxnSampleInterval,
        meterValueSampleInterval: "60",
      });
      await walk(harness, ["plug", "authorize"]);
      await harness.clock.advance(16 * MINUTE_MS);
      await walk(harness, ["stop"]);
      const ended = events(harness).at(-1);
      const contexts = ended?.meterValue?.map(({ sampledValue }) => sampledValue[0]?.context);
      assert.deepEqual(contexts, [
        "Transaction.Begin",
        ...Array.from({ length: between }, () => "Sample.Periodic"),
        "Transaction.End",
      ]);
      await harness.over();
    }
  });

  Deno.test(`${version}, J01: the end tells marks of the clock at AlignedDataTxEndedInterval`, async () => {
    const harness = await stationWith(version, {
      ...SETTINGS,
      stopTxnAlignedData: "Energy.Active.Import.Register",
      stopTxnAlignedInterval: "900",
    });
    await walk(harness, ["plug", "authorize"]);
    await harness.clock.advance(31 * MINUTE_MS);
    await walk(harness, ["stop"]);
    const contexts = events(harness).at(-1)?.meterValue?.map((one) => one.sampledValue[0]?.context);
    assert.deepEqual(contexts, [
      "Transaction.Begin",
      "Sample.Clock",
      "Sample.Clock",
      "Transaction.End",
    ]);
    assert.deepEqual(harness.payloads("MeterValues"), []);
    await harness.over();
  });

  Deno.test(`${version}, J01.FR.20: with SendDuringIdle nothing is sent at a mark while a transaction runs anywhere`, async () => {
    const station = { connectors: [{ id: 1 }, { id: 2 }] };
    const harness = await stationWith(version, {
      alignedDataSendDuringIdle: "true",
      clockAlignedDataInterval: "900",
    }, { station });
    await walk(harness, ["plug", "authorize"]);
    await harness.clock.advance(16 * MINUTE_MS);
    assert.deepEqual(harness.payloads("MeterValues"), []);
    assert(events(harness).every(({ triggerReason }) => triggerReason !== "MeterValueClock"));
    await walk(harness, ["stop"]);
    await harness.clock.advance(15 * MINUTE_MS);
    assert.deepEqual(harness.payloads("MeterValues").map(({ evseId }) => evseId), [1, 2]);
    await harness.over();
  });

  Deno.test(`${version}, J01: without SendDuringIdle a mark is an event where a transaction runs`, async () => {
    const station = { connectors: [{ id: 1 }, { id: 2 }] };
    const settings = { clockAlignedDataInterval: "900" };
    const harness = await stationWith(version, settings, { station });
    await walk(harness, ["plug", "authorize"]);
    await harness.clock.advance(16 * MINUTE_MS);
    assert.deepEqual(harness.payloads("MeterValues").map(({ evseId }) => evseId), [2]);
    assert.equal(events(harness).at(-1)?.triggerReason, "MeterValueClock");
    await harness.over();
  });

  Deno.test(`${version}, E06: a year of readings fits into the last event`, async () => {
    const harness = await stationWith(version, {
      stopTxnSampledData:
        "Energy.Active.Import.Register,Voltage,Current.Import,Power.Active.Import",
      stopTxnSampleInterval: "60",
    });
    await harness.station.driver.plug(1, CAR);
    const authorized = harness.station.driver.authorize(1, BEN);
    await harness.clock.settle();
    await authorized;
    await harness.clock.advance(3 * 24 * 60 * MINUTE_MS + 1);
    await harness.station.driver.unplug(1);
    await harness.clock.settle();
    const ended = events(harness).at(-1);
    assert.equal(ended?.eventType, "Ended");
    const size = JSON.stringify(ended).length;
    assert(size > 50_000 && size < 500_000, `${size} characters`);
    const contexts = ended.meterValue?.map(({ sampledValue }) => sampledValue[0]?.context);
    assert.deepEqual([contexts?.[0], contexts?.at(-1)], ["Transaction.Begin", "Transaction.End"]);
    await harness.over();
  });
}
