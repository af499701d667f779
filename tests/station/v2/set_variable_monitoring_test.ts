import assert from "node:assert/strict";
import type { Payload } from "../../../src/ocpp/mod.ts";
import { setVariableMonitoring } from "../../../src/station/v2/set_variable_monitoring.ts";
import type { StationHarness } from "../../support/station_harness.ts";
import { oddPayloads } from "../v16/support.ts";
import { deviceHarness, named } from "./device_harness.ts";
import { obeyAnything, VERSIONS } from "./support.ts";

const POWER = named("EVSE.Power", { id: 1 });
const UPPER = { ...POWER, type: "UpperThreshold", value: 5000, severity: 4 };

/** The results, each as its status and its id. */
async function set(h: StationHarness, ...setMonitoringData: object[]): Promise<unknown[]> {
  const answer = await h.call("SetVariableMonitoring", { setMonitoringData });
  return (answer.setMonitoringResult as Payload[]).map(({ status, id }) =>
    id === undefined ? status : [status, id]
  );
}

for (const version of VERSIONS) {
  Deno.test(`${version}, N04: one result for each, in their order`, async () => {
    const h = await deviceHarness(version);
    const setMonitoringData = [
      UPPER,
      { ...UPPER, ...named("Ghost.Power") },
      { ...UPPER, ...named("EVSE.Ghost", { id: 1 }) },
      { ...UPPER, ...named("Connector.Problem", { id: 1, connectorId: 1 }) },
      { ...UPPER, value: 22_001 },
      UPPER,
    ];
    const answer = await h.call("SetVariableMonitoring", { setMonitoringData });
    const results = answer.setMonitoringResult as Payload[];
    assert.deepEqual(results.map(({ status }) => status), [
      "Accepted",
      "UnknownComponent",
      "UnknownVariable",
      "UnsupportedMonitorType",
      "Rejected",
      "Duplicate",
    ]);
    results.forEach(({ component, variable, type, severity }, index) => {
      const { value: _, ...wanted } = setMonitoringData[index]!;
      assert.deepEqual({ component, variable, type, severity }, wanted);
    });
    await h.over();
  });
}

Deno.test("N04.FR.08: each monitor has an id of its own", async () => {
  const h = await deviceHarness("2.1");
  assert.deepEqual(
    await set(h, UPPER, { ...UPPER, severity: 5 }, { ...UPPER, type: "LowerThreshold", value: 0 }),
    [["Accepted", 1000], ["Accepted", 1001], ["Accepted", 1002]],
  );
  await h.call("ClearVariableMonitoring", { id: [1001] });
  assert.deepEqual(await set(h, { ...UPPER, severity: 6 }), [["Accepted", 1003]]);
  await h.over();
});

Deno.test("N04.FR.04: a type that makes no sense there is an UnsupportedMonitorType", async () => {
  const h = await deviceHarness("2.1");
  const state = named("EVSE.AvailabilityState", { id: 1 });
  assert.deepEqual(
    await set(
      h,
      { ...state, type: "LowerThreshold", value: 1, severity: 4 },
      { ...state, type: "TargetDelta", value: 1, severity: 4 },
      { ...UPPER, ...named("TxCtrlr.TxStartPoint") },
      {
        ...named("FiscalMetering.EnergyImportRegister", { id: 1 }),
        type: "TargetDelta",
        value: 1,
        severity: 4,
      },
    ),
    Array(4).fill("UnsupportedMonitorType"),
  );
  await h.over();
});

Deno.test("N04.FR.05, FR.14: values and severities that make no sense are Rejected with the reason", async () => {
  const h = await deviceHarness("2.1");
  const cases = [
    [{ type: "UpperThreshold", value: 22_001 }, "ValueOutOfRange"],
    [{ type: "Delta", value: -1 }, "ValuePositiveOnly"],
    [{ type: "TargetDelta", value: -1 }, "ValuePositiveOnly"],
    [{ type: "Periodic", value: 0 }, "ValueOutOfRange"],
    [{ type: "Delta", value: 1, severity: 10 }, "ValueOutOfRange"],
  ] as const;
  for (const [wanted, reasonCode] of cases) {
    const setMonitoringData = [{ ...POWER, severity: 4, ...wanted }];
    const { payload } = await obeyAnything(
      "SetVariableMonitoring",
      setVariableMonitoring,
      h.station,
      { setMonitoringData },
      ["2.1"],
    );
    const [result] = payload.setMonitoringResult;
    assert.equal(result?.status, "Rejected");
    assert.equal(result?.statusInfo?.reasonCode, reasonCode);
  }
  await h.over();
});

