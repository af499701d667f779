import assert from "node:assert/strict";
import type { Payload } from "../../../src/ocpp/mod.ts";
import { getVariables } from "../../../src/station/v2/get_variables.ts";
import { oddPayloads } from "../v16/support.ts";
import { deviceHarness, named, valueOf } from "./device_harness.ts";
import { obeyAnything, VERSIONS } from "./support.ts";

for (const version of VERSIONS) {
  Deno.test(`${version}, B06: the values of settings and of the station itself`, async () => {
    const h = await deviceHarness(version);
    assert.equal(await valueOf(h, "OCPPCommCtrlr.HeartbeatInterval"), "3600");
    assert.equal(await valueOf(h, "OCPPCommCtrlr.MessageAttempts[TransactionEvent]"), "3");
    assert.equal(await valueOf(h, "SecurityCtrlr.Identity"), "CP1");
    assert.equal(await valueOf(h, "ChargingStation.Model"), "Wallbox");
    assert.equal(await valueOf(h, "ChargingStation.VendorName"), "ACME");
    assert.equal(await valueOf(h, "ChargingStation.AvailabilityState"), "Available");
    assert.equal(await valueOf(h, "ChargingStation.SupplyPhases"), "3");
    assert.equal(await valueOf(h, "EVSE.Power", { id: 2 }), "0");
    assert.equal(await valueOf(h, "EVSE.SupplyPhases", { id: 2 }), "1");
    assert.equal(await valueOf(h, "Connector.ConnectorType", { id: 2, connectorId: 1 }), "cCCS2");
    assert.equal(await valueOf(h, "ClockCtrlr.DateTime"), "2026-01-01T00:00:00.000Z");
    await h.over();
  });

  Deno.test(`${version}, B06: one result for each, in their order, under the names that were asked`, async () => {
    const h = await deviceHarness(version);
    const asked = [
      named("Ghost.Model"),
      { ...named("txctrlr.EVCONNECTIONTIMEOUT"), attributeType: "Actual" },
      named("TxCtrlr.Ghost"),
      { ...named("TxCtrlr.TxStartPoint"), attributeType: "MaxSet" },
      named("SecurityCtrlr.BasicAuthPassword"),
    ];
    const answer = await h.call("GetVariables", { getVariableData: asked });
    const results = answer.getVariableResult as Payload[];
    assert.deepEqual(results.map(({ attributeStatus }) => attributeStatus), [
      "UnknownComponent",
      "Accepted",
      "UnknownVariable",
      "NotSupportedAttributeType",
      "Rejected",
    ]);
    assert.deepEqual(
      results.map(({ component, variable, attributeType }) => ({
        component,
        variable,
        ...(attributeType === undefined ? {} : { attributeType }),
      })),
      asked,
    );
    assert.deepEqual(results.map(({ attributeValue }) => attributeValue), [
      undefined,
      "60",
      undefined,
      undefined,
      undefined,
    ]);
    await h.over();
  });
}

Deno.test("B06.FR.06: a component is one at its place only", async () => {
  const h = await deviceHarness("2.1");
  assert.equal(await valueOf(h, "EVSE.Power"), "[UnknownComponent]");
  assert.equal(await valueOf(h, "EVSE.Power", { id: 3 }), "[UnknownComponent]");
  assert.equal(await valueOf(h, "EVSE.Power", { id: 1, connectorId: 1 }), "[UnknownComponent]");
  assert.equal(await valueOf(h, "Connector.Problem", { id: 1 }), "[UnknownComponent]");
  assert.equal(await valueOf(h, "TxCtrlr.TxStartPoint", { id: 1 }), "[UnknownComponent]");
  await h.over();
});

Deno.test("B06.FR.07: a variable has its instance, or none", async () => {
  const h = await deviceHarness("2.1");
  assert.equal(await valueOf(h, "OCPPCommCtrlr.MessageAttempts"), "[UnknownVariable]");
  assert.equal(await valueOf(h, "OCPPCommCtrlr.MessageAttempts[Ghost]"), "[UnknownVariable]");
  assert.equal(await valueOf(h, "OCPPCommCtrlr.OfflineThreshold[Default]"), "[UnknownVariable]");
  assert.equal(await valueOf(h, "OCPPCommCtrlr.MessageAttempts[transactionevent]"), "3");
  await h.over();
});

Deno.test("B06.FR.10: what has no value is empty", async () => {
  const h = await deviceHarness("2.1");
  assert.equal(await valueOf(h, "ChargingStation.SerialNumber"), "");
  assert.equal(await valueOf(h, "ConnectedEV.StateOfCharge", { id: 2 }), "");
  await h.over();
});

Deno.test("B06: values follow what happens at the EVSE", async () => {
  const h = await deviceHarness("2.1");
  await h.station.driver.startTransaction(2, { idToken: "TAG1", type: "Central" });
  await h.clock.advance(600_000);
  assert.equal(await valueOf(h, "EVSE.AvailabilityState", { id: 2 }), "Occupied");
  assert.equal(await valueOf(h, "ConnectedEV.Available", { id: 2 }), "true");
  assert(Number(await valueOf(h, "EVSE.Power", { id: 2 })) > 1000);
  assert(Number(await valueOf(h, "ConnectedEV.StateOfCharge", { id: 2 })) > 0);
  assert(Number(await valueOf(h, "FiscalMetering.EnergyImportRegister", { id: 2 })) > 0);
  const getVariableData = [{ ...named("EVSE.Power", { id: 2 }), attributeType: "Target" }];
  const answer = await h.call("GetVariables", { getVariableData });
  assert.equal((answer.getVariableResult as Payload[])[0]?.attributeValue, "50000");
  await h.station.driver.status(1, { status: "Faulted" });
  await h.clock.settle();
  assert.equal(await valueOf(h, "Connector.Problem", { id: 1, connectorId: 1 }), "true");
  await h.station.driver.stopTransaction(2, {});
  await h.over();
});

Deno.test("B06.FR.16: more than ItemsPerMessage are too many", async () => {
  const h = await deviceHarness("2.1");
  const most = Number(await valueOf(h, "DeviceDataCtrlr.ItemsPerMessage[GetVariables]"));
  const one = named("ChargingStation.Model");
  const fits = await h.call("GetVariables", { getVariableData: Array(most).fill(one) });
  assert.equal((fits.getVariableResult as unknown[]).length, most);
  const more = await h.call("GetVariables", { getVariableData: Array(most + 1).fill(one) });
  assert.deepEqual(more, { error: "OccurrenceConstraintViolation" });
  await h.over();
});

Deno.test("B06.FR.17: more than BytesPerMessage are too many", async () => {
  const h = await deviceHarness("2.1");
  const customData = { vendorId: "x", text: "é".repeat(33_000) };
  const one = { ...named("ChargingStation.Model"), customData };
  assert.deepEqual(await h.call("GetVariables", { getVariableData: [one] }), {
    error: "FormatViolation",
  });
  await h.over();
});

Deno.test("B06: odd requests get a proper answer", async () => {
  const h = await deviceHarness("2.1");
  for (const odd of oddPayloads(named("EVSE.Power", { id: 1 }))) {
    // The names go back as they came: only the command must stand it.
    await getVariables(h.station, { getVariableData: [odd] });
  }
  await obeyAnything("GetVariables", getVariables, h.station, {
    getVariableData: [named("Ghost.Ghost")],
  });
  await h.over();
});
