import assert from "node:assert/strict";
import type { Payload } from "../../../src/ocpp/mod.ts";
import { clearVariableMonitoring } from "../../../src/station/v2/clear_variable_monitoring.ts";
import { getMonitoringReport } from "../../../src/station/v2/get_monitoring_report.ts";
import { setMonitoringBase } from "../../../src/station/v2/set_monitoring_base.ts";
import { setMonitoringLevel } from "../../../src/station/v2/set_monitoring_level.ts";
import type { StationHarness } from "../../support/station_harness.ts";
import { oddPayloads } from "../v16/support.ts";
import { collected, deviceHarness, named, valueOf } from "./device_harness.ts";
import { obeyAnything, VERSIONS } from "./support.ts";

const POWER = named("EVSE.Power", { id: 1 });

/** A station with a delta, a threshold and a periodic monitor of the CSMS, 1000 to 1002. */
async function watched(version: "2.0.1" | "2.1"): Promise<StationHarness> {
  const h = await deviceHarness(version);
  const setMonitoringData = [
    { ...POWER, type: "Delta", value: 500, severity: 4 },
    { ...POWER, type: "UpperThreshold", value: 5000, severity: 4, transaction: true },
    { ...POWER, type: "Periodic", value: 60, severity: 6 },
  ];
  await h.call("SetVariableMonitoring", { setMonitoringData });
  h.forget();
  return h;
}

/** The ids of the monitors that are at work. */
function ids(h: StationHarness): number[] {
  return h.station.services.monitoring.monitors.map(({ id }) => id);
}

async function report(h: StationHarness, request: object): Promise<Payload[] | unknown> {
  h.forget();
  const { status } = await h.call("GetMonitoringReport", { requestId: 5, ...request });
  await h.clock.settle();
  if (status !== "Accepted") return status;
  return collected(h, "NotifyMonitoringReport", "monitor");
}

for (const version of VERSIONS) {
  Deno.test(`${version}, N02: a report of all monitors`, async () => {
    const h = await watched(version);
    const monitors = await report(h, {}) as Payload[];
    const own = (kind: string) => version === "2.1" ? { eventNotificationType: kind } : {};
    assert.deepEqual(monitors[0], {
      ...named("ChargingStation.Problem"),
      variableMonitoring: [
        {
          id: 1,
          transaction: false,
          value: 0,
          severity: 2,
          type: "Delta",
          ...own("HardWiredMonitor"),
        },
      ],
    });
    assert.deepEqual(monitors.slice(-2), [{
      ...POWER,
      variableMonitoring: [
        {
          id: 1001,
          transaction: true,
          value: 5000,
          severity: 4,
          type: "UpperThreshold",
          ...own("CustomMonitor"),
        },
      ],
    }, {
      ...POWER,
      variableMonitoring: [
        {
          id: 1002,
          transaction: false,
          value: 60,
          severity: 6,
          type: "Periodic",
          ...own("CustomMonitor"),
        },
      ],
    }]);
    assert.equal(monitors.length, 7);
    await h.over();
  });
}

Deno.test("N02: a report of the variables and the kinds that are asked for", async () => {
  const h = await watched("2.1");
  const found = async (request: object) =>
    (await report(h, request) as { variableMonitoring: { id: number }[] }[])
      .map(({ variableMonitoring }) => variableMonitoring[0]?.id);
  assert.deepEqual(await found({ monitoringCriteria: ["ThresholdMonitoring"] }), [1001]);
  assert.deepEqual(
    await found({ monitoringCriteria: ["PeriodicMonitoring", "ThresholdMonitoring"] }),
    [1001, 1002],
  );
  assert.deepEqual(await found({ componentVariable: [{ component: { name: "EVSE" } }] }), [
    1000,
    1001,
    1002,
  ]);
  assert.deepEqual(
    await found({ componentVariable: [POWER], monitoringCriteria: ["DeltaMonitoring"] }),
    [1000],
  );
  await h.over();
});

Deno.test("N02: nothing to report is an EmptyResultSet", async () => {
  const h = await deviceHarness("2.1");
  assert.equal(await report(h, { monitoringCriteria: ["PeriodicMonitoring"] }), "EmptyResultSet");
  assert.equal(await report(h, { componentVariable: [named("Ghost.Power")] }), "EmptyResultSet");
  await h.over();
});

