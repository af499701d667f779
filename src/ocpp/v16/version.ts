import { defineVersion } from "../define_version.ts";
import { ERROR_CODES_16, FAULT_KINDS_16 } from "../errors.ts";
import { SUBPROTOCOLS } from "../subprotocols.ts";
import type { Action, OcppVersion } from "../version.ts";
import { schemas } from "./schemas.ts";
import type { Payloads } from "./types.ts";

/** Who may send what (1.6 §4, §5; security whitepaper §5). */
const FROM = {
  Authorize: "station",
  BootNotification: "station",
  CancelReservation: "csms",
  CertificateSigned: "csms",
  ChangeAvailability: "csms",
  ChangeConfiguration: "csms",
  ClearCache: "csms",
  ClearChargingProfile: "csms",
  DataTransfer: "both",
  DeleteCertificate: "csms",
  DiagnosticsStatusNotification: "station",
  ExtendedTriggerMessage: "csms",
  FirmwareStatusNotification: "station",
  GetCompositeSchedule: "csms",
  GetConfiguration: "csms",
  GetDiagnostics: "csms",
  GetInstalledCertificateIds: "csms",
  GetLocalListVersion: "csms",
  GetLog: "csms",
  Heartbeat: "station",
  InstallCertificate: "csms",
  LogStatusNotification: "station",
  MeterValues: "station",
  RemoteStartTransaction: "csms",
  RemoteStopTransaction: "csms",
  ReserveNow: "csms",
  Reset: "csms",
  SecurityEventNotification: "station",
  SendLocalList: "csms",
  SetChargingProfile: "csms",
  SignCertificate: "station",
  SignedFirmwareStatusNotification: "station",
  SignedUpdateFirmware: "csms",
  StartTransaction: "station",
  StatusNotification: "station",
  StopTransaction: "station",
  TriggerMessage: "csms",
  UnlockConnector: "csms",
  UpdateFirmware: "csms",
} as const satisfies Record<keyof Payloads, Action["from"]>;

/** OCPP 1.6 with the security extension. */
export const version16: OcppVersion = defineVersion({
  id: "1.6",
  subprotocol: SUBPROTOCOLS["1.6"],
  errorCodes: ERROR_CODES_16,
  faultKinds: FAULT_KINDS_16,
  schemas,
  from: FROM,
});
