/**
 * Everything that a CSMS of 2.x can ask of a station, asked of a real one by ocpp-rpc's server in strict
 * mode: each answer fits its schema and says what it should, and what follows it comes.
 */
import assert from "node:assert/strict";
import { loadVersion } from "../../src/ocpp/mod.ts";
import { TestCa } from "../station/service/support.ts";
import { eventually } from "../support/connection_harness.ts";
import type { Params } from "../support/ocpp_rpc.ts";
import { Sequence } from "../support/sequence.ts";

/** One question. */
interface Question {
  readonly action: string;
  readonly payload: Params;
  /** What the answer must say; left out: it says no more than that it came. */
  readonly answer?: string;
  /** What the station says because of it, from the beginning. */
  readonly then?: string;
}

const ALICE = { idToken: "ALICE", type: "ISO14443" };
const HEARTBEAT = {
  component: { name: "OCPPCommCtrlr" },
  variable: { name: "HeartbeatInterval" },
};
const POWER = { component: { name: "EVSE", evse: { id: 1 } }, variable: { name: "Power" } };
const FILE = "gopher://files.example/file";

/** In this order. @param transactionId of what runs on EVSE 1 */
function questions(transactionId: string, root: string): readonly Question[] {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const digest = "0123456789abcdef0123456789abcdef";
  const hash = { issuerNameHash: digest, issuerKeyHash: digest, serialNumber: "1" };
  const schedule = {
    id: 1,
    chargingRateUnit: "W",
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 7_000 }],
  };
  const profile = {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: "TxProfile",
    chargingProfileKind: "Relative",
    transactionId,
    chargingSchedule: [schedule],
  };
  return [
    {
      action: "GetVariables",
      payload: { getVariableData: [HEARTBEAT] },
      answer: "Accepted",
    },
    {
      action: "SetVariables",
      payload: { setVariableData: [{ ...HEARTBEAT, attributeValue: "3600" }] },
      answer: "Accepted",
    },
    {
      action: "GetBaseReport",
      payload: { requestId: 1, reportBase: "FullInventory" },
      answer: "Accepted",
      then: "NotifyReport",
    },
    {
      action: "GetReport",
      payload: { requestId: 2, componentVariable: [HEARTBEAT] },
      answer: "Accepted",
      then: "NotifyReport",
    },
    {
      action: "SetVariableMonitoring",
      payload: {
        setMonitoringData: [{ ...POWER, type: "UpperThreshold", value: 1, severity: 4 }],
      },
      answer: "Accepted",
      then: "NotifyEvent EVSE.Power Alerting",
    },
    {
      action: "GetMonitoringReport",
      payload: { requestId: 3 },
      answer: "Accepted",
      then: "NotifyMonitoringReport",
    },
    { action: "SetMonitoringLevel", payload: { severity: 9 }, answer: "Accepted" },
    { action: "ClearVariableMonitoring", payload: { id: [1000] }, answer: "Accepted" },
    {
      action: "SetMonitoringBase",
      payload: { monitoringBase: "FactoryDefault" },
      answer: "Accepted",
    },
    {
      action: "SetNetworkProfile",
      payload: {
        configurationSlot: 2,
        connectionData: {
          ocppVersion: "OCPP20",
          ocppInterface: "Wired0",
          ocppTransport: "JSON",
          messageTimeout: 30,
          ocppCsmsUrl: "ws://127.0.0.1:9/other",
          securityProfile: 0,
        },
      },
    },
    {
      action: "SetChargingProfile",
      payload: { evseId: 1, chargingProfile: profile },
      answer: "Accepted",
    },
    {
      action: "GetCompositeSchedule",
      payload: { evseId: 1, duration: 60, chargingRateUnit: "W" },
      answer: "Accepted",
    },
    {
      action: "GetChargingProfiles",
      payload: { requestId: 4, chargingProfile: {} },
      answer: "Accepted",
      then: "ReportChargingProfiles",
    },
    { action: "ClearChargingProfile", payload: { chargingProfileId: 1 }, answer: "Accepted" },
    {
      action: "SetDisplayMessage",
      payload: {
        message: {
          id: 1,
          priority: "NormalCycle",
          message: { format: "ASCII", content: "Hello" },
        },
      },
      answer: "Accepted",
    },
    {
      action: "GetDisplayMessages",
      payload: { requestId: 5 },
      answer: "Accepted",
      then: "NotifyDisplayMessages",
    },
    { action: "ClearDisplayMessage", payload: { id: 1 }, answer: "Accepted" },
    { action: "CostUpdated", payload: { totalCost: 1.5, transactionId } },
    { action: "GetTransactionStatus", payload: { transactionId } },
    {
      action: "CustomerInformation",
      payload: { requestId: 6, report: true, clear: false, idToken: ALICE },
      answer: "Accepted",
      then: "NotifyCustomerInformation",
    },
    { action: "DataTransfer", payload: { vendorId: "elsewhere" }, answer: "UnknownVendorId" },
    {
      action: "InstallCertificate",
      payload: { certificateType: "ManufacturerRootCertificate", certificate: root },
      answer: "Accepted",
    },
    { action: "GetInstalledCertificateIds", payload: {}, answer: "Accepted" },
    {
      action: "DeleteCertificate",
      payload: { certificateHashData: { hashAlgorithm: "SHA256", ...hash } },
      answer: "NotFound",
    },
    {
      action: "CertificateSigned",
      payload: { certificateChain: root },
      answer: "Rejected",
      then: "SecurityEventNotification InvalidChargingStationCertificate",
    },
    {
      action: "SendLocalList",
      payload: {
        versionNumber: 3,
        updateType: "Full",
        localAuthorizationList: [{ idToken: ALICE, idTokenInfo: { status: "Accepted" } }],
      },
      answer: "Accepted",
    },
    { action: "GetLocalListVersion", payload: {} },
    { action: "ClearCache", payload: {}, answer: "Accepted" },
    {
      action: "GetLog",
      payload: { requestId: 7, logType: "DiagnosticsLog", log: { remoteLocation: FILE } },
      answer: "Accepted",
      then: "LogStatusNotification",
    },
    {
      action: "PublishFirmware",
      payload: { requestId: 8, location: FILE, checksum: digest },
      answer: "Accepted",
      then: "PublishFirmwareStatusNotification",
    },
    { action: "UnpublishFirmware", payload: { checksum: digest } },
    {
      action: "UpdateFirmware",
      payload: { requestId: 9, firmware: { location: FILE, retrieveDateTime: later } },
      answer: "Accepted",
      then: "FirmwareStatusNotification DownloadScheduled",
    },
    {
      action: "TriggerMessage",
      payload: { requestedMessage: "StatusNotification", evse: { id: 2, connectorId: 1 } },
      answer: "Accepted",
      then: "StatusNotification 2 Available",
    },
    {
      action: "ReserveNow",
      payload: { id: 1, evseId: 2, expiryDateTime: later, idToken: ALICE },
      answer: "Accepted",
      then: "StatusNotification 2 Reserved",
    },
    {
      action: "CancelReservation",
      payload: { reservationId: 1 },
      answer: "Accepted",
      then: "StatusNotification 2 Available",
    },
    {
      action: "UnlockConnector",
      payload: { evseId: 2, connectorId: 1 },
      answer: "Unlocked",
    },
    {
      action: "ChangeAvailability",
      payload: { operationalStatus: "Inoperative", evse: { id: 2 } },
      answer: "Accepted",
      then: "StatusNotification 2 Unavailable",
    },
    {
      action: "RequestStopTransaction",
      payload: { transactionId },
      answer: "Accepted",
      then: "TransactionEvent Ended RemoteStop Remote",
    },
    {
      action: "RequestStartTransaction",
      payload: { idToken: ALICE, remoteStartId: 1, evseId: 1 },
      answer: "Accepted",
    },
    {
      action: "Reset",
      payload: { type: "Immediate" },
      answer: "Accepted",
      then: "BootNotification RemoteReset",
    },
  ];
}

