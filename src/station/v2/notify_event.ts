import type { v201 } from "../../ocpp/mod.ts";
import type { DeviceEvent } from "../device_model/monitor.ts";
import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { cut } from "../traffic/cut.ts";
import { writeTime } from "../time.ts";
import { writeAddress } from "./component_variable.ts";

type Found = Spoken["deviceEvents"]["event"];

/** What monitors found (N07, N08). */
export const notifyEvent201 = says<"2.0.1", "NotifyEvent", Found, void>({
  action: "NotifyEvent",
  request: ({ items, ...part }) => ({ ...head(part), eventData: items.map(eventData) }),
  answer() {},
});

/** The same: 2.1 says how severe it is. */
export const notifyEvent21 = says<"2.1", "NotifyEvent", Found, void>({
  action: "NotifyEvent",
  request: ({ items, ...part }) => ({
    ...head(part),
    eventData: items.map((event) => ({ ...eventData(event), severity: event.severity })),
  }),
  answer() {},
});

/** What an event has room for. */
const LONGEST_VALUE = 2500;
const LONGEST_CODE = 50;
const LONGEST_INFO = 500;

function head({ at, seqNo, isContinued }: Omit<Found, "items">) {
  return { generatedAt: writeTime(at), seqNo, tbc: isContinued };
}

function eventData(event: DeviceEvent): v201.EventDataType {
  const { id, at, trigger, actual, cleared, transactionId, techCode, techInfo } = event;
  return {
    eventId: id,
    timestamp: writeTime(at),
    trigger,
    actualValue: cut(actual, LONGEST_VALUE),
    ...(techCode === null ? {} : { techCode: cut(techCode, LONGEST_CODE) }),
    ...(techInfo === null ? {} : { techInfo: cut(techInfo, LONGEST_INFO) }),
    ...(cleared ? { cleared } : {}),
    ...(transactionId === null ? {} : { transactionId }),
    variableMonitoringId: event.monitorId,
    eventNotificationType: event.kind,
    ...writeAddress(event.address),
  };
}
