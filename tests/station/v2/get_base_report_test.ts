import assert from "node:assert/strict";
import type { Payload } from "../../../src/ocpp/mod.ts";
import { getBaseReport } from "../../../src/station/v2/get_base_report.ts";
import { stationHarness } from "../../support/station_harness.ts";
import { fakeCharger } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { collected, deviceHarness, TWO_EVSES } from "./device_harness.ts";
import { obeyAnything, VERSIONS } from "./support.ts";

/** What appendix 3 calls required of every station. */
const REQUIRED = [
  "AlignedDataCtrlr.Interval",
  "AlignedDataCtrlr.Measurands",
  "AlignedDataCtrlr.TxEndedInterval",
  "AlignedDataCtrlr.TxEndedMeasurands",
  "AuthCtrlr.AuthorizeRemoteStart",
  "AuthCtrlr.LocalAuthorizeOffline",
  "AuthCtrlr.LocalPreAuthorize",
  "ChargingStation.AvailabilityState",
  "ChargingStation.Available",
  "ChargingStation.Model",
  "ChargingStation.SupplyPhases",
  "ChargingStation.VendorName",
  "ClockCtrlr.DateTime",
  "ClockCtrlr.TimeSource",
  "Connector.AvailabilityState",
  "Connector.Available",
  "Connector.ConnectorType",
  "Connector.SupplyPhases",
  "DeviceDataCtrlr.BytesPerMessage[GetReport]",
  "DeviceDataCtrlr.BytesPerMessage[GetVariables]",
  "DeviceDataCtrlr.BytesPerMessage[SetVariables]",
  "DeviceDataCtrlr.ItemsPerMessage[GetReport]",
  "DeviceDataCtrlr.ItemsPerMessage[GetVariables]",
  "DeviceDataCtrlr.ItemsPerMessage[SetVariables]",
  "EVSE.AvailabilityState",
  "EVSE.Available",
  "EVSE.Power",
  "EVSE.SupplyPhases",
  "LocalAuthListCtrlr.BytesPerMessage",
  "LocalAuthListCtrlr.Entries",
  "LocalAuthListCtrlr.ItemsPerMessage",
  "MonitoringCtrlr.BytesPerMessage[SetVariableMonitoring]",
  "MonitoringCtrlr.ItemsPerMessage[SetVariableMonitoring]",
  "OCPPCommCtrlr.FileTransferProtocols",
  "OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]",
  "OCPPCommCtrlr.MessageAttempts[TransactionEvent]",
  "OCPPCommCtrlr.MessageTimeout[Default]",
  "OCPPCommCtrlr.NetworkConfigurationPriority",
  "OCPPCommCtrlr.NetworkProfileConnectionAttempts",
  "OCPPCommCtrlr.OfflineThreshold",
  "OCPPCommCtrlr.ResetRetries",
  "OCPPCommCtrlr.RetryBackOffRandomRange",
  "OCPPCommCtrlr.RetryBackOffRepeatTimes",
  "OCPPCommCtrlr.RetryBackOffWaitMinimum",
  "OCPPCommCtrlr.UnlockOnEVSideDisconnect",
  "SampledDataCtrlr.TxEndedInterval",
  "SampledDataCtrlr.TxEndedMeasurands",
  "SampledDataCtrlr.TxStartedMeasurands",
  "SampledDataCtrlr.TxUpdatedInterval",
  "SampledDataCtrlr.TxUpdatedMeasurands",
  "SecurityCtrlr.CertificateEntries",
  "SecurityCtrlr.OrganizationName",
  "SecurityCtrlr.SecurityProfile",
  "SmartChargingCtrlr.Entries[ChargingProfiles]",
  "SmartChargingCtrlr.LimitChangeSignificance",
  "SmartChargingCtrlr.PeriodsPerSchedule",
  "SmartChargingCtrlr.ProfileStackLevel",
  "SmartChargingCtrlr.RateUnit",
  "TariffCostCtrlr.Currency",
  "TariffCostCtrlr.TariffFallbackMessage",
  "TariffCostCtrlr.TotalCostFallbackMessage",
  "TxCtrlr.EVConnectionTimeOut",
  "TxCtrlr.StopTxOnEVSideDisconnect",
  "TxCtrlr.StopTxOnInvalidId",
  "TxCtrlr.TxStartPoint",
  "TxCtrlr.TxStopPoint",
];

interface Data {
  readonly component: { name: string; evse?: { id: number; connectorId?: number } };
  readonly variable: { name: string; instance?: string };
  readonly variableAttribute: { type: string; value?: string; mutability: string }[];
  readonly variableCharacteristics: Payload;
}

async function reported(version: "2.0.1" | "2.1", reportBase: string): Promise<Data[]> {
  const h = await deviceHarness(version);
  assert.deepEqual(await h.call("GetBaseReport", { requestId: 7, reportBase }), {
    status: "Accepted",
  });
  await h.clock.advance(0);
  for (const { requestId } of h.payloads("NotifyReport")) assert.equal(requestId, 7);
  const data = collected(h, "NotifyReport", "reportData") as unknown as Data[];
  await h.over();
  return data;
}

