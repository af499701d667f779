import { type Actions, connectorId, type Stage, token } from "./stage.ts";
import { TOKENS } from "./tokens.ts";

/** What a CSMS of 1.6 asks of a station. */
export const ACTIONS_16: Actions = [
  [8, remoteStart],
  [5, remoteStop],
  [3, reserve],
  [3, cancelReservation],
  [3, changeAvailability],
  [2, unlock],
  [1, reset],
  [3, triggerMessage],
  [3, setProfile],
  [2, clearProfile],
  [1, ask],
  [5, configure],
  [2, sendLocalList],
  [1, transfer],
];

function profileOf({ chance, now, open }: Stage, purpose: string): Record<string, unknown> {
  const kind = chance.oneOf(["Absolute", "Relative", "Recurring"]);
  const of = purpose === "TxProfile" && chance.percent(70) ? chance.oneOf([...open(), 1]) : null;
  const periods = Array.from({ length: chance.between(1, 3) }, (_, n) => ({
    startPeriod: n * chance.between(30, 600) + n,
    limit: chance.oneOf([0, 0, 6, 16, 3680]),
  })).sort((one, other) => one.startPeriod - other.startPeriod);
  return {
    chargingProfileId: chance.between(1, 6),
    ...(of === null ? {} : { transactionId: of }),
    stackLevel: chance.between(0, 3),
    chargingProfilePurpose: purpose,
    chargingProfileKind: kind,
    ...(kind === "Recurring" ? { recurrencyKind: "Daily" } : {}),
    chargingSchedule: {
      ...(chance.percent(50) ? { duration: chance.between(60, 3600) } : {}),
      ...(kind === "Relative" ? {} : { startSchedule: new Date(now()).toISOString() }),
      chargingRateUnit: chance.oneOf(["A", "W"]),
      chargingSchedulePeriod: periods,
    },
  };
}

function remoteStart(stage: Stage): void {
  const { chance, call } = stage;
  call("RemoteStartTransaction", {
    idTag: token(chance),
    ...(chance.percent(70) ? { connectorId: connectorId(chance) } : {}),
    ...(chance.percent(20)
      ? { chargingProfile: { ...profileOf(stage, "TxProfile"), transactionId: undefined } }
      : {}),
  });
}

function remoteStop({ chance, call, open }: Stage): void {
  call("RemoteStopTransaction", { transactionId: chance.oneOf([...open(), 99_999]) });
}

function reserve({ chance, call, now }: Stage): void {
  call("ReserveNow", {
    connectorId: connectorId(chance, 0),
    expiryDate: new Date(now() + chance.between(-1, 20) * 60_000).toISOString(),
    idTag: token(chance),
    reservationId: chance.between(1, 4),
    ...(chance.percent(20) ? { parentIdTag: "FAMILY" } : {}),
  });
}

function cancelReservation({ chance, call }: Stage): void {
  call("CancelReservation", { reservationId: chance.between(1, 4) });
}

function changeAvailability({ chance, call }: Stage): void {
  const type = chance.percent(80) ? "Operative" : "Inoperative";
  call("ChangeAvailability", { connectorId: connectorId(chance, 0), type });
}

function unlock({ chance, call }: Stage): void {
  call("UnlockConnector", { connectorId: connectorId(chance) });
}

function reset({ chance, call }: Stage): void {
  call("Reset", { type: chance.oneOf(["Soft", "Hard"]) });
}

function triggerMessage({ chance, call }: Stage): void {
  const requestedMessage = chance.oneOf([
    "BootNotification",
    "FirmwareStatusNotification",
    "Heartbeat",
    "MeterValues",
    "StatusNotification",
  ]);
  const where = chance.percent(50) ? {} : { connectorId: connectorId(chance) };
  call(chance.oneOf(["TriggerMessage", "ExtendedTriggerMessage"]), { requestedMessage, ...where });
}

function setProfile(stage: Stage): void {
  const { chance, call } = stage;
  const purpose = chance.oneOf(["ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"]);
  call("SetChargingProfile", {
    connectorId: purpose === "ChargePointMaxProfile" ? 0 : connectorId(chance, 0),
    csChargingProfiles: profileOf(stage, purpose),
  });
}

function clearProfile({ chance, call }: Stage): void {
  call("ClearChargingProfile", chance.percent(50) ? {} : { id: chance.between(1, 6) });
}

function ask({ chance, call }: Stage): void {
  const [action, payload] = chance.oneOf<[string, Record<string, unknown>]>([
    ["GetConfiguration", {}],
    ["GetLocalListVersion", {}],
    ["ClearCache", {}],
    ["GetCompositeSchedule", { connectorId: connectorId(chance, 0), duration: 3600 }],
    ["DataTransfer", { vendorId: "elsewhere" }],
    ["GetInstalledCertificateIds", { certificateType: "CentralSystemRootCertificate" }],
  ]);
  call(action, payload);
}

const SETTINGS: readonly (readonly [key: string, values: readonly string[]])[] = [
  ["AllowOfflineTxForUnknownId", ["true", "false"]],
  ["AuthorizationCacheEnabled", ["true", "false"]],
  ["AuthorizeRemoteTxRequests", ["true", "false"]],
  ["ClockAlignedDataInterval", ["0", "60", "900"]],
  ["ConnectionTimeOut", ["10", "60"]],
  ["HeartbeatInterval", ["30", "3600", "0"]],
  ["LocalAuthListEnabled", ["true", "false"]],
  ["LocalAuthorizeOffline", ["true", "false"]],
  ["LocalPreAuthorize", ["true", "false"]],
  ["MaxEnergyOnInvalidId", ["0", "200"]],
  ["MeterValueSampleInterval", ["0", "10", "60", "-1"]],
  ["MeterValuesSampledData", ["Energy.Active.Import.Register,Power.Active.Import", "SoC", ""]],
  ["MinimumStatusDuration", ["0", "0", "5"]],
  ["StopTransactionOnEVSideDisconnect", ["true", "true", "false"]],
  ["StopTransactionOnInvalidId", ["true", "false"]],
  ["StopTxnSampledData", ["Energy.Active.Import.Register", ""]],
  ["StopTxnAlignedData", ["Energy.Active.Import.Register", ""]],
  ["TransactionMessageRetryInterval", ["0", "1", "30"]],
  ["WebSocketPingInterval", ["0", "60"]],
];

function configure({ chance, call }: Stage): void {
  const [key, values] = chance.oneOf(SETTINGS);
  call("ChangeConfiguration", { key, value: chance.oneOf(values) });
}

function sendLocalList({ chance, call }: Stage): void {
  const entries = Object.entries(TOKENS).filter(() => chance.percent(40));
  call("SendLocalList", {
    listVersion: chance.between(0, 9),
    updateType: chance.oneOf(["Full", "Differential"]),
    localAuthorizationList: entries.map(([idTag, idTagInfo]) => ({ idTag, idTagInfo })),
  });
}

/** Of a scheme that no station knows: no file is really fetched. */
function transfer({ chance, call, now }: Stage): void {
  const location = "gopher://files.example/firmware.bin";
  const retrieveDate = new Date(now()).toISOString();
  if (chance.percent(50)) call("UpdateFirmware", { location, retrieveDate });
  else call("GetDiagnostics", { location });
}
