import { PHASE_VOLTS, supplyOf } from "../energy/supply.ts";
import type { RateUnit } from "./profile.ts";
import type { Bound } from "./standing.ts";

/** The voltage with which amperes at a DC connector are reckoned: what most cars have. */
const DC_VOLTS = 400;
/** The watts of one ampere from the grid on all phases, which is what feeds a DC connector. */
export const GRID_VOLTS = 3 * PHASE_VOLTS;

/** What lies behind a connector, or behind the whole station. */
export interface Circuit {
  readonly dc: boolean;
  /** Phases towards the car; 1 with DC. */
  readonly phases: number;
  /** Watts. */
  readonly maxPower: number;
}

/**
 * The circuit of a connector, as its type (`Type2`, `CCS2`, …) and its power in watts tell it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(circuitOf({ type: "Type2", maxPower: 7_400 }).phases, 1);
 * assert(circuitOf({ type: "cCCS2", maxPower: 50_000 }).dc);
 * ```
 */
export function circuitOf({ type, maxPower }: { type: string; maxPower: number }): Circuit {
  const { current, phases } = supplyOf(type, maxPower);
  return { dc: current === "DC", phases, maxPower };
}

/** The grid's side of a station: three phases, unless all its connectors are of one. */
export function gridOf(circuits: readonly Circuit[]): Circuit {
  const phases = circuits.some(({ dc, phases }) => dc || phases === 3) ? 3 : 1;
  return { dc: false, phases, maxPower: Infinity };
}

/** What limits leave of a circuit. */
export interface Rate {
  /** In the unit that was asked for. */
  readonly rate: number;
  readonly phases: number;
}

/**
 * What limits leave of a circuit, its own power being one of them. Amperes of a connector count on
 * the phases that are left, those of a whole station at a DC connector on its way to the grid.
 *
 * @param sharing how many connectors share the limits of the station, in equal parts
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const circuit = { dc: false, phases: 3, maxPower: 22_000 };
 * const bound = { limit: 16, unit: "A", numberPhases: 1, minChargingRate: 0, shared: false } as const;
 * assert.deepEqual(rateOf([], circuit, "A", 1), { rate: 32, phases: 3 });
 * assert.deepEqual(rateOf([bound], circuit, "W", 1), { rate: 3680, phases: 1 });
 * ```
 */
export function rateOf(
  bounds: readonly Bound[],
  circuit: Circuit,
  unit: RateUnit,
  sharing: number,
): Rate {
  let phases = circuit.phases;
  for (const { numberPhases } of bounds) phases = Math.min(phases, numberPhases ?? 3);
  const volts = voltsOf(circuit, phases);
  let watts = unit === "A"
    ? ratedAmps(circuit) * volts
    : circuit.maxPower * (phases / circuit.phases);
  for (const bound of bounds) {
    const most = boundWatts(bound, circuit, volts);
    const plus = bound.plus === undefined ? 0 : boundWatts(bound.plus, circuit, volts);
    watts = Math.min(watts, bound.shared ? (most + plus) / sharing : most + plus);
  }
  return { rate: unit === "W" ? watts : watts / volts, phases };
}

/** The limit of a bound in watts; Infinity: it has none. */
function boundWatts({ limit, unit, shared, numberPhases }: Bound, { dc }: Circuit, volts: number) {
  if (limit === null) return Infinity;
  return wattsOf(limit, unit, shared && dc ? PHASE_VOLTS * (numberPhases ?? 3) : volts);
}

/** The watts of one ampere: of one per phase with alternating current. */
export function voltsOf(circuit: Circuit, phases: number): number {
  return circuit.dc ? DC_VOLTS : PHASE_VOLTS * phases;
}

/** A rate in watts. */
export function wattsOf(rate: number, unit: RateUnit, volts: number): number {
  return unit === "W" ? rate : rate * volts;
}

/** What the name plate says: 22,000 W are sold as 32 A, though 31.9 A make them. */
function ratedAmps({ dc, phases, maxPower }: Circuit): number {
  return Math.max(1, Math.round(maxPower / voltsOf({ dc, phases, maxPower }, phases)));
}