function nameOf({ component, variable }: Data): string {
  const { instance } = variable;
  return `${component.name}.${variable.name}${instance === undefined ? "" : `[${instance}]`}`;
}

for (const version of VERSIONS) {
  Deno.test(`${version}, B07.FR.08: the full inventory has all that the specification requires`, async () => {
    const data = await reported(version, "FullInventory");
    const names = new Set(data.map(nameOf));
    assert.deepEqual(REQUIRED.filter((name) => !names.has(name)), []);
    assert(data.length > 100);
    const keys = data.map((one) => JSON.stringify([one.component, one.variable]));
    assert.equal(new Set(keys).size, keys.length, "nothing comes twice");
  });
}

Deno.test("B07.FR.07: the configuration is what can be written, without its secrets", async () => {
  const data = await reported("2.1", "ConfigurationInventory");
  assert(data.some((one) => nameOf(one) === "TxCtrlr.TxStartPoint"));
  for (const one of data) {
    const [actual] = one.variableAttribute;
    assert.notEqual(actual?.mutability, "ReadOnly", nameOf(one));
    if (actual?.mutability === "WriteOnly") assert.equal(actual.value, undefined, nameOf(one));
  }
});

Deno.test("B07.FR.09: the summary tells how the station and all its parts stand", async () => {
  const data = await reported("2.1", "SummaryInventory");
  const states = data.filter(({ variable }) => variable.name === "AvailabilityState");
  assert.deepEqual(
    states.map(({ component, variableAttribute }) => [component, variableAttribute[0]?.value]),
    [
      [{ name: "ChargingStation" }, "Available"],
      [{ name: "EVSE", evse: { id: 1 } }, "Available"],
      [{ name: "EVSE", evse: { id: 2 } }, "Available"],
      [{ name: "Connector", evse: { id: 1, connectorId: 1 } }, "Available"],
      [{ name: "Connector", evse: { id: 2, connectorId: 1 } }, "Available"],
    ],
  );
  assert(data.some(({ variable }) => variable.name === "Problem"));
  assert(!data.some(({ component }) => component.name.endsWith("Ctrlr")));
});

Deno.test("B07: what a variable is goes with it", async () => {
  const data = await reported("2.1", "FullInventory");
  const find = (name: string) => data.find((one) => nameOf(one) === name)!;
  assert.deepEqual(find("EVSE.Power").variableCharacteristics, {
    dataType: "decimal",
    supportsMonitoring: true,
    unit: "W",
    maxLimit: 22_000,
  });
  assert.deepEqual(find("EVSE.Power").variableAttribute.map(({ type }) => type), [
    "Actual",
    "Target",
  ]);
  assert.deepEqual(find("OCPPCommCtrlr.HeartbeatInterval").variableCharacteristics, {
    dataType: "integer",
    supportsMonitoring: false,
    unit: "s",
    minLimit: 1,
  });
  assert.equal(
    find("TxCtrlr.TxStopPoint").variableCharacteristics.valuesList,
    "ParkingBayOccupancy,EVConnected,Authorized,PowerPathClosed,EnergyTransfer",
  );
  assert.equal(find("LocalAuthListCtrlr.Entries").variableCharacteristics.maxLimit, 10_000);
});

for (const version of VERSIONS) {
  Deno.test(`${version}, B02.FR.02: a report comes while the boot is pending`, async () => {
    const replies = {
      BootNotification: { status: "Pending", currentTime: "2026-01-01T00:00:00Z", interval: 600 },
    };
    const h = await stationHarness({ version, station: TWO_EVSES, replies });
    await h.open();
    h.forget();
    await h.call("GetBaseReport", { requestId: 1, reportBase: "FullInventory" });
    await h.clock.advance(0);
    assert(collected(h, "NotifyReport", "reportData").length > 100);
    assert.deepEqual([...new Set(h.csms.actions)], ["NotifyReport"]);
    await h.over();
  });
}

Deno.test("B07: a report ends with its connection, and the log says so", async () => {
  const h = await deviceHarness("2.1", { replies: { NotifyReport: "silence" } });
  await h.call("GetBaseReport", { requestId: 1, reportBase: "FullInventory" });
  await h.clock.advance(0);
  await h.lose();
  assert.equal(h.payloads("NotifyReport").length, 1);
  assert.equal(h.lines.filter((line) => line.includes("A report ends early")).length, 1);
  await h.over();
});

Deno.test("B07.FR.11: a report that there is not is NotSupported", async () => {
  for (const odd of oddPayloads({ requestId: 1, reportBase: "FullInventory" })) {
    const station = fakeCharger();
    const { payload } = await obeyAnything("GetBaseReport", getBaseReport, station, odd);
    if (odd.reportBase !== "FullInventory") assert.equal(payload.status, "NotSupported");
  }
});
