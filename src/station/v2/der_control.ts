import type { v21 } from "../../ocpp/mod.ts";
import type { DerControl } from "../der/der_control.ts";
import type { DerReport } from "../der/der_controls.ts";
import { readTime } from "../time.ts";
import { needObject, needText } from "./need.ts";

type Type = v21.DERControlEnumType;
/** The fields of SetDERControl that hold a setting. */
export type DerField = Exclude<
  keyof v21.SetDERControlRequest,
  "controlId" | "controlType" | "customData" | "isDefault"
>;

/** Where the setting of each type is; of those that are not here: in `curve`. */
const FIELDS: Partial<Readonly<Record<Type, DerField>>> = {
  EnterService: "enterService",
  FixedPFAbsorb: "fixedPFAbsorb",
  FixedPFInject: "fixedPFInject",
  FixedVar: "fixedVar",
  FreqDroop: "freqDroop",
  Gradients: "gradient",
  LimitMaxDischarge: "limitMaxDischarge",
};
/** What all settings have, or may have. */
interface Setting {
  readonly priority: number;
  readonly startTime?: string;
  readonly duration?: number;
}
/** These have no time of their own. */
const DEFAULTS_ONLY: readonly Type[] = ["EnterService", "Gradients"];

/**
 * A control as the CSMS wrote it, or why it cannot be: a clause that begins with "it" (2.1 R04).
 *
 * @param now milliseconds since 1970
 */
export function readDerControl(
  request: v21.SetDERControlRequest,
  now: number,
): DerControl | string {
  const { controlType: type, isDefault } = request;
  const id = needText(request.controlId, "controlId");
  const field = FIELDS[type] ?? "curve";
  const setting = request[field];
  if (setting === undefined) return `it is of the type ${type}, and has no ${field}`;
  const { startTime, duration, priority } = needObject<Setting>(setting, field);
  if (!isDefault && DEFAULTS_ONLY.includes(type)) {
    return `it is of the type ${type}, and no default`;
  }
  if (isDefault && (startTime !== undefined || duration !== undefined)) {
    return "it is a default, and has a time";
  }
  const from = startTime === undefined ? now : readTime(startTime);
  if (from === null) return "its start cannot be read";
  const to = duration === undefined ? null : from + duration * 1000;
  if (to !== null && to <= now) return "its time has passed";
  return { id, type, isDefault, priority, from, to, isStarted: false, setting };
}

/** Controls as a report has them, by the kind of their setting (2.1 R04, ReportDERControl). */
export function writeDerControls(
  controls: readonly DerReport[],
): Omit<v21.ReportDERControlRequest, "requestId"> {
  const report: Record<string, unknown[]> = {};
  for (const { id, type, setting, isDefault, isSuperseded } of controls) {
    const field = FIELDS[type as Type] ?? "curve";
    const name = field.startsWith("fixedPF") ? "fixedPF" : field;
    const hasState = !DEFAULTS_ONLY.includes(type as Type);
    (report[field] ??= []).push({
      id,
      [name]: setting,
      ...(hasState ? { isDefault, isSuperseded } : {}),
      ...(field === "curve" ? { curveType: type } : {}),
    });
  }
  return report;
}
