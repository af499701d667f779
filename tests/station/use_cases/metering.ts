import assert from "node:assert/strict";
import type { StationHarness } from "../../support/station_harness.ts";
import { charge, configure, driven, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

type Sampled = Record<string, string>;
interface Moment {
  readonly timestamp: string;
  readonly sampledValue: readonly Sampled[];
}

/** All values of the MeterValues so far. */
function sampled(h: StationHarness): Sampled[] {
  return h.payloads("MeterValues").flatMap(({ meterValue }) =>
    (meterValue as Moment[]).flatMap(({ sampledValue }) => sampledValue)
  );
}

useCase(
  ["§4.7", "§3.16.1", "§3.16.3"],
  "readings come in the configured interval with the configured measurands and phases",
  () =>
    withStation(async (h) => {
      await configure(h, {
        MeterValueSampleInterval: "30",
        MeterValuesSampledData: "Energy.Active.Import.Register,Current.Import.L1,SoC",
      });
      await charge(h);
      await h.clock.advance(60_000);
      assert.equal(h.payloads("MeterValues").length, 2);
      const values = sampled(h).slice(3);
      assert.deepEqual(values.map(({ measurand, phase, unit }) => [measurand, phase, unit]), [
        ["Energy.Active.Import.Register", undefined, "Wh"],
        ["Current.Import", "L1", "A"],
        ["SoC", undefined, "Percent"],
      ]);
      const wh = Number(values[0]!.value);
      assert(Math.abs(wh - 11_000 / 60) < 3, `${wh} Wh in a minute at 11 kW`);
      assert.equal(h.payloads("MeterValues")[0]!.transactionId, 1);
    }),
);

useCase(
  ["§3.16.4"],
  "a measurand that the meter does not have is refused as a whole list",
  () =>
    withStation(async (h) => {
      const value = "Energy.Active.Import.Register,RPM.Of.The.Fan";
      const answer = await h.call("ChangeConfiguration", { key: "MeterValuesSampledData", value });
      assert.deepEqual(answer, { status: "Rejected" });
    }),
);

useCase(
  ["§3.16.2", "§4.7"],
  "clock-aligned readings come at the marks of the day from every connector",
  () =>
    withStation(async (h) => {
      await h.clock.advance(100_000);
      await configure(h, { ClockAlignedDataInterval: "900" });
      await h.clock.advance(800_000);
      const readings = h.payloads("MeterValues");
      assert.deepEqual(readings.map(({ connectorId }) => connectorId), [1, 2]);
      const [{ timestamp, sampledValue }] = readings[0]!.meterValue as [Moment];
      assert.equal(timestamp, "2026-01-01T00:15:00.000Z");
      assert.equal(sampledValue[0]!.context, "Sample.Clock");
    }, { station: { connectors: [{}, {}] } }),
);

useCase(
  ["§3.16.1", "§4.10"],
  "what StopTxnSampledData names is told at the end, from the beginning to the end",
  () =>
    withStation(async (h) => {
      await configure(h, {
        StopTxnSampledData: "Energy.Active.Import.Register",
        MeterValueSampleInterval: "60",
      });
      await charge(h);
      await h.clock.advance(130_000);
      await driven(h, h.station.driver.stopTransaction(1, {}));
      const moments = h.only("StopTransaction").transactionData as Moment[];
      assert.deepEqual(moments.map(({ sampledValue }) => sampledValue[0]!.context), [
        "Transaction.Begin",
        "Sample.Periodic",
        "Sample.Periodic",
        "Transaction.End",
      ]);
    }),
);

useCase(
  ["§3.16.5"],
  "without StopTxn data a StopTransaction has none",
  () =>
    withStation(async (h) => {
      await configure(h, { StopTxnSampledData: "", StopTxnAlignedData: "" });
      await charge(h);
      await h.clock.advance(120_000);
      await driven(h, h.station.driver.stopTransaction(1, {}));
      assert(!("transactionData" in h.only("StopTransaction")));
    }),
);