Deno.test("N02: what only 2.1 knows is left out for 2.0.1", async () => {
  const h = await deviceHarness("2.0.1");
  const wanted = {
    type: "TargetDelta",
    value: 1,
    severity: 4,
    transaction: false,
    stream: null,
  } as const;
  const { component: _, variable: __, ...rest } = { ...POWER, ...wanted };
  h.station.services.monitoring.set({
    ...rest,
    id: null,
    named: {
      component: "EVSE",
      componentInstance: null,
      evseId: 1,
      connectorId: null,
      variable: "Power",
      instance: null,
    },
  });
  const monitors = await report(h, { componentVariable: [POWER] }) as Payload[];
  assert.deepEqual(monitors, []);
  await h.over();
});

for (const version of VERSIONS) {
  Deno.test(`${version}, N06: monitors are taken away, each with its own status`, async () => {
    const h = await watched(version);
    const { clearMonitoringResult } = await h.call("ClearVariableMonitoring", {
      id: [1000, 77, 1, 2],
    });
    assert.deepEqual(
      (clearMonitoringResult as Payload[]).map(({ id, status }) => [id, status]),
      [[1000, "Accepted"], [77, "NotFound"], [1, "Rejected"], [2, "Accepted"]],
    );
    assert.deepEqual(ids(h), [1, 10, 11, 1001, 1002]);
    await h.over();
  });
}

Deno.test("N06: a periodic monitor that is gone has no timer any more", async () => {
  const h = await watched("2.1");
  await h.station.memory.saved();
  const before = h.clock.pending;
  await h.call("ClearVariableMonitoring", { id: [1002] });
  assert.equal(h.clock.pending, before - 1);
  await h.over();
});

Deno.test("N06: more than ItemsPerMessage are too many", async () => {
  const h = await deviceHarness("2.1");
  const id = Array.from({ length: 51 }, (_, index) => index);
  assert.deepEqual(await h.call("ClearVariableMonitoring", { id }), {
    error: "OccurrenceConstraintViolation",
  });
  await h.over();
});

for (const version of VERSIONS) {
  Deno.test(`${version}, N03: the base decides which monitors stay`, async () => {
    const h = await watched(version);
    await h.call("ClearVariableMonitoring", { id: [2] });
    assert.deepEqual(await h.call("SetMonitoringBase", { monitoringBase: "All" }), {
      status: "Accepted",
    });
    assert.deepEqual(ids(h), [1, 2, 10, 11, 1000, 1001, 1002]);
    await h.call("SetMonitoringBase", { monitoringBase: "FactoryDefault" });
    assert.deepEqual(ids(h), [1, 2, 10, 11]);
    assert.equal(await valueOf(h, "MonitoringCtrlr.ActiveMonitoringBase"), "FactoryDefault");
    await h.call("SetMonitoringBase", { monitoringBase: "HardWiredOnly" });
    assert.deepEqual(ids(h), [1, 10, 11]);
    await h.over();
  });

  Deno.test(`${version}, N05: the level is one of ten severities`, async () => {
    const h = await deviceHarness(version);
    assert.equal(await valueOf(h, "MonitoringCtrlr.ActiveMonitoringLevel"), "9");
    assert.deepEqual(await h.call("SetMonitoringLevel", { severity: 3 }), { status: "Accepted" });
    assert.equal(await valueOf(h, "MonitoringCtrlr.ActiveMonitoringLevel"), "3");
    await h.over();
  });
}

Deno.test("N05.FR.01: a level beyond them is Rejected", async () => {
  const h = await deviceHarness("2.1");
  for (const severity of [-1, 10, 1.5]) {
    const { payload } = await obeyAnything("SetMonitoringLevel", setMonitoringLevel, h.station, {
      severity,
    });
    assert.equal(payload.status, "Rejected");
  }
  await h.over();
});

Deno.test("N02 to N06: odd requests get a proper answer", async () => {
  const h = await watched("2.1");
  for (const odd of oddPayloads({ monitoringBase: "All" })) {
    await obeyAnything("SetMonitoringBase", setMonitoringBase, h.station, odd);
  }
  for (const odd of oddPayloads({ severity: 3 })) {
    await obeyAnything("SetMonitoringLevel", setMonitoringLevel, h.station, odd);
  }
  for (const odd of oddPayloads({ id: [3] })) await clearVariableMonitoring(h.station, odd);
  const report = {
    requestId: 1,
    componentVariable: [POWER],
    monitoringCriteria: ["DeltaMonitoring"],
  };
  for (const odd of oddPayloads(report)) {
    await obeyAnything("GetMonitoringReport", getMonitoringReport, h.station, odd);
  }
  await h.over();
});
