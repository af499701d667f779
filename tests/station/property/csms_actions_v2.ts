import { type Actions, connectorId, type Stage, token } from "./stage.ts";
import { TOKENS } from "./tokens.ts";

type Payload = Record<string, unknown>;

/** What a CSMS of 2.x asks of a station. */
export const ACTIONS_2: Actions = [
  [8, requestStart],
  [5, requestStop],
  [3, reserve],
  [3, cancelReservation],
  [3, changeAvailability],
  [2, unlock],
  [1, reset],
  [3, triggerMessage],
  [3, setProfile],
  [2, clearProfile],
  [3, ask],
  [3, report],
  [6, configure],
  [3, monitor],
  [2, display],
  [2, sendLocalList],
  [1, transfer],
];

/** Every report has an id of its own. */
let reports = 0;

/** SetVariables of one variable: `Component.Variable` or `Component.Variable.instance`. */
export function setVariable(name: string, value: string): Payload {
  return { setVariableData: [{ ...named(name), attributeValue: value }] };
}

function named(name: string, evseId?: number): Payload {
  const [component, variable, instance] = name.split(".");
  return {
    component: { name: component, ...(evseId === undefined ? {} : { evse: { id: evseId } }) },
    variable: { name: variable, ...(instance === undefined ? {} : { instance }) },
  };
}

function bearer(chance: Stage["chance"]): Payload {
  return { idToken: token(chance), type: "ISO14443" };
}

function profileOf({ chance, now, open }: Stage, purpose: string): Payload {
  const kind = chance.oneOf(["Absolute", "Relative", "Recurring"]);
  const of = purpose === "TxProfile" && chance.percent(90) ? chance.oneOf([...open(), "x"]) : null;
  const periods = Array.from({ length: chance.between(1, 3) }, (_, n) => ({
    startPeriod: n === 0 ? 0 : n * chance.between(30, 600) + n,
    limit: chance.oneOf([0, 0, 6, 16, 3680]),
  })).sort((one, other) => one.startPeriod - other.startPeriod);
  return {
    id: chance.between(1, 6),
    ...(of === null ? {} : { transactionId: of }),
    stackLevel: chance.between(0, 3),
    chargingProfilePurpose: purpose,
    chargingProfileKind: kind,
    ...(kind === "Recurring" ? { recurrencyKind: "Daily" } : {}),
    chargingSchedule: [{
      id: 1,
      ...(chance.percent(50) ? { duration: chance.between(60, 3600) } : {}),
      ...(kind === "Relative" ? {} : { startSchedule: new Date(now()).toISOString() }),
      chargingRateUnit: chance.oneOf(["A", "W"]),
      chargingSchedulePeriod: periods,
    }],
  };
}

function requestStart(stage: Stage): void {
  const { chance, call } = stage;
  const { transactionId: _, ...chargingProfile } = profileOf(stage, "TxProfile");
  call("RequestStartTransaction", {
    idToken: bearer(chance),
    remoteStartId: chance.between(1, 1_000),
    ...(chance.percent(70) ? { evseId: connectorId(chance) } : {}),
    ...(chance.percent(20) ? { chargingProfile } : {}),
  });
}

function requestStop({ chance, call, open }: Stage): void {
  call("RequestStopTransaction", { transactionId: chance.oneOf([...open(), "nowhere"]) });
}

function reserve({ chance, call, now }: Stage): void {
  call("ReserveNow", {
    id: chance.between(1, 4),
    ...(chance.percent(70) ? { evseId: connectorId(chance) } : {}),
    expiryDateTime: new Date(now() + chance.between(-1, 20) * 60_000).toISOString(),
    idToken: bearer(chance),
    ...(chance.percent(20) ? { groupIdToken: { idToken: "FAMILY", type: "Central" } } : {}),
  });
}

function cancelReservation({ chance, call }: Stage): void {
  call("CancelReservation", { reservationId: chance.between(1, 4) });
}

function changeAvailability({ chance, call }: Stage): void {
  const operationalStatus = chance.percent(80) ? "Operative" : "Inoperative";
  const id = connectorId(chance, 0);
  call("ChangeAvailability", { operationalStatus, ...(id === 0 ? {} : { evse: { id } }) });
}

