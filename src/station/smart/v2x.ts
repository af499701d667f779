import { gridFrequency } from "../energy/grid.ts";

/** How energy goes to and fro in a period of a schedule (2.1 Q, OperationModeEnumType). */
export type OperationMode =
  | "CentralFrequency"
  | "CentralSetpoint"
  | "ChargingOnly"
  | "ExternalLimits"
  | "ExternalSetpoint"
  | "Idle"
  | "LocalFrequency";

/** Points of a curve, the lower first: a signal or hertz, and the watts that belong to it. */
export type PowerCurve = readonly (readonly [x: number, watts: number])[];

/** What a period of a schedule wants of a car beside charging. Plain JSON. */
export interface V2x {
  readonly mode: OperationMode;
  /** In the unit of the schedule, below 0 from the car; `null`: it names none. */
  readonly setpoint: number | null;
  /** The same, not above 0: no more is taken from the car; `null`: as much as it gives. */
  readonly dischargeLimit: number | null;
  /** Watts that both curves start from. */
  readonly baselineW: number;
  /** For the signals of AFRRSignal (Q07). */
  readonly signalCurve: PowerCurve | null;
  /** For the frequency of the grid (Q08). */
  readonly frequencyCurve: PowerCurve | null;
}

/** What a setpoint depends on at one moment. */
export interface V2xFacts {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The last signal of the CSMS. */
  readonly signal: number;
  /** What somebody beside the CSMS wants, in watts; `null`: nobody does. */
  readonly externalW: number | null;
}

/** While the grid decides, it is looked at as often. */
export const GRID_LOOK_MS = 5_000;

/**
 * The watts that shall flow, below 0 from the car (2.1 Q04 to Q08, Q10); `null`: up to its limit, as the
 * car likes.
 *
 * @param watts makes watts of a rate in the unit of the schedule
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const v2x = {
 *   mode: "CentralFrequency",
 *   setpoint: -1000,
 *   dischargeLimit: null,
 *   baselineW: 0,
 *   signalCurve: [[-10, -5000], [10, 5000]],
 *   frequencyCurve: null,
 * } as const;
 * const facts = { at: 0, externalW: null };
 * assert.equal(setpointOf(v2x, { ...facts, signal: 4 }, (rate) => rate), 1000);
 * const plain = { ...v2x, mode: "CentralSetpoint" } as const;
 * assert.equal(setpointOf(plain, { ...facts, signal: 4 }, (rate) => rate), -1000);
 * ```
 */
export function setpointOf(
  { mode, setpoint, baselineW, signalCurve, frequencyCurve }: V2x,
  { at, signal, externalW }: V2xFacts,
  watts: (rate: number) => number,
): number | null {
  const base = baselineW + watts(setpoint ?? 0);
  switch (mode) {
    case "ChargingOnly":
    case "ExternalLimits":
      return null;
    case "CentralSetpoint":
      return watts(setpoint ?? 0);
    case "ExternalSetpoint":
      return externalW ?? 0;
    case "CentralFrequency":
      return base + (signalCurve === null ? 0 : wattsAt(signalCurve, signal));
    case "LocalFrequency":
      return base + (signalCurve === null ? 0 : wattsAt(signalCurve, signal)) +
        (frequencyCurve === null ? 0 : wattsAt(frequencyCurve, gridFrequency(at)));
    case "Idle":
      return 0;
    default:
      return mode satisfies never;
  }
}

/**
 * The watts of a curve, on a straight line between two points, beyond its ends those of the end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const curve = [[49.9, -8000], [50, 0], [50.1, 8000]] as const;
 * assert.equal(Math.round(wattsAt(curve, 49.95)), -4000);
 * assert.equal(wattsAt(curve, 51), 8000);
 * ```
 */
export function wattsAt(curve: PowerCurve, x: number): number {
  const next = curve.findIndex(([at]) => at >= x);
  if (next <= 0) return curve.at(next)![1];
  const [fromX, from] = curve[next - 1]!;
  const [toX, to] = curve[next]!;
  return from + (to - from) * (x - fromX) / (toX - fromX);
}
