import assert from "node:assert/strict";
import { gridFrequency } from "../../../src/station/energy/grid.ts";
import { compositeSchedule } from "../../../src/station/smart/composite_schedule.ts";
import { limitAt, type LimitFacts } from "../../../src/station/smart/limit_at.ts";
import type { InstalledProfile } from "../../../src/station/smart/profile.ts";
import type { V2x } from "../../../src/station/smart/v2x.ts";
import { connector, HOUR, MONDAY, on, profile, schedule, transaction } from "./builders.ts";

const PLAIN: V2x = {
  mode: "CentralSetpoint",
  setpoint: null,
  dischargeLimit: null,
  baselineW: 0,
  signalCurve: null,
  frequencyCurve: null,
};

/** A TxProfile of connector 1 with one period, in watts. */
function wanting(v2x: Partial<V2x>, limit: number | null = null, unit: "A" | "W" = "W") {
  const one = { startPeriod: 0, limit, numberPhases: null, phaseToUse: null };
  const periods = [{ ...one, v2x: { ...PLAIN, ...v2x } }];
  return on(1, profile([], { purpose: "TxProfile", schedules: [schedule([], { periods, unit })] }));
}

function limit(profiles: readonly InstalledProfile[], facts: Partial<LimitFacts> = {}) {
  const busy = connector(1, { transaction: transaction(1) });
  return limitAt(profiles, busy, { at: MONDAY, charging: 1, phases: null, ...facts });
}

Deno.test("Q04, Q05: a setpoint is followed both ways, and its mode is told", () => {
  assert.deepEqual([limit([wanting({ setpoint: -5000 })]).watts], [-5000]);
  assert.equal(limit([wanting({ setpoint: 7000 })]).watts, 7000);
  assert.equal(limit([wanting({ setpoint: 7000 })]).mode, "CentralSetpoint");
  assert.equal(limit([wanting({ setpoint: -10 }, null, "A")]).watts, -10 * 3 * 230);
});

Deno.test("Q: limits of all profiles bound a setpoint", () => {
  const most = on(0, profile([[0, 4000]], { id: 2, purpose: "ChargingStationMaxProfile" }));
  assert.equal(limit([wanting({ setpoint: 7000 }), most]).watts, 4000);
  assert.equal(limit([wanting({ setpoint: 7000 }, 6000)]).watts, 6000);
  assert.equal(limit([wanting({ setpoint: -7000, dischargeLimit: -3000 })]).watts, -3000);
  assert.equal(limit([wanting({ setpoint: -70_000 })]).watts, -22_000);
});

Deno.test("Q07: a signal moves what flows along its curve, from its baseline", () => {
  const profiles = [wanting({
    mode: "CentralFrequency",
    setpoint: 1000,
    baselineW: 500,
    signalCurve: [[-100, -6000], [0, 0], [100, 6000]],
  })];
  const at = (signal: number) => limit(profiles, { signal }).watts;
  assert.deepEqual([at(0), at(50), at(-50), at(-900)], [1500, 4500, -1500, -4500]);
});

Deno.test("Q08: the frequency of the grid moves what flows, and is looked at again soon", () => {
  const profiles = [wanting({
    mode: "LocalFrequency",
    frequencyCurve: [[49.9, -10_000], [50, 0], [50.1, 10_000]],
  })];
  for (const at of [MONDAY, MONDAY + 200_000, MONDAY + 600_000]) {
    const found = limit(profiles, { at });
    assert.equal(Math.round(found.watts!), Math.round((gridFrequency(at) - 50) * 100_000));
    assert.equal(found.nextChangeAt, at + 5_000);
  }
});

Deno.test("Q06: somebody beside the CSMS names the setpoint; nobody does: nothing flows", () => {
  const external = { ...wanting({ mode: "ExternalSetpoint", setpoint: -2000 }) };
  const outside = {
    ...external,
    profile: {
      ...external.profile,
      id: 2,
      purpose: "ChargingStationExternalConstraints",
    },
  } as const;
  const own = wanting({ mode: "ExternalSetpoint" });
  assert.equal(limit([own, outside]).watts, -2000);
  assert.equal(limit([own]).watts, 0);
});

Deno.test("Q10: an idle car gets nothing and gives nothing", () => {
  assert.deepEqual([limit([wanting({ mode: "Idle" })]).watts], [0]);
});

Deno.test("K27: local generation is on top of what a transaction may take, not of what the station stands", () => {
  const own = on(1, profile([[0, 4000]]));
  const sun = on(0, profile([[0, 3000]], { id: 2, purpose: "LocalGeneration" }));
  const most = on(0, profile([[0, 6000]], { id: 3, purpose: "ChargingStationMaxProfile" }));
  assert.equal(limit([own, sun]).watts, 7000);
  assert.equal(limit([own, sun, most]).watts, 6000);
  assert.equal(limit([sun]).watts, null);
});

Deno.test("K08: a composite schedule has setpoints, in its own unit", () => {
  const profiles = [wanting({ setpoint: -6900, dischargeLimit: -6900 })];
  const connectors = [connector(1, { transaction: transaction(1) })];
  const question = { connectorId: 1, from: MONDAY, duration: HOUR / 1000, unit: "A" } as const;
  const { periods } = compositeSchedule(profiles, connectors, question);
  assert.equal(periods.length, 1);
  assert.deepEqual([periods[0]?.v2x?.setpoint, periods[0]?.v2x?.dischargeLimit], [-10, -10]);
});
