import assert from "node:assert/strict";
import { driven, type Payload } from "../support.ts";
import { ANNA, charge, configure, session, TWO } from "./support.ts";
import { useCase } from "./use_case.ts";

/** The measurands of a message, with their context. */
function measured(values: unknown): readonly string[] {
  return (values as { sampledValue: Payload[] }[]).flatMap(({ sampledValue }) => sampledValue)
    .map(({ measurand, context, phase }) =>
      [measurand ?? "Energy.Active.Import.Register", context ?? "Sample.Periodic", phase]
        .filter(Boolean).join(" ")
    );
}

useCase(
  ["J01"],
  "clock-aligned values of idle EVSEs are MeterValues, at the full minute",
  async (h) => {
    await configure(h, {
      "AlignedDataCtrlr.Interval": "900",
      "AlignedDataCtrlr.Measurands": "Energy.Active.Import.Register",
    });
    await h.clock.advance(899_999);
    assert.deepEqual(h.payloads("MeterValues"), []);
    await h.clock.advance(1);
    const told = h.payloads("MeterValues");
    assert.deepEqual([...new Set(told.map(({ evseId }) => evseId))].filter((id) => id !== 0), [
      1,
      2,
    ]);
    assert.deepEqual(measured(told.at(-1)?.meterValue), [
      "Energy.Active.Import.Register Sample.Clock",
    ]);
  },
  TWO,
);

useCase(
  ["J02"],
  "in a transaction values come in its events: sampled, clock-aligned, at its begin and at its end",
  async (h) => {
    await configure(h, {
      "SampledDataCtrlr.TxUpdatedInterval": "60",
      "SampledDataCtrlr.TxUpdatedMeasurands": "Power.Active.Import",
      "SampledDataCtrlr.TxStartedMeasurands": "Energy.Active.Import.Register",
      "SampledDataCtrlr.TxEndedMeasurands": "Energy.Active.Import.Register",
      "AlignedDataCtrlr.Interval": "90",
      "AlignedDataCtrlr.Measurands": "Current.Import",
    });
    h.forget();
    await charge(h);
    await h.clock.advance(95_000);
    const told = session(h).filter((one) => one.includes("MeterValue"));
    assert.deepEqual(told, ["Updated MeterValuePeriodic", "Updated MeterValueClock"]);
    const [sampled, aligned] = h.payloads("TransactionEvent").filter((one) => one.meterValue);
    const [power, ...phases] = measured(sampled?.meterValue);
    assert.equal(power, "Power.Active.Import Sample.Periodic");
    assert(phases.every((one) => one.startsWith(power)));
    assert(measured(aligned?.meterValue).every((one) => one.includes("Sample.Clock")));
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    const ended = h.payloads("TransactionEvent").at(-1);
    assert.equal(ended?.eventType, "Ended");
    const contexts = measured(ended?.meterValue);
    assert(contexts.includes("Energy.Active.Import.Register Transaction.Begin"), contexts.join());
    assert(contexts.includes("Energy.Active.Import.Register Transaction.End"), contexts.join());
    assert.deepEqual(h.payloads("MeterValues"), []);
  },
);

useCase(
  ["J03"],
  "while energy flows the values rise, and the register never runs backwards",
  async (h) => {
    await configure(h, { "SampledDataCtrlr.TxUpdatedInterval": "30" });
    await charge(h);
    await h.clock.advance(300_000);
    const energy = h.payloads("TransactionEvent").filter((one) => one.meterValue).map((one) => {
      const [{ sampledValue }] = one.meterValue as [{ sampledValue: { value: number }[] }];
      return sampledValue[0]!.value;
    });
    assert.equal(energy.length, 10);
    assert(energy.every((value, index) => index === 0 || value > energy[index - 1]!));
  },
);