/** What 2.1 has beside. */
function more(transactionId: string): readonly Question[] {
  const tariff = { tariffId: "T1", currency: "EUR", energy: { prices: [{ priceKwh: 0.3 }] } };
  const curve = { priority: 1, yUnit: "Not_Applicable", curveData: [{ x: 1, y: 1 }] };
  return [
    { action: "SetDefaultTariff", payload: { evseId: 0, tariff }, answer: "Accepted" },
    { action: "GetTariffs", payload: { evseId: 0 }, answer: "Accepted" },
    { action: "ChangeTransactionTariff", payload: { transactionId, tariff }, answer: "Accepted" },
    { action: "ClearTariffs", payload: { tariffIds: ["T1"] }, answer: "Accepted" },
    {
      action: "SetDERControl",
      payload: { isDefault: true, controlId: "D1", controlType: "VoltVar", curve },
    },
    { action: "GetDERControl", payload: { requestId: 11 } },
    { action: "ClearDERControl", payload: { isDefault: true } },
    { action: "GetPeriodicEventStream", payload: {} },
    {
      action: "AdjustPeriodicEventStream",
      payload: { id: 1, params: { interval: 5 } },
      answer: "Rejected",
    },
    {
      action: "UpdateDynamicSchedule",
      payload: { chargingProfileId: 99, scheduleUpdate: { limit: 1_000 } },
      answer: "Rejected",
    },
    {
      action: "UsePriorityCharging",
      payload: { transactionId, activate: true },
      answer: "NoProfile",
    },
    { action: "NotifyWebPaymentStarted", payload: { evseId: 2, timeout: 60 } },
    {
      action: "NotifyAllowedEnergyTransfer",
      payload: { transactionId, allowedEnergyTransfer: ["AC_three_phase"] },
    },
    { action: "AFRRSignal", payload: { timestamp: new Date().toISOString(), signal: 1 } },
    {
      action: "RequestBatterySwap",
      payload: { requestId: 12, idToken: ALICE },
    },
  ];
}

