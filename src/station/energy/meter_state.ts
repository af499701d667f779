import type { Car } from "./car.ts";
import { acceptedPower, charge, hasRoom, isEnough, type Offer } from "./charge.ts";
import { type Marks, marksAfterVisit } from "./intervals.ts";
import type { Supply } from "./supply.ts";

/** Everything that a meter knows. Plain JSON. Registers are in Wh, start at 0 and only grow. */
export interface MeterState {
  readonly importWh: number;
  readonly exportWh: number;
  readonly visit: Visit | null;
  /** The registers when the last car came. */
  readonly arrivalImportWh: number;
  readonly arrivalExportWh: number;
  readonly marks: Marks;
}

/** A car at the cable. */
export interface Visit {
  readonly car: Car;
  /** 0 to 1. */
  readonly soc: number;
  /** The car was told to take nothing. */
  readonly paused: boolean;
  /** What may flow, in watts, below 0 from the car; `null`: the contactor is open. */
  readonly offeredW: number | null;
  /** How many phases are switched through; `null`: all that there are. */
  readonly offeredPhases: 1 | 2 | 3 | null;
}

/** Shared by every meter that never ran. */
export const UNUSED: MeterState = Object.freeze({
  importWh: 0,
  exportWh: 0,
  visit: null,
  arrivalImportWh: 0,
  arrivalExportWh: 0,
  marks: {},
});

/** A car was plugged in; nothing flows. */
export function arrived({ importWh, exportWh, marks }: MeterState, car: Car): MeterState {
  return {
    importWh,
    exportWh,
    visit: { car, soc: car.soc, paused: false, offeredW: null, offeredPhases: null },
    arrivalImportWh: importWh,
    arrivalExportWh: exportWh,
    marks: marksAfterVisit(marks),
  };
}

/** After so many milliseconds of the flow that there is. */
export function charged(state: MeterState, supply: Supply, ms: number): MeterState {
  const { visit } = state;
  if (visit === null || !mayFlow(state, supply)) return state;
  const { soc, meteredWh } = charge(visit.car, visit.soc, offerOf(visit, supply), ms);
  return {
    ...state,
    importWh: state.importWh + Math.max(0, meteredWh),
    exportWh: state.exportWh + Math.max(0, -meteredWh),
    visit: { ...visit, soc },
  };
}

/** The watts that flow, below 0 from the car. */
export function powerOf(state: MeterState, supply: Supply): number {
  const { visit } = state;
  if (visit === null || !mayFlow(state, supply)) return 0;
  return acceptedPower(visit.car, visit.soc, offerOf(visit, supply));
}

/** Whether nothing but a full battery is in the way of a flow. */
export function mayFlow({ visit }: MeterState, supply: Supply): boolean {
  return visit !== null && !visit.paused && isEnough(offerOf(visit, supply));
}

/** A register as it is read: floored, but not for the hair that a sum of fractions falls short. */
export function wholeWh(wh: number): number {
  return Math.floor(wh + 1e-6);
}

/** Whether the car wants to follow what is offered, or would follow an offer. */
export function wantsMore({ visit }: MeterState): boolean {
  return visit !== null && !visit.paused && hasRoom(visit.car, visit.soc, visit.offeredW ?? 0);
}

/** How many phases the car uses of those that are switched through. */
export function usedPhases({ visit }: MeterState, { phases }: Supply): 1 | 2 | 3 {
  const used = visit?.car.ac.phases === 3 ? phases : 1;
  return Math.min(used, visit?.offeredPhases ?? 3) as 1 | 2 | 3;
}

function offerOf({ offeredW, offeredPhases }: Visit, { current, phases }: Supply): Offer {
  const through = Math.min(phases, offeredPhases ?? 3) as 1 | 2 | 3;
  return { current, phases: through, powerW: offeredW ?? 0 };
}
