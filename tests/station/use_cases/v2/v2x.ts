import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";
import { answers, CAR, driven, type Payload } from "../support.ts";
import { dynamic, profile, set, watts } from "./profiles.ts";
import { present, session } from "./support.ts";
import { useCase } from "./use_case.ts";

/** It gives back up to 8 kW. */
const GIVING = { ...CAR, soc: 0.8, maxDischarge: 8_000 };

/** Starts a transaction with a car that gives energy back. */
async function chargeV2x(h: StationHarness): Promise<string> {
  await driven(h, h.station.driver.plug(1, GIVING));
  await present(h);
  h.forget();
  return h.station.connector(1)!.transaction!.id;
}

/** The operation modes that the CSMS was told of. */
function modes(h: StationHarness): readonly unknown[] {
  return h.payloads("TransactionEvent")
    .filter(({ triggerReason }) => triggerReason === "OperationModeChanged")
    .map(({ transactionInfo }) => (transactionInfo as Payload).operationMode);
}

useCase(
  ["Q01", "Q02"],
  "which way a car may transfer energy the CSMS says, and the car tells its needs anew",
  async (h) => {
    h.replies.NotifyEVChargingNeeds = { status: "Accepted" };
    await driven(h, h.station.driver.plug(1, { ...GIVING, iso15118: true }));
    await present(h);
    const wanted = () =>
      h.payloads("NotifyEVChargingNeeds").map(({ chargingNeeds }) =>
        (chargingNeeds as Payload).requestedEnergyTransfer
      );
    assert.deepEqual(wanted(), ["AC_BPT"]);
    const transactionId = h.station.connector(1)!.transaction!.id;
    const allow = { transactionId, allowedEnergyTransfer: ["AC_three_phase"] };
    await answers(h, "Accepted", "NotifyAllowedEnergyTransfer", allow);
    await h.clock.settle();
    assert.deepEqual(wanted(), ["AC_BPT", "AC_three_phase"]);
    const lost = { ...allow, transactionId: "nobody's" };
    await answers(h, "Rejected", "NotifyAllowedEnergyTransfer", lost);
  },
);

const setpoint = (operationMode: string, watts: number) => ({
  startPeriod: 0,
  operationMode,
  setpoint: watts,
});

useCase(
  ["Q01", "Q02"],
  "a car that could give energy back only charges until a profile says otherwise",
  async (h) => {
    const transactionId = await chargeV2x(h);
    assert.equal(watts(h), 11_000);
    await set(
      h,
      "Accepted",
      1,
      profile(h, "TxProfile", [{ startPeriod: 0, operationMode: "ChargingOnly", limit: 6000 }], {
        transactionId,
      }),
    );
    assert.equal(watts(h), 6000);
    await set(
      h,
      "Accepted",
      1,
      profile(h, "TxProfile", [setpoint("CentralSetpoint", -4000)], { transactionId }),
    );
    assert.equal(watts(h), -4000);
    assert.equal(modes(h).at(-1), "CentralSetpoint");
  },
);

useCase(
  ["Q03"],
  "a schedule of setpoints turns the energy round and back, and the meter reads both ways",
  async (h) => {
    const transactionId = await chargeV2x(h);
    const meter = h.station.all.get(1)!.meter!;
    await set(
      h,
      "Accepted",
      1,
      profile(
        h,
        "TxProfile",
        [
          setpoint("CentralSetpoint", -5000),
          { ...setpoint("CentralSetpoint", 6000), startPeriod: 3600 },
        ],
        { transactionId },
      ),
    );
    assert.equal(watts(h), -5000);
    const imported = meter.importWh;
    await h.clock.advance(3_599_000);
    assert(Math.abs(meter.exportWh - 5000) < 50, `${meter.exportWh} Wh`);
    assert.equal(meter.importWh, imported);
    await h.clock.advance(2_000);
    assert.equal(watts(h), 6000);
  },
);