function unlock({ chance, call }: Stage): void {
  call("UnlockConnector", { evseId: connectorId(chance), connectorId: 1 });
}

function reset({ chance, call }: Stage): void {
  const evseId = chance.percent(30) ? { evseId: connectorId(chance) } : {};
  call("Reset", { type: chance.oneOf(["Immediate", "OnIdle"]), ...evseId });
}

function triggerMessage({ chance, call }: Stage): void {
  const requestedMessage = chance.oneOf([
    "BootNotification",
    "FirmwareStatusNotification",
    "Heartbeat",
    "LogStatusNotification",
    "MeterValues",
    "StatusNotification",
    "TransactionEvent",
  ]);
  const evse = { id: connectorId(chance), connectorId: 1 };
  call("TriggerMessage", { requestedMessage, ...(chance.percent(50) ? { evse } : {}) });
}

function setProfile(stage: Stage): void {
  const { chance, call } = stage;
  const purpose = chance.oneOf([
    "ChargingStationMaxProfile",
    "TxDefaultProfile",
    "TxProfile",
    "ChargingStationExternalConstraints",
  ]);
  const isOfAll = purpose.startsWith("ChargingStation");
  call("SetChargingProfile", {
    evseId: isOfAll ? 0 : connectorId(chance, 0),
    chargingProfile: profileOf(stage, purpose),
  });
}

function clearProfile({ chance, call }: Stage): void {
  call(
    "ClearChargingProfile",
    chance.percent(50)
      ? { chargingProfileCriteria: { stackLevel: chance.between(0, 3) } }
      : { chargingProfileId: chance.between(1, 6) },
  );
}

function ask({ chance, call, open }: Stage): void {
  const [action, payload] = chance.oneOf<[string, Payload]>([
    ["GetVariables", { getVariableData: [named("OCPPCommCtrlr.HeartbeatInterval"), named("X.Y")] }],
    ["GetLocalListVersion", {}],
    ["ClearCache", {}],
    ["GetCompositeSchedule", { evseId: connectorId(chance, 0), duration: 3600 }],
    [
      "GetTransactionStatus",
      chance.percent(50) ? {} : { transactionId: chance.oneOf([...open(), "x"]) },
    ],
    ["DataTransfer", { vendorId: "elsewhere" }],
    ["CostUpdated", { totalCost: 1.5, transactionId: chance.oneOf([...open(), "x"]) }],
    ["GetInstalledCertificateIds", { certificateType: ["CSMSRootCertificate"] }],
    ["SetMonitoringLevel", { severity: chance.between(0, 9) }],
  ]);
  call(action, payload);
}

function report({ chance, call }: Stage): void {
  const requestId = ++reports;
  const [action, payload] = chance.oneOf<[string, Payload]>([
    ["GetBaseReport", {
      reportBase: chance.oneOf(["ConfigurationInventory", "FullInventory", "SummaryInventory"]),
    }],
    ["GetReport", { componentCriteria: [chance.oneOf(["Available", "Problem"])] }],
    ["GetReport", { componentVariable: [named("OCPPCommCtrlr.HeartbeatInterval")] }],
    ["GetMonitoringReport", {}],
    ["GetChargingProfiles", { chargingProfile: {} }],
    ["GetDisplayMessages", {}],
    ["CustomerInformation", { report: true, clear: false, customerIdentifier: token(chance) }],
  ]);
  call(action, { requestId, ...payload });
}

/** Each alone, and some together. */
const TX_POINTS = [
  "ParkingBayOccupancy",
  "EVConnected",
  "Authorized",
  "DataSigned",
  "PowerPathClosed",
  "EnergyTransfer",
  "Authorized,EVConnected",
  "ParkingBayOccupancy,EnergyTransfer",
  "DataSigned,PowerPathClosed",
];

