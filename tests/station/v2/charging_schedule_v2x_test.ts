import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { readSchedule, writePeriod } from "../../../src/station/v2/charging_schedule.ts";
import { v2xFault } from "../../../src/station/v2/charging_schedule_v2x.ts";
import { schedule2 } from "./profiles.ts";

type Period = Partial<v21.ChargingSchedulePeriodType>;

function fault(period: Period, purpose: Parameters<typeof v2xFault>[1] = "TxProfile") {
  const found = v2xFault({ startPeriod: 0, ...period }, purpose);
  return found === null ? null : `${found.reasonCode}: ${found.why}`;
}

Deno.test("Q: each mode has the fields that it needs and no other", () => {
  assert.equal(fault({ operationMode: "CentralSetpoint", setpoint: -5, dischargeLimit: -6 }), null);
  assert.equal(fault({ operationMode: "Idle" }), null);
  assert.match(
    fault({ operationMode: "CentralSetpoint" })!,
    /InvalidSchedule: .*without a setpoint/,
  );
  assert.match(fault({ operationMode: "Idle", limit: 5 })!, /with a limit/);
  assert.match(fault({ limit: 5, setpoint: 5 })!, /ChargingOnly with a setpoint/);
  assert.match(fault({ operationMode: "LocalFrequency" })!, /without a v2xFreqWattCurve/);
});

Deno.test("V2X.05: a setpoint lies within its limits, and a discharge limit is not above 0", () => {
  const central = { operationMode: "CentralSetpoint" } as const;
  assert.match(fault({ ...central, setpoint: 8, limit: 5 })!, /beyond its limits/);
  assert.match(fault({ ...central, setpoint: -8, dischargeLimit: -5 })!, /beyond its limits/);
  assert.match(fault({ ...central, setpoint: 1, dischargeLimit: 5 })!, /not be above 0/);
});

Deno.test("Q: what a profile is for says which modes it can have", () => {
  const central = { operationMode: "CentralSetpoint", setpoint: 5 } as const;
  for (const purpose of ["ChargingStationMaxProfile", "PriorityCharging"] as const) {
    assert.match(fault(central, purpose)!, /^InvalidOperationMode: /);
  }
  assert.equal(fault(central, "TxDefaultProfile"), null);
});

Deno.test("what is read is written as it was, its curves in order", () => {
  const period: v21.ChargingSchedulePeriodType = {
    startPeriod: 0,
    limit: 9000,
    operationMode: "CentralFrequency",
    setpoint: 100,
    dischargeLimit: -9000,
    v2xBaseline: 50,
    v2xSignalWattCurve: [{ signal: 10, power: 900 }, { signal: -10, power: -900 }],
  };
  const [read] = readSchedule(schedule2({ chargingSchedulePeriod: [period] })).periods;
  assert.deepEqual(JSON.parse(JSON.stringify(writePeriod(read!))), {
    ...period,
    v2xSignalWattCurve: [{ signal: -10, power: -900 }, { signal: 10, power: 900 }],
  });
});
