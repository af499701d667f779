import type { v201 } from "../../ocpp/mod.ts";
import type { Monitor } from "../device_model/monitor.ts";
import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeTime } from "../time.ts";
import { writeAddress } from "./component_variable.ts";

type ReportPart = Spoken["monitoringReport"]["event"];

/** A part of a report on monitors (N02). 2.0.1 does not say who set them, nor has it all types. */
export const notifyMonitoringReport201 = says<
  "2.0.1",
  "NotifyMonitoringReport",
  ReportPart,
  void
>({
  action: "NotifyMonitoringReport",
  request: ({ items, ...part }) => {
    const monitor = items.flatMap((one) => {
      const type = TYPES_201.find((known) => known === one.type);
      if (type === undefined) return [];
      return { ...writeAddress(one.address), variableMonitoring: [{ ...settingsOf(one), type }] };
    });
    return { ...head(part), ...(monitor.length === 0 ? {} : { monitor }) };
  },
  answer() {},
});

/** The same in 2.1. */
export const notifyMonitoringReport21 = says<"2.1", "NotifyMonitoringReport", ReportPart, void>({
  action: "NotifyMonitoringReport",
  request: ({ items, ...part }) => ({
    ...head(part),
    monitor: items.map((one) => ({
      ...writeAddress(one.address),
      variableMonitoring: [
        { ...settingsOf(one), type: one.type, eventNotificationType: one.kind },
      ],
    })),
  }),
  answer() {},
});

/** MonitorEnumType of 2.0.1. */
const TYPES_201 = [
  "UpperThreshold",
  "LowerThreshold",
  "Delta",
  "Periodic",
  "PeriodicClockAligned",
] as const satisfies readonly v201.MonitorEnumType[];

function head({ requestId, at, seqNo, isContinued }: Omit<ReportPart, "items">) {
  return { requestId, generatedAt: writeTime(at), seqNo, tbc: isContinued };
}

function settingsOf({ id, transaction, value, severity }: Monitor) {
  return { id, transaction, value, severity };
}
