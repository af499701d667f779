import type { ActionOf, Command, Dialect, Messages } from "../dialect.ts";
import { authorize } from "./authorize.ts";
import { bootNotification } from "./boot_notification.ts";
import { cancelReservation } from "./cancel_reservation.ts";
import { certificateSigned } from "./certificate_signed.ts";
import { changeAvailability } from "./change_availability.ts";
import { changeConfiguration } from "./change_configuration.ts";
import { clearCache } from "./clear_cache.ts";
import { clearChargingProfile } from "./clear_charging_profile.ts";
import { CONFIGURATION_KEYS, keyValue } from "./configuration_keys.ts";
import { dataTransfer, takeDataTransfer } from "./data_transfer.ts";
import { deleteCertificate } from "./delete_certificate.ts";
import { diagnosticsStatusNotification } from "./diagnostics_status_notification.ts";
import { extendedTriggerMessage } from "./extended_trigger_message.ts";
import { firmwareStatusNotification } from "./firmware_status_notification.ts";
import { getCompositeSchedule } from "./get_composite_schedule.ts";
import { getConfiguration } from "./get_configuration.ts";
import { getDiagnostics } from "./get_diagnostics.ts";
import { getInstalledCertificateIds } from "./get_installed_certificate_ids.ts";
import { getLocalListVersion } from "./get_local_list_version.ts";
import { getLog } from "./get_log.ts";
import { heartbeat } from "./heartbeat.ts";
import { installCertificate } from "./install_certificate.ts";
import { logStatusNotification } from "./log_status_notification.ts";
import { meterValues, transactionMeterValues } from "./meter_values.ts";
import { remoteStartTransaction } from "./remote_start_transaction.ts";
import { remoteStopTransaction } from "./remote_stop_transaction.ts";
import { reserveNow } from "./reserve_now.ts";
import { reset } from "./reset.ts";
import { securityEventNotification } from "./security_event_notification.ts";
import { sendLocalList } from "./send_local_list.ts";
import { setChargingProfile } from "./set_charging_profile.ts";
import { signCertificate } from "./sign_certificate.ts";
import { signedFirmwareStatusNotification } from "./signed_firmware_status_notification.ts";
import { signedUpdateFirmware } from "./signed_update_firmware.ts";
import { startTransaction } from "./start_transaction.ts";
import { statusNotification } from "./status_notification.ts";
import { stopTransaction } from "./stop_transaction.ts";
import { triggerMessage } from "./trigger_message.ts";
import { unlockConnector } from "./unlock_connector.ts";
import { updateFirmware } from "./update_firmware.ts";

/** What only a station sends (§4; security whitepaper §5); a CSMS may send all else. */
type FromStation =
  | "Authorize"
  | "BootNotification"
  | "DiagnosticsStatusNotification"
  | "FirmwareStatusNotification"
  | "Heartbeat"
  | "LogStatusNotification"
  | "MeterValues"
  | "SecurityEventNotification"
  | "SignCertificate"
  | "SignedFirmwareStatusNotification"
  | "StartTransaction"
  | "StatusNotification"
  | "StopTransaction";

const messages: Messages = {
  authorize: [authorize],
  boot: [bootNotification],
  dataTransfer: [dataTransfer],
  deviceEvents: [],
  firmwareStatus: [firmwareStatusNotification, signedFirmwareStatusNotification],
  heartbeat: [heartbeat],
  logStatus: [diagnosticsStatusNotification, logStatusNotification],
  meterValues: [meterValues],
  monitoringReport: [],
  report: [],
  securityEvent: [securityEventNotification],
  signCertificate: [signCertificate],
  status: [statusNotification],
  transactionEnded: [stopTransaction],
  transactionStarted: [startTransaction],
  transactionUpdated: [transactionMeterValues],
};

const commands = {
  CancelReservation: cancelReservation,
  CertificateSigned: certificateSigned,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  DataTransfer: takeDataTransfer,
  DeleteCertificate: deleteCertificate,
  ExtendedTriggerMessage: extendedTriggerMessage,
  GetCompositeSchedule: getCompositeSchedule,
  GetConfiguration: getConfiguration,
  GetDiagnostics: getDiagnostics,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: remoteStopTransaction,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  SignedUpdateFirmware: signedUpdateFirmware,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
  UpdateFirmware: updateFirmware,
} as const satisfies Record<Exclude<ActionOf<"1.6">, FromStation>, Command>;

/** OCPP 1.6 with the security extension: 39 actions. */
export const dialect16: Dialect = {
  messages,
  commands,
  configuration: ({ settings }) =>
    CONFIGURATION_KEYS.map((key) => ({ value: null, ...keyValue(settings, key) })),
  answersWhileRejected: false,
  tellsAllAfterOffline: false,
};
