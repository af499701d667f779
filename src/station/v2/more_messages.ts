import type { Messages } from "../dialect.ts";
import type { SpokenBeyond } from "../spoken_beyond.ts";
import { batterySwap } from "./battery_swap.ts";
import { closePeriodicEventStream } from "./close_periodic_event_stream.ts";
import { notifyCustomerInformation } from "./notify_customer_information.ts";
import { notifyDERStartStop } from "./notify_der_start_stop.ts";
import { notifyDisplayMessages201, notifyDisplayMessages21 } from "./notify_display_messages.ts";
import { notifyPeriodicEventStream } from "./notify_periodic_event_stream.ts";
import { openPeriodicEventStream } from "./open_periodic_event_stream.ts";
import { publishFirmwareStatusNotification } from "./publish_firmware_status_notification.ts";
import { pullDynamicScheduleUpdate } from "./pull_dynamic_schedule_update.ts";
import { reportChargingProfiles201, reportChargingProfiles21 } from "./report_charging_profiles.ts";
import { reportDERControl } from "./report_der_control.ts";
import { reservationStatusUpdate } from "./reservation_status_update.ts";

/** What a station of 2.0.1 says beyond charging. */
export const moreMessages201: Pick<Messages, keyof SpokenBeyond> = {
  batterySwap: [],
  chargingProfiles: [reportChargingProfiles201],
  customerInformation: [notifyCustomerInformation],
  derControls: [],
  derStartStop: [],
  displayMessages: [notifyDisplayMessages201],
  publishFirmwareStatus: [publishFirmwareStatusNotification],
  pullProfile: [],
  reservationStatus: [reservationStatusUpdate],
  streamClosed: [],
  streamData: [],
  streamOpened: [],
};

/** The same of 2.1. */
export const moreMessages21: typeof moreMessages201 = {
  ...moreMessages201,
  batterySwap: [batterySwap],
  chargingProfiles: [reportChargingProfiles21],
  derControls: [reportDERControl],
  derStartStop: [notifyDERStartStop],
  displayMessages: [notifyDisplayMessages21],
  pullProfile: [pullDynamicScheduleUpdate],
  streamClosed: [closePeriodicEventStream],
  streamData: [notifyPeriodicEventStream],
  streamOpened: [openPeriodicEventStream],
};
