import type { Charger } from "../charger.ts";
import { findVariable, type Named } from "./model.ts";
import { isPeriodic, type Monitor, MONITOR_TYPES } from "./monitor.ts";
import { addressOf, isNumeric, maxOf, type Variable } from "./variable.ts";

/** A monitor as a CSMS wants it (N04). `id` names one that it takes the place of; `null`: it is a new one. */
export interface WantedMonitor
  extends Pick<Monitor, "severity" | "stream" | "transaction" | "type" | "value"> {
  readonly id: number | null;
  readonly named: Named;
}

/** Why a monitor is not set: `why` is a clause. */
export interface MonitorFault {
  readonly status:
    | "Duplicate"
    | "Rejected"
    | "UnknownComponent"
    | "UnknownVariable"
    | "UnsupportedMonitorType";
  readonly reasonCode:
    | "InvalidValue"
    | "NotFound"
    | "ReadOnly"
    | "TooManyElements"
    | "UnsupportedParam"
    | "ValuePositiveOnly"
    | "ValueOutOfRange"
    | "WriteOnly";
  readonly why: string;
}

/** So many monitors of the CSMS are kept. */
const MOST_MONITORS = 100;

/** The variable that a monitor would watch, or what is in the way of it. `all`: those that there are. */
export function checkMonitor(
  station: Charger,
  all: readonly Monitor[],
  wanted: WantedMonitor,
): Variable | MonitorFault {
  const found = findVariable(station, wanted.named);
  if (typeof found === "string") {
    return { status: found, reasonCode: "NotFound", why: "there is no such variable" };
  }
  return typeFault(found, wanted) ?? valueFault(station, found, wanted) ??
    placeFault(all, found, wanted) ?? found;
}

/** Whether the variable can be watched like that (N04.FR.04, FR.18). */
function typeFault({ definition }: Variable, { type, stream }: WantedMonitor): MonitorFault | null {
  if (definition.mutability === "WriteOnly") {
    return rejected("WriteOnly", "nobody may look at this variable");
  }
  const unsupported = (why: string) =>
    ({ status: "UnsupportedMonitorType", reasonCode: "UnsupportedParam", why }) as const;
  if (!MONITOR_TYPES.includes(type)) return unsupported(`there is no monitor ${type}`);
  if (stream !== null && !isPeriodicType(type)) {
    return rejected("UnsupportedParam", `only periodic monitors have streams, found: ${type}`);
  }
  if (!definition.isMonitored) return unsupported("this variable cannot be monitored");
  if (isPeriodicType(type) || type === "Delta") return null;
  if (!isNumeric(definition)) return unsupported(`${type} needs a number`);
  const isOfTarget = type === "TargetDelta" || type === "TargetDeltaRelative";
  if (isOfTarget && definition.readTarget === null) return unsupported("it has no target");
  return null;
}

/** Whether value and severity make sense (N04.FR.05, FR.14). */
function valueFault(
  station: Charger,
  variable: Variable,
  { type, value, severity }: WantedMonitor,
): MonitorFault | null {
  if (!Number.isInteger(severity) || severity < 0 || severity > 9) {
    return rejected("ValueOutOfRange", `the severity must be from 0 to 9, found: ${severity}`);
  }
  if (!Number.isFinite(value)) return rejected("InvalidValue", "the value must be a number");
  if (isPeriodicType(type)) {
    if (value >= 1) return null;
    return rejected("ValueOutOfRange", `the interval must be at least 1 s, found: ${value}`);
  }
  if (type !== "UpperThreshold" && type !== "LowerThreshold") {
    if (value >= 0) return null;
    return rejected("ValuePositiveOnly", `a ${type} must not be negative, found: ${value}`);
  }
  const min = variable.definition.min ?? -Infinity;
  const max = maxOf(station, variable) ?? Infinity;
  if (value >= min && value <= max) return null;
  return rejected(
    "ValueOutOfRange",
    `the threshold must be from ${min} to ${max}, found: ${value}`,
  );
}

/** Whether there is room for it among the others (N04.FR.12, FR.13, FR.16). */
function placeFault(
  all: readonly Monitor[],
  variable: Variable,
  { id, type, severity }: WantedMonitor,
): MonitorFault | null {
  const same = all.filter(({ address }) => isSame(address, addressOf(variable)));
  if (id !== null) {
    const old = all.find((one) => one.id === id);
    if (old === undefined) return rejected("NotFound", `there is no monitor ${id}`);
    if (old.kind === "HardWiredMonitor") return rejected("ReadOnly", `monitor ${id} is hard-wired`);
    if (!same.includes(old)) {
      return rejected("InvalidValue", `monitor ${id} is of another variable`);
    }
  }
  if (same.some((one) => one.id !== id && one.type === type && one.severity === severity)) {
    const why = `there is a monitor of type ${type} and severity ${severity} already`;
    return { status: "Duplicate", reasonCode: "InvalidValue", why };
  }
  const customs = all.filter(({ kind }) => kind === "CustomMonitor");
  if (customs.length < MOST_MONITORS || customs.some((one) => one.id === id)) return null;
  return rejected("TooManyElements", `there are ${MOST_MONITORS} monitors already`);
}

function isPeriodicType(type: WantedMonitor["type"]): boolean {
  return isPeriodic({ type });
}

function isSame(one: Monitor["address"], other: Monitor["address"]): boolean {
  return one.component === other.component && one.variable === other.variable &&
    one.instance === other.instance && one.evseId === other.evseId &&
    one.connectorId === other.connectorId;
}

function rejected(reasonCode: MonitorFault["reasonCode"], why: string): MonitorFault {
  return { status: "Rejected", reasonCode, why };
}
