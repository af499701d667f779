import { heeds } from "../dialect.ts";

/** A driver at the station asks for priority, or gives it up: what a tester has it say is so (2.1 K22). */
export const notifyPriorityCharging = heeds<"2.1", "NotifyPriorityCharging">(
  (station, { transactionId, activated }) => {
    const running = station.services.facilities.running(transactionId);
    if (running === null) return;
    if (station.profiles.prioritize(running.connector.id, activated)) station.limitsChanged();
  },
);
