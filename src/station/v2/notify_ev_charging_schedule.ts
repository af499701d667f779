import { says } from "../dialect.ts";
import type { ChosenSchedule } from "../smart/needs.ts";
import { writeTime } from "../time.ts";
import { writeSchedule } from "./charging_schedule.ts";

/** What a car will take within its profile (K15, K16). `true`: the CSMS agrees. */
export const notifyEVChargingSchedule201 = says<
  "2.0.1",
  "NotifyEVChargingSchedule",
  ChosenSchedule,
  boolean
>({
  action: "NotifyEVChargingSchedule",
  request(chosen) {
    const { connectorId, chargingSchedule, timeBase } = common(chosen);
    // What 2.0.1 has no words for is no part of its profiles.
    const chargingSchedulePeriod = chargingSchedule.chargingSchedulePeriod.map(
      ({ startPeriod, limit = 0, numberPhases }) => ({ startPeriod, limit, numberPhases }),
    );
    const { id, duration, chargingRateUnit, startSchedule } = chargingSchedule;
    return {
      timeBase,
      evseId: connectorId,
      chargingSchedule: { id, startSchedule, duration, chargingRateUnit, chargingSchedulePeriod },
    };
  },
  answer: ({ status }) => status === "Accepted",
});

/** The same in 2.1, with the schedule that the car chose. */
export const notifyEVChargingSchedule21 = says<
  "2.1",
  "NotifyEVChargingSchedule",
  ChosenSchedule,
  boolean
>({
  action: "NotifyEVChargingSchedule",
  request(chosen) {
    const { connectorId, chargingSchedule, timeBase } = common(chosen);
    const selectedChargingScheduleId = chosen.selectedId ?? undefined;
    return { timeBase, evseId: connectorId, chargingSchedule, selectedChargingScheduleId };
  },
  answer: ({ status }) => status === "Accepted",
});

function common({ connectorId, schedule }: ChosenSchedule) {
  return {
    connectorId,
    timeBase: writeTime(schedule.startSchedule ?? 0),
    chargingSchedule: writeSchedule(schedule, 1),
  };
}