useCase(
  ["Q04"],
  "the CSMS pushes setpoint after setpoint",
  async (h) => {
    const transactionId = await chargeV2x(h);
    await set(
      h,
      "Accepted",
      1,
      dynamic(h, transactionId, { operationMode: "CentralSetpoint", setpoint: -2000 }),
    );
    assert.equal(watts(h), -2000);
    for (const setpoint of [-6000, 5000]) {
      await answers(h, "Accepted", "UpdateDynamicSchedule", {
        chargingProfileId: 1,
        scheduleUpdate: { setpoint },
      });
      await h.clock.settle();
      assert.equal(watts(h), setpoint);
    }
  },
);

const CURVE = [{ signal: -10, power: -6000 }, { signal: 10, power: 6000 }];

useCase(
  ["Q07"],
  "signals of the CSMS move the setpoint along their curve, and go nowhere without one",
  async (h) => {
    const transactionId = await chargeV2x(h);
    const signal = (signal: number) => ({ timestamp: new Date(0).toISOString(), signal });
    await answers(h, "Rejected", "AFRRSignal", signal(5));
    const period = { ...setpoint("CentralFrequency", 0), v2xSignalWattCurve: CURVE };
    await set(h, "Accepted", 1, profile(h, "TxProfile", [period], { transactionId }));
    for (const [value, power] of [[-5, -3000], [10, 6000]] as const) {
      await answers(h, "Accepted", "AFRRSignal", signal(value));
      await h.clock.settle();
      assert.equal(watts(h), power);
    }
  },
);

useCase(
  ["Q08"],
  "the station follows the frequency of the grid along the curve that it was given",
  async (h) => {
    const transactionId = await chargeV2x(h);
    const period = {
      startPeriod: 0,
      operationMode: "LocalFrequency",
      v2xFreqWattCurve: [{ frequency: 49.9, power: -8000 }, { frequency: 50.1, power: 8000 }],
    };
    await set(h, "Accepted", 1, profile(h, "TxProfile", [period], { transactionId }));
    const seen = new Set<number>();
    for (let look = 0; look < 20; look++) {
      await h.clock.advance(30_000);
      seen.add(watts(h));
    }
    assert(seen.size > 5, [...seen].join());
  },
);

useCase(
  ["Q10"],
  "an idle period lets nothing flow, and the transaction goes on",
  async (h) => {
    const transactionId = await chargeV2x(h);
    const idle = { startPeriod: 0, operationMode: "Idle" };
    await set(h, "Accepted", 1, profile(h, "TxProfile", [idle], { transactionId }));
    assert.equal(watts(h), 0);
    assert(!session(h).some((one) => one.startsWith("Ended")));
  },
);

useCase(
  ["Q11", "Q12"],
  "offline the schedule goes on to hold, and what was done is told afterwards",
  async (h) => {
    const transactionId = await chargeV2x(h);
    const steps = [
      setpoint("CentralSetpoint", -5000),
      { startPeriod: 600, operationMode: "ChargingOnly", limit: 4200 },
    ];
    await set(h, "Accepted", 1, profile(h, "TxProfile", steps, { transactionId }));
    await h.lose();
    h.forget();
    await h.clock.advance(300_000);
    assert.equal(watts(h), -5000);
    await h.clock.advance(301_000);
    assert.equal(watts(h), 4200);
    await h.open();
    await h.clock.advance(10_000);
    const told = h.payloads("TransactionEvent");
    assert(told.length > 0 && told.every(({ offline }) => offline === true));
    assert(modes(h).length > 0, session(h).join());
  },
);

useCase(
  ["R01"],
  "a station with a DER control in force lets a car give energy back",
  async (h) => {
    await answers(h, "Accepted", "SetDERControl", {
      isDefault: true,
      controlId: "a",
      controlType: "VoltVar",
      curve: { curveData: [{ x: 1, y: 2 }], priority: 3, yUnit: "PctMaxW" },
    });
    const transactionId = await chargeV2x(h);
    await set(
      h,
      "Accepted",
      1,
      profile(h, "TxProfile", [setpoint("CentralSetpoint", -4000)], { transactionId }),
    );
    assert.equal(watts(h), -4000);
  },
);