for (const version of ["2.0.1", "2.1"] as const) {
  Deno.test(`${version}: every call of a CSMS gets an answer that strict mode takes, and what follows it`, async () => {
    const connectors = [{ id: 1 }, { id: 2 }];
    await using sequence = await Sequence.start({ protocol_version: version, connectors });
    await sequence.until("station: StatusNotification 2 Available");
    const car = { batteryWh: 100_000, soc: 0.1, maxPower: 11_000, phases: 3 } as const;
    await sequence.driver.plug(1, car);
    await sequence.driver.authorize(1, ALICE);
    await sequence.until("station: TransactionEvent Updated MeterValuePeriodic");
    await sequence.quiet();
    const { transactionId } = sequence.last("TransactionEvent").transactionInfo as {
      transactionId: string;
    };
    const { pem } = await TestCa.make();
    const asked = [
      ...(version === "2.1" ? more(transactionId) : []),
      ...questions(transactionId, pem),
    ];
    for (const { action, payload, answer, then } of asked) {
      sequence.forget();
      await sequence.call(action, payload);
      const [line] = sequence.lines;
      if (answer === undefined) assert(line?.startsWith(`csms: ${action}`), line);
      else assert.equal(line, `csms: ${action} → ${answer}`.replace("Reset", "Reset Immediate"));
      if (then === undefined) continue;
      const isThere = () =>
        sequence.lines.slice(1).some((one) => one.startsWith(`station: ${then}`));
      await eventually(`${then} after ${action}`, isThere);
    }
    await sequence.until();
    const { actions } = await loadVersion(version);
    const all = [...actions.values()].filter(({ from }) => from !== "station").map(({ name }) =>
      name
    );
    assert.deepEqual(asked.map(({ action }) => action).sort(), all.sort());
    await sequence.is(sequence.lines);
  });
}