const VARIABLES: readonly (readonly [name: string, values: readonly string[]])[] = [
  ["AuthCtrlr.OfflineTxForUnknownIdEnabled", ["true", "false"]],
  ["AuthCacheCtrlr.Enabled", ["true", "false"]],
  ["AuthCtrlr.AuthorizeRemoteStart", ["true", "false"]],
  ["AuthCtrlr.LocalAuthorizeOffline", ["true", "false"]],
  ["AuthCtrlr.LocalPreAuthorize", ["true", "false"]],
  ["AlignedDataCtrlr.Interval", ["0", "60", "900"]],
  ["AlignedDataCtrlr.SendDuringIdle", ["true", "false"]],
  ["TxCtrlr.EVConnectionTimeOut", ["10", "60"]],
  ["TxCtrlr.MaxEnergyOnInvalidId", ["0", "200"]],
  ["TxCtrlr.StopTxOnEVSideDisconnect", ["true", "true", "false"]],
  ["TxCtrlr.StopTxOnInvalidId", ["true", "false"]],
  ["TxCtrlr.TxStartPoint", TX_POINTS],
  ["TxCtrlr.TxStopPoint", TX_POINTS],
  ["OCPPCommCtrlr.HeartbeatInterval", ["30", "3600"]],
  ["OCPPCommCtrlr.MinimumStatusDuration", ["0", "0", "5"]],
  ["OCPPCommCtrlr.OfflineThreshold", ["0", "600"]],
  ["OCPPCommCtrlr.MessageAttemptInterval.TransactionEvent", ["0", "1", "30"]],
  ["OCPPCommCtrlr.QueueAllMessages", ["true", "false"]],
  ["OCPPCommCtrlr.WebSocketPingInterval", ["0", "60"]],
  ["LocalAuthListCtrlr.Enabled", ["true", "false"]],
  ["MonitoringCtrlr.Enabled", ["true", "false"]],
  ["SampledDataCtrlr.TxUpdatedInterval", ["0", "10", "60"]],
  ["SampledDataCtrlr.TxUpdatedMeasurands", [
    "Energy.Active.Import.Register,Power.Active.Import",
    "SoC",
    "",
  ]],
  ["SampledDataCtrlr.TxEndedMeasurands", ["Energy.Active.Import.Register", ""]],
  ["SampledDataCtrlr.TxEndedInterval", ["0", "60"]],
  ["AlignedDataCtrlr.TxEndedMeasurands", ["Energy.Active.Import.Register", ""]],
];

function configure({ chance, call }: Stage): void {
  const [name, values] = chance.oneOf(VARIABLES);
  call("SetVariables", setVariable(name, chance.oneOf(values)));
}

function monitor({ chance, call }: Stage): void {
  if (chance.percent(30)) {
    const id = [chance.between(1000, 1010)];
    return call("ClearVariableMonitoring", { id });
  }
  const [type, value] = chance.oneOf<[string, number]>([
    ["UpperThreshold", 3_000],
    ["LowerThreshold", 1_000],
    ["Delta", 500],
    ["Periodic", 60],
    ["PeriodicClockAligned", 900],
  ]);
  const severity = chance.between(0, 9);
  const what = named("EVSE.Power", connectorId(chance));
  call("SetVariableMonitoring", { setMonitoringData: [{ ...what, type, value, severity }] });
}

function display({ chance, call }: Stage): void {
  const id = chance.between(1, 4);
  if (chance.percent(30)) return call("ClearDisplayMessage", { id });
  call("SetDisplayMessage", {
    message: {
      id,
      priority: chance.oneOf(["AlwaysFront", "InFront", "NormalCycle"]),
      message: { format: "ASCII", content: "Hello" },
    },
  });
}

function sendLocalList({ chance, call }: Stage): void {
  const tokens = Object.keys(TOKENS).filter(() => chance.percent(40));
  call("SendLocalList", {
    versionNumber: chance.between(1, 9),
    updateType: chance.oneOf(["Full", "Differential"]),
    ...(tokens.length === 0 ? {} : {
      localAuthorizationList: tokens.map((idToken) => ({
        idToken: { idToken, type: "ISO14443" },
        idTokenInfo: { status: TOKENS[idToken]!.status },
      })),
    }),
  });
}

/** Of a scheme that no station knows: no file is really fetched. */
function transfer({ chance, call, now }: Stage): void {
  const requestId = ++reports;
  const location = "gopher://files.example/firmware.bin";
  const retrieveDateTime = new Date(now()).toISOString();
  if (chance.percent(50)) {
    call("UpdateFirmware", { requestId, firmware: { location, retrieveDateTime } });
  } else {
    call("GetLog", { requestId, logType: "DiagnosticsLog", log: { remoteLocation: location } });
  }
}
