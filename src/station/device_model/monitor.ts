import type { StreamRate } from "../streams/streams.ts";
import type { Address } from "./variable.ts";

/** What a monitor looks for (2.x MonitorEnumType; the last two are of 2.1). */
export const MONITOR_TYPES = [
  "UpperThreshold",
  "LowerThreshold",
  "Delta",
  "Periodic",
  "PeriodicClockAligned",
  "TargetDelta",
  "TargetDeltaRelative",
] as const;
export type MonitorType = (typeof MONITOR_TYPES)[number];

/** Who set a monitor: nobody can take back the first kind. */
export type MonitorKind = "HardWiredMonitor" | "PreconfiguredMonitor" | "CustomMonitor";

/** A monitor on a variable. Plain JSON. */
export interface Monitor {
  readonly id: number;
  readonly kind: MonitorKind;
  readonly address: Address;
  readonly type: MonitorType;
  /** In the unit of the variable; of a periodic one: seconds. */
  readonly value: number;
  /** 0 (danger) to 9 (debug). */
  readonly severity: number;
  /** It watches only while a transaction runs there. */
  readonly transaction: boolean;
  /** Its values go into a stream at this rate (2.1 N11); `null`: each is an event. */
  readonly stream: StreamRate | null;
}

/** What a monitor remembers. Plain JSON. */
export interface Memory {
  /** The value that it told of last, or that was there when it was set; `null`: none yet. */
  readonly told: string | null;
  /** It told of a threshold that was passed, and not yet of the way back. */
  readonly isAlarmed: boolean;
}

/** Something that a monitor found. Plain JSON: it may wait for a connection. */
export interface DeviceEvent {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly trigger: "Alerting" | "Delta" | "Periodic";
  readonly actual: string;
  /** What it told of before is over. */
  readonly cleared: boolean;
  /** Of the transaction that runs there. */
  readonly transactionId: string | null;
  readonly address: Address;
  readonly monitorId: number;
  readonly kind: MonitorKind;
  readonly severity: number;
  /** What the station itself knows of the cause. */
  readonly techCode: string | null;
  readonly techInfo: string | null;
}

/** Whether it tells at fixed times, whatever the value. */
export function isPeriodic({ type }: Pick<Monitor, "type">): boolean {
  return type === "Periodic" || type === "PeriodicClockAligned";
}
