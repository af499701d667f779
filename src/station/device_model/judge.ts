import type { DeviceEvent, Memory, Monitor } from "./monitor.ts";

/** What a monitor that is not periodic finds in a value. */
export interface Verdict {
  readonly memory: Memory;
  /** `null`: nothing to tell. */
  readonly finding: Pick<DeviceEvent, "cleared" | "trigger"> | null;
}

/** What it looks at. `target` is `null` where there is none. */
export interface Looked {
  readonly actual: string;
  readonly target: string | null;
  readonly isNumeric: boolean;
}

/**
 * Judges a value (2.x MonitorEnumType, N07): a threshold is told once when it is passed and once when it is
 * no longer; a delta whenever the value is further than that from what was told last, and of what is no
 * number, whenever it is another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const monitor = { type: "UpperThreshold", value: 100 } as const;
 * const { memory, finding } = judge(monitor, { told: "90", isAlarmed: false }, {
 *   actual: "101",
 *   target: null,
 *   isNumeric: true,
 * });
 * assert.deepEqual(finding, { trigger: "Alerting", cleared: false });
 * assert.deepEqual(memory, { told: "101", isAlarmed: true });
 * ```
 */
export function judge(
  { type, value }: Pick<Monitor, "type" | "value">,
  memory: Memory,
  { actual, target, isNumeric }: Looked,
): Verdict {
  const number = Number(actual);
  switch (type) {
    case "UpperThreshold":
      return alarm("Alerting", number > value, memory, actual);
    case "LowerThreshold":
      return alarm("Alerting", number < value, memory, actual);
    case "TargetDelta":
      return alarm("Delta", distance(actual, target) > value, memory, actual);
    case "TargetDeltaRelative":
      return alarm("Delta", distance(actual, target) > value * Number(target), memory, actual);
    case "Delta": {
      if (memory.told === null) return { memory: { ...memory, told: actual }, finding: null };
      const { told } = memory;
      const isFar = isNumeric ? distance(actual, told) > value : actual !== told;
      if (!isFar) return { memory, finding: null };
      return {
        memory: { told: actual, isAlarmed: false },
        finding: { trigger: "Delta", cleared: false },
      };
    }
    case "Periodic":
    case "PeriodicClockAligned":
      return { memory, finding: null };
    default:
      return type satisfies never;
  }
}

function alarm(
  trigger: DeviceEvent["trigger"],
  isOn: boolean,
  memory: Memory,
  actual: string,
): Verdict {
  if (isOn === memory.isAlarmed) return { memory, finding: null };
  return {
    memory: { told: actual, isAlarmed: isOn },
    finding: { trigger, cleared: !isOn },
  };
}

function distance(one: string, other: string | null): number {
  return other === null ? 0 : Math.abs(Number(one) - Number(other));
}
