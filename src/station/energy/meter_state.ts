import type { Car } from "./car.ts";
import { acceptedPower, charge, isEnough, type Offer } from "./charge.ts";
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
  /** What may flow, in watts; `null`: the contactor is open. */
  readonly offeredW: number | null;
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
    visit: { car, soc: car.soc, paused: false, offeredW: null },
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

function offerOf({ offeredW }: Visit, supply: Supply): Offer {
  return { ...supply, powerW: offeredW ?? 0 };
}
