import type { Heeded, Messages } from "../dialect.ts";
import type { SpokenBeyond } from "../spoken_beyond.ts";
import { batterySwap } from "./battery_swap.ts";
import { clearedChargingLimit } from "./cleared_charging_limit.ts";
import { closePeriodicEventStream } from "./close_periodic_event_stream.ts";
import { notifyChargingLimit } from "./notify_charging_limit.ts";
import { notifyCustomerInformation } from "./notify_customer_information.ts";
import { notifyDERStartStop } from "./notify_der_start_stop.ts";
import { notifyDisplayMessages201, notifyDisplayMessages21 } from "./notify_display_messages.ts";
import { notifyEVChargingNeeds201, notifyEVChargingNeeds21 } from "./notify_ev_charging_needs.ts";
import {
  notifyEVChargingSchedule201,
  notifyEVChargingSchedule21,
} from "./notify_ev_charging_schedule.ts";
import { notifyPeriodicEventStream } from "./notify_periodic_event_stream.ts";
import { notifyPriorityCharging } from "./notify_priority_charging.ts";
import { notifySettlement } from "./notify_settlement.ts";
import { openPeriodicEventStream } from "./open_periodic_event_stream.ts";
import { publishFirmwareStatusNotification } from "./publish_firmware_status_notification.ts";
import { pullDynamicScheduleUpdate } from "./pull_dynamic_schedule_update.ts";
import { reportChargingProfiles201, reportChargingProfiles21 } from "./report_charging_profiles.ts";
import { reportDERControl } from "./report_der_control.ts";
import {
  reservationStatusUpdate201,
  reservationStatusUpdate21,
} from "./reservation_status_update.ts";

/** What a station of 2.0.1 says beyond charging. */
export const moreMessages201: Pick<Messages, keyof SpokenBeyond> = {
  batterySwap: [],
  chargingNeeds: [notifyEVChargingNeeds201],
  chargingProfiles: [reportChargingProfiles201],
  chosenSchedule: [notifyEVChargingSchedule201],
  customerInformation: [notifyCustomerInformation],
  derControls: [],
  derStartStop: [],
  displayMessages: [notifyDisplayMessages201],
  publishFirmwareStatus: [publishFirmwareStatusNotification],
  pullProfile: [],
  reservationStatus: [reservationStatusUpdate201],
  settlement: [],
  streamClosed: [],
  streamData: [],
  streamOpened: [],
};

/** The same of 2.1. */
export const moreMessages21: typeof moreMessages201 = {
  ...moreMessages201,
  batterySwap: [batterySwap],
  chargingNeeds: [notifyEVChargingNeeds21],
  chargingProfiles: [reportChargingProfiles21],
  chosenSchedule: [notifyEVChargingSchedule21],
  derControls: [reportDERControl],
  derStartStop: [notifyDERStartStop],
  displayMessages: [notifyDisplayMessages21],
  pullProfile: [pullDynamicScheduleUpdate],
  reservationStatus: [reservationStatusUpdate21],
  settlement: [notifySettlement],
  streamClosed: [closePeriodicEventStream],
  streamData: [notifyPeriodicEventStream],
  streamOpened: [openPeriodicEventStream],
};

/** What is so once a tester has the station say it. */
export const heeds201: Readonly<Record<string, Heeded>> = {
  ClearedChargingLimit: clearedChargingLimit,
  NotifyChargingLimit: notifyChargingLimit,
};

/** The same in 2.1. */
export const heeds21: typeof heeds201 = {
  ...heeds201,
  NotifyPriorityCharging: notifyPriorityCharging,
};
