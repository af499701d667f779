import { configurationOf } from "../device_model/configuration.ts";
import type { Command, Dialect, Messages } from "../dialect.ts";
import { authorize201, authorize21 } from "./authorize.ts";
import { bootNotification } from "./boot_notification.ts";
import { cancelReservation } from "./cancel_reservation.ts";
import { certificateSigned } from "./certificate_signed.ts";
import { changeAvailability } from "./change_availability.ts";
import { clearCache } from "./clear_cache.ts";
import { clearChargingProfile } from "./clear_charging_profile.ts";
import { dataTransfer, takeDataTransfer } from "./data_transfer.ts";
import { deleteCertificate } from "./delete_certificate.ts";
import {
  deviceModelCommands,
  deviceModelMessages201,
  deviceModelMessages21,
} from "./device_model.ts";
import { firmwareStatusNotification } from "./firmware_status_notification.ts";
import { getCompositeSchedule } from "./get_composite_schedule.ts";
import {
  getInstalledCertificateIds201,
  getInstalledCertificateIds21,
} from "./get_installed_certificate_ids.ts";
import { getLocalListVersion } from "./get_local_list_version.ts";
import { getLog } from "./get_log.ts";
import { heartbeat } from "./heartbeat.ts";
import { installCertificate } from "./install_certificate.ts";
import { logStatusNotification } from "./log_status_notification.ts";
import { meterValues } from "./meter_values.ts";
import { moreCommands201, moreCommands21 } from "./more_commands.ts";
import { heeds201, heeds21, moreMessages201, moreMessages21 } from "./more_messages.ts";
import { requestStartTransaction } from "./request_start_transaction.ts";
import { requestStopTransaction } from "./request_stop_transaction.ts";
import { reserveNow } from "./reserve_now.ts";
import { reset } from "./reset.ts";
import { securityEventNotification } from "./security_event_notification.ts";
import { sendLocalList } from "./send_local_list.ts";
import { setChargingProfile } from "./set_charging_profile.ts";
import { signCertificate } from "./sign_certificate.ts";
import { statusNotification } from "./status_notification.ts";
import { transactionEnded, transactionStarted, transactionUpdated } from "./transaction_event.ts";
import { triggerMessage } from "./trigger_message.ts";
import { unlockConnector } from "./unlock_connector.ts";
import { updateFirmware } from "./update_firmware.ts";
import { hearingCost, tellingCost } from "./with_cost.ts";

/** Both versions say the same. */
const messages: Omit<Messages, keyof typeof deviceModelMessages21> = {
  authorize: [authorize201],
  boot: [bootNotification],
  dataTransfer: [dataTransfer],
  firmwareStatus: [firmwareStatusNotification],
  heartbeat: [heartbeat],
  logStatus: [logStatusNotification],
  meterValues: [meterValues],
  securityEvent: [securityEventNotification],
  signCertificate: [signCertificate],
  status: [statusNotification],
  transactionEnded: [transactionEnded],
  transactionStarted: [transactionStarted],
  transactionUpdated: [transactionUpdated],
};

/** What both versions obey alike. A request of 2.0.1 is one of 2.1 too. */
const commands: Readonly<Record<string, Command>> = {
  ...deviceModelCommands,
  CancelReservation: cancelReservation,
  CertificateSigned: certificateSigned,
  ChangeAvailability: changeAvailability,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  DataTransfer: takeDataTransfer,
  DeleteCertificate: deleteCertificate,
  GetCompositeSchedule: getCompositeSchedule,
  GetLocalListVersion: getLocalListVersion,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  RequestStartTransaction: requestStartTransaction,
  RequestStopTransaction: requestStopTransaction,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
  UpdateFirmware: updateFirmware,
};

/** OCPP 2.0.1. */
export const dialect201: Dialect = {
  messages: {
    ...messages,
    ...deviceModelMessages201,
    ...moreMessages201,
    transactionEnded: [hearingCost(transactionEnded)],
    transactionUpdated: [hearingCost(transactionUpdated)],
  },
  commands: {
    ...commands,
    ...moreCommands201,
    GetInstalledCertificateIds: getInstalledCertificateIds201,
  },
  heeds: heeds201,
  configuration: configurationOf,
  answersWhileRejected: true,
  tellsAllAfterOffline: true,
};

/** OCPP 2.1. */
export const dialect21: Dialect = {
  messages: {
    ...messages,
    ...deviceModelMessages21,
    ...moreMessages21,
    authorize: [authorize21],
    transactionStarted: [tellingCost(transactionStarted)],
    transactionEnded: [tellingCost(transactionEnded)],
    transactionUpdated: [tellingCost(transactionUpdated)],
  },
  commands: {
    ...commands,
    ...moreCommands21,
    GetInstalledCertificateIds: getInstalledCertificateIds21,
  },
  heeds: heeds21,
  configuration: configurationOf,
  answersWhileRejected: true,
  tellsAllAfterOffline: true,
};
