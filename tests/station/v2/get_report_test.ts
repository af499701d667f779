import assert from "node:assert/strict";
import type { StationHarness } from "../../support/station_harness.ts";
import { getReport } from "../../../src/station/v2/get_report.ts";
import { oddPayloads } from "../v16/support.ts";
import { collected, deviceHarness, named } from "./device_harness.ts";
import { obeyAnything, VERSIONS } from "./support.ts";

/** What a report names, in short: `EVSE(1).Power`. */
async function report(h: StationHarness, request: object): Promise<string[]> {
  h.forget();
  const { status } = await h.call("GetReport", { requestId: 3, ...request });
  await h.clock.advance(0);
  if (status === "EmptyResultSet") assert.deepEqual(h.csms.actions, []);
  else assert.equal(status, "Accepted");
  const data = collected(h, "NotifyReport", "reportData") as unknown as {
    component: { name: string; evse?: { id: number; connectorId?: number } };
    variable: { name: string; instance?: string };
  }[];
  return data.map(({ component: { name, evse }, variable }) => {
    const place = evse === undefined
      ? ""
      : `(${[evse.id, evse.connectorId].filter((id) => id !== undefined)})`;
    const instance = variable.instance === undefined ? "" : `[${variable.instance}]`;
    return `${name}${place}.${variable.name}${instance}`;
  });
}

const component = (name: string, evse?: object) => ({
  component: { name, ...(evse === undefined ? {} : { evse }) },
});

for (const version of VERSIONS) {
  Deno.test(`${version}, B08: a report of what is asked for`, async () => {
    const h = await deviceHarness(version);
    assert.deepEqual(
      await report(h, {
        componentVariable: [named("EVSE.Power", { id: 1 }), named("TxCtrlr.TxStartPoint")],
      }),
      ["EVSE(1).Power", "TxCtrlr.TxStartPoint"],
    );
    await h.over();
  });
}

Deno.test("B08.FR.20 and after: what is left out may be anything", async () => {
  const h = await deviceHarness("2.1");
  assert.deepEqual(await report(h, { componentVariable: [named("EVSE.Power")] }), [
    "EVSE(1).Power",
    "EVSE(2).Power",
  ]);
  assert.deepEqual(
    await report(h, { componentVariable: [named("connector.problem", { id: 2 })] }),
    ["Connector(2,1).Problem"],
  );
  assert.deepEqual(
    await report(h, { componentVariable: [named("MonitoringCtrlr.ItemsPerMessage")] }),
    [
      "MonitoringCtrlr.ItemsPerMessage[ClearVariableMonitoring]",
      "MonitoringCtrlr.ItemsPerMessage[SetVariableMonitoring]",
    ],
  );
  assert.deepEqual(
    await report(h, { componentVariable: [component("FiscalMetering", { id: 1 })] }),
    [
      "FiscalMetering(1).EnergyExportRegister",
      "FiscalMetering(1).EnergyImportRegister",
    ],
  );
  await h.over();
});

Deno.test("B08.FR.10: components with a problem are those that have one", async () => {
  const h = await deviceHarness("2.1");
  assert.deepEqual(await report(h, { componentCriteria: ["Problem"] }), []);
  await h.station.driver.status(2, { status: "Faulted" });
  await h.clock.settle();
  const found = await report(h, { componentCriteria: ["Problem"] });
  assert(found.includes("Connector(2,1).Problem"));
  assert(found.every((name) => name.startsWith("Connector(2,1)")));
  await h.over();
});

Deno.test("B08.FR.07 to FR.09: without the variable a component is active, available and enabled", async () => {
  const h = await deviceHarness("2.1");
  await h.call("SetVariables", {
    setVariableData: [{ ...named("AuthCacheCtrlr.Enabled"), attributeValue: "false" }],
  });
  const enabled = await report(h, { componentCriteria: ["Enabled"] });
  assert(enabled.includes("LocalAuthListCtrlr.Enabled"));
  assert(enabled.includes("ChargingStation.Model"));
  assert(!enabled.some((name) => name.startsWith("AuthCacheCtrlr")));
  const available = await report(h, { componentCriteria: ["Available"] });
  assert(available.includes("AuthCacheCtrlr.Available"));
  assert(!available.some((name) => name.startsWith("ConnectedEV")), "there is no car");
  const active = await report(h, { componentCriteria: ["Active"] });
  assert(active.includes("ConnectedEV(1).Available"));
  await h.over();
});

Deno.test("B08.FR.05: of what is asked for, what meets the criteria", async () => {
  const h = await deviceHarness("2.1");
  await h.station.driver.plug(1);
  assert.deepEqual(
    await report(h, {
      componentVariable: [named("ConnectedEV.Available")],
      componentCriteria: ["Available", "Problem"],
    }),
    ["ConnectedEV(1).Available"],
  );
  await h.over();
});

Deno.test("B08.FR.15: nothing to report is an EmptyResultSet", async () => {
  const h = await deviceHarness("2.1");
  assert.deepEqual(await report(h, { componentVariable: [component("Ghost")] }), []);
  assert.deepEqual(await report(h, { componentVariable: [named("EVSE.Power", { id: 9 })] }), []);
  await h.over();
});

Deno.test("B08.FR.17: more than ItemsPerMessage are too many", async () => {
  const h = await deviceHarness("2.1");
  const componentVariable = Array(51).fill(component("EVSE"));
  const answer = await h.call("GetReport", { requestId: 1, componentVariable });
  assert.deepEqual(answer, { error: "OccurrenceConstraintViolation" });
  await h.over();
});

Deno.test("B08: odd requests get a proper answer", async () => {
  const h = await deviceHarness("2.1");
  const good = {
    requestId: 1,
    componentVariable: [named("EVSE.Power")],
    componentCriteria: ["Active"],
  };
  for (const odd of oddPayloads(good)) await obeyAnything("GetReport", getReport, h.station, odd);
  for (const odd of oddPayloads(named("EVSE.Power", { id: 1 }))) {
    const request = { requestId: 1, componentVariable: [odd] };
    await obeyAnything("GetReport", getReport, h.station, request);
  }
  await h.over();
});