Deno.test("N04.FR.18: nobody watches a password", async () => {
  const h = await deviceHarness("2.1");
  const secret = named("SecurityCtrlr.BasicAuthPassword");
  assert.deepEqual(await set(h, { ...secret, type: "Delta", value: 1, severity: 4 }), ["Rejected"]);
  await h.over();
});

Deno.test("N04.FR.12: a monitor takes the place of one of the same variable only", async () => {
  const h = await deviceHarness("2.1");
  assert.deepEqual(await set(h, UPPER), [["Accepted", 1000]]);
  const state = named("EVSE.AvailabilityState", { id: 1 });
  assert.deepEqual(
    await set(
      h,
      { ...UPPER, id: 1000, value: 5500 },
      { ...UPPER, id: 1000, value: 6000, severity: 3 },
      { ...UPPER, id: 999 },
      { ...state, type: "Delta", value: 1, severity: 4, id: 1000 },
    ),
    [["Accepted", 1000], ["Accepted", 1000], ["Rejected", 999], ["Rejected", 1000]],
  );
  const { monitors } = h.station.services.monitoring;
  assert.deepEqual(monitors.filter(({ id }) => id === 1000).map(({ value }) => value), [6000]);
  await h.over();
});

Deno.test("N04.FR.13: what is hard-wired stays, what is preconfigured may be another", async () => {
  const h = await deviceHarness("2.1");
  const problem = named("ChargingStation.Problem");
  const state = named("ChargingStation.AvailabilityState");
  assert.deepEqual(
    await set(
      h,
      { ...problem, type: "Delta", value: 0, severity: 1, id: 1 },
      { ...state, type: "Delta", value: 0, severity: 3, id: 2 },
    ),
    [["Rejected", 1], ["Accepted", 2]],
  );
  const [monitor] = h.station.services.monitoring.monitors.filter(({ id }) => id === 2);
  assert.equal(monitor?.kind, "CustomMonitor");
  assert.equal(monitor?.severity, 3);
  await h.over();
});

Deno.test("N04: there is room for a hundred monitors", async () => {
  const h = await deviceHarness("2.1");
  const all = [1, 2].flatMap((id) =>
    ["EVSE.Power", "FiscalMetering.EnergyImportRegister", "FiscalMetering.EnergyExportRegister"]
      .flatMap((name) =>
        ["Delta", "UpperThreshold"].flatMap((type) =>
          Array.from(
            { length: 10 },
            (_, severity) => ({ ...named(name, { id }), type, value: 1, severity }),
          )
        )
      )
  );
  const results = [
    ...await set(h, ...all.slice(0, 50)),
    ...await set(h, ...all.slice(50, 100)),
    ...await set(h, ...all.slice(100)),
  ];
  assert.deepEqual(results.slice(100), Array(20).fill("Rejected"));
  assert(results.slice(0, 100).every((result) => Array.isArray(result)));
  await h.over();
});

Deno.test("N04: more than ItemsPerMessage are too many", async () => {
  const h = await deviceHarness("2.1");
  const setMonitoringData = Array(51).fill(UPPER);
  const answer = await h.call("SetVariableMonitoring", { setMonitoringData });
  assert.deepEqual(answer, { error: "OccurrenceConstraintViolation" });
  await h.over();
});

Deno.test("N04: odd requests do no harm", async () => {
  const h = await deviceHarness("2.1");
  for (const odd of oddPayloads(UPPER)) {
    await setVariableMonitoring(h.station, { setMonitoringData: [odd] });
    h.station.services.monitoring.look();
  }
  await h.over();
});
