import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { facilityHarness } from "../facility_harness.ts";
import { reasonOf } from "./support.ts";

const CURVE: v21.DERCurveType = {
  curveData: [{ x: 1, y: 2 }],
  priority: 3,
  yUnit: "PctMaxW",
};
/** One request of each kind of setting. */
const EACH: readonly v21.SetDERControlRequest[] = [
  { isDefault: true, controlId: "a", controlType: "VoltVar", curve: CURVE },
  {
    isDefault: true,
    controlId: "b",
    controlType: "EnterService",
    enterService: { priority: 1, highVoltage: 250, lowVoltage: 200, highFreq: 51, lowFreq: 49 },
  },
  {
    isDefault: true,
    controlId: "c",
    controlType: "FixedPFAbsorb",
    fixedPFAbsorb: { priority: 1, displacement: 0.9, excitation: true },
  },
  {
    isDefault: true,
    controlId: "d",
    controlType: "FixedPFInject",
    fixedPFInject: { priority: 1, displacement: 0.9, excitation: false },
  },
  {
    isDefault: true,
    controlId: "e",
    controlType: "FixedVar",
    fixedVar: { priority: 1, setpoint: 10, unit: "PctMaxVar" },
  },
  {
    isDefault: true,
    controlId: "f",
    controlType: "FreqDroop",
    freqDroop: {
      priority: 1,
      overFreq: 50.2,
      underFreq: 49.8,
      overDroop: 0.05,
      underDroop: 0.05,
      responseTime: 2,
    },
  },
  {
    isDefault: true,
    controlId: "g",
    controlType: "Gradients",
    gradient: { priority: 1, gradient: 10, softGradient: 5 },
  },
  {
    isDefault: true,
    controlId: "h",
    controlType: "LimitMaxDischarge",
    limitMaxDischarge: { priority: 1, pctMaxDischargePower: 50 },
  },
];

Deno.test("R04: each kind of control is kept, and reported as it was set", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  for (const request of EACH) {
    assert.deepEqual(await harness.call("SetDERControl", { ...request }), { status: "Accepted" });
  }
  assert.deepEqual(await harness.call("GetDERControl", { requestId: 5 }), { status: "Accepted" });
  await harness.clock.settle();
  const state = { isDefault: true, isSuperseded: false };
  assert.deepEqual(harness.only("ReportDERControl"), {
    requestId: 5,
    tbc: false,
    curve: [{ id: "a", curve: CURVE, curveType: "VoltVar", ...state }],
    enterService: [{ id: "b", enterService: EACH[1]!.enterService }],
    fixedPFAbsorb: [{ id: "c", fixedPF: EACH[2]!.fixedPFAbsorb, ...state }],
    fixedPFInject: [{ id: "d", fixedPF: EACH[3]!.fixedPFInject, ...state }],
    fixedVar: [{ id: "e", fixedVar: EACH[4]!.fixedVar, ...state }],
    freqDroop: [{ id: "f", freqDroop: EACH[5]!.freqDroop, ...state }],
    gradient: [{ id: "g", gradient: EACH[6]!.gradient }],
    limitMaxDischarge: [
      { id: "h", limitMaxDischarge: EACH[7]!.limitMaxDischarge, ...state },
    ],
  });
  await harness.over();
});

Deno.test("R04: a more urgent control says whom it supersedes, and each is found and cleared", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const [first] = EACH as [v21.SetDERControlRequest];
  await harness.call("SetDERControl", { ...first });
  const urgent = { ...first, controlId: "z", curve: { ...CURVE, priority: 0 } };
  assert.deepEqual(await harness.call("SetDERControl", urgent), {
    status: "Accepted",
    supersededIds: ["a"],
  });
  await harness.call("GetDERControl", { requestId: 5, controlId: "a" });
  await harness.clock.settle();
  const [reported] = harness.only("ReportDERControl").curve as [v21.DERCurveGetType];
  assert.deepEqual([reported.id, reported.isSuperseded], ["a", true]);
  const none = { requestId: 6, controlType: "WattVar" };
  assert.equal((await harness.call("GetDERControl", none)).status, "NotFound");
  const cleared = await harness.call("ClearDERControl", { isDefault: true });
  assert.deepEqual(cleared, { status: "Accepted" });
  assert.equal((await harness.call("ClearDERControl", { isDefault: true })).status, "NotFound");
  await harness.over();
});

Deno.test("R04: the CSMS hears when a scheduled control begins and is over", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const startTime = new Date(harness.station.now() + 60_000).toISOString();
  await harness.call("SetDERControl", {
    isDefault: false,
    controlId: "a",
    controlType: "VoltWatt",
    curve: { ...CURVE, startTime, duration: 30 },
  });
  await harness.clock.advance(90_000);
  const told = harness.payloads("NotifyDERStartStop");
  assert.deepEqual(told.map(({ controlId, started }) => [controlId, started]), [
    ["a", true],
    ["a", false],
  ]);
  assert.equal(told[0]?.timestamp, startTime);
  await harness.over();
});

Deno.test("R04: a control without its setting, or with a time that makes no sense, is Rejected", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const [curve, enter] = EACH as [v21.SetDERControlRequest, v21.SetDERControlRequest];
  const timed = { ...CURVE, startTime: "2026-01-01T00:00:00Z", duration: 60 };
  const odd: readonly v21.SetDERControlRequest[] = [
    { isDefault: true, controlId: "a", controlType: "FixedVar", curve: CURVE },
    { ...curve, curve: timed },
    { ...enter, isDefault: false },
    { ...curve, isDefault: false, curve: { ...timed, startTime: "1969-01-01T00:00:00Z" } },
  ];
  for (const request of odd) {
    const refused = await harness.call("SetDERControl", { ...request });
    assert.deepEqual([refused.status, reasonOf(refused)], ["Rejected", "InvalidValue"]);
  }
  await harness.over();
});
