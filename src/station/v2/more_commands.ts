import type { Command } from "../dialect.ts";
import { adjustPeriodicEventStream } from "./adjust_periodic_event_stream.ts";
import { afrrSignal } from "./afrr_signal.ts";
import { changeTransactionTariff } from "./change_transaction_tariff.ts";
import { clearDERControl } from "./clear_der_control.ts";
import { clearDisplayMessage } from "./clear_display_message.ts";
import { clearTariffs } from "./clear_tariffs.ts";
import { costUpdated } from "./cost_updated.ts";
import { customerInformation } from "./customer_information.ts";
import { getChargingProfiles } from "./get_charging_profiles.ts";
import { getDERControl } from "./get_der_control.ts";
import { getDisplayMessages } from "./get_display_messages.ts";
import { getPeriodicEventStream } from "./get_periodic_event_stream.ts";
import { getTariffs } from "./get_tariffs.ts";
import { getTransactionStatus } from "./get_transaction_status.ts";
import { notifyAllowedEnergyTransfer } from "./notify_allowed_energy_transfer.ts";
import { notifyWebPaymentStarted } from "./notify_web_payment_started.ts";
import { publishFirmware } from "./publish_firmware.ts";
import { requestBatterySwap } from "./request_battery_swap.ts";
import { setDefaultTariff } from "./set_default_tariff.ts";
import { setDERControl } from "./set_der_control.ts";
import { setDisplayMessage } from "./set_display_message.ts";
import { setNetworkProfile201, setNetworkProfile21 } from "./set_network_profile.ts";
import { unpublishFirmware } from "./unpublish_firmware.ts";
import { updateDynamicSchedule } from "./update_dynamic_schedule.ts";
import { usePriorityCharging } from "./use_priority_charging.ts";

/** What a station of 2.0.1 obeys beyond charging. */
export const moreCommands201 = {
  ClearDisplayMessage: clearDisplayMessage,
  CostUpdated: costUpdated,
  CustomerInformation: customerInformation,
  GetChargingProfiles: getChargingProfiles,
  GetDisplayMessages: getDisplayMessages,
  GetTransactionStatus: getTransactionStatus,
  PublishFirmware: publishFirmware,
  SetDisplayMessage: setDisplayMessage,
  SetNetworkProfile: setNetworkProfile201,
  UnpublishFirmware: unpublishFirmware,
} as const satisfies Readonly<Record<string, Command>>;

/** The same of 2.1. */
export const moreCommands21 = {
  ...moreCommands201,
  AFRRSignal: afrrSignal,
  AdjustPeriodicEventStream: adjustPeriodicEventStream,
  ChangeTransactionTariff: changeTransactionTariff,
  ClearDERControl: clearDERControl,
  ClearTariffs: clearTariffs,
  GetDERControl: getDERControl,
  GetPeriodicEventStream: getPeriodicEventStream,
  GetTariffs: getTariffs,
  NotifyAllowedEnergyTransfer: notifyAllowedEnergyTransfer,
  NotifyWebPaymentStarted: notifyWebPaymentStarted,
  RequestBatterySwap: requestBatterySwap,
  SetDERControl: setDERControl,
  SetDefaultTariff: setDefaultTariff,
  SetNetworkProfile: setNetworkProfile21,
  UpdateDynamicSchedule: updateDynamicSchedule,
  UsePriorityCharging: usePriorityCharging,
} as const satisfies Readonly<Record<string, Command>>;
