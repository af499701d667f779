import type { Random } from "../../clock/mod.ts";
import type { Reading } from "../words.ts";
import type { Measurand, WantedMeasurand } from "./measurands.ts";
import { PHASE_VOLTS, type Supply } from "./supply.ts";

/** What there is to measure at one moment. Powers are in W, energies in Wh. */
export interface Measured extends Supply {
  /** Towards the car; below 0: from it. */
  readonly powerW: number;
  readonly offeredW: number;
  /** The most that the connector gives. */
  readonly maxPowerW: number;
  readonly importWh: number;
  readonly exportWh: number;
  /** How many phases the car uses. */
  readonly usedPhases: 1 | 2 | 3;
  /** Of the grid. */
  readonly frequencyHz: number;
  /** 0 to 1; `null`: no car, or one that does not tell. */
  readonly soc: number | null;
  /** The energy of the interval that a measurand names. */
  interval(measurand: Measurand): number;
}

/** A value before it has the name of its measurand, and at the outlet unless it says otherwise. */
type Value = Pick<Reading, "value" | "unit"> & Partial<Pick<Reading, "phase" | "location">>;
type Reader = (now: Measured, random: Random) => readonly Value[];

/** How far a grid is ever from its nominal voltage, as a share. */
const VOLTAGE_SPREAD = 0.01;

/**
 * How each measurand is read, in the units of 1.6 (§7.45), which has none for hertz and `""` for what
 * has no unit. Currents are those of the nominal voltage: noise must not break a limit in amperes.
 */
const READERS: Partial<Record<Measurand, Reader>> = {
  "Current.Import": (now) => currents(Math.max(0, now.powerW), now),
  "Current.Export": (now) => currents(Math.max(0, -now.powerW), now),
  "Current.Offered": (now) => [
    { value: round(now.offeredW / (volts(now) * now.phases), 1), unit: "A" },
  ],
  "Energy.Active.Import.Register": ({ importWh }) => [{ value: importWh, unit: "Wh" }],
  "Energy.Active.Export.Register": ({ exportWh }) => [{ value: exportWh, unit: "Wh" }],
  "Energy.Active.Import.Interval": intervalOf("Energy.Active.Import.Interval"),
  "Energy.Active.Export.Interval": intervalOf("Energy.Active.Export.Interval"),
  "Frequency": ({ current, frequencyHz }) =>
    current === "DC" ? [] : [{ value: round(frequencyHz, 3), unit: "Hz" }],
  "Power.Active.Import": (now) => powers(Math.max(0, now.powerW), now),
  "Power.Active.Export": (now) => powers(Math.max(0, -now.powerW), now),
  "Power.Factor": ({ current }, random) =>
    current === "DC" ? [] : [{ value: round(about(0.985, 0.005, random), 3), unit: "" }],
  "Power.Offered": ({ offeredW }) => [{ value: round(offeredW, 0), unit: "W" }],
  "SoC": ({ soc }) =>
    soc === null ? [] : [{ value: round(soc * 100, 1), unit: "Percent", location: "EV" }],
  "Temperature": ({ powerW, maxPowerW }, random) => {
    const celsius = 22 + 18 * Math.abs(powerW) / maxPowerW;
    return [{ value: round(about(celsius, 0.02, random), 1), unit: "Celsius", location: "Body" }];
  },
  "Voltage": (now, random) =>
    now.current === "DC"
      ? [{ value: now.soc === null ? 0 : round(volts(now), 1), unit: "V" }]
      : PHASES.slice(0, now.phases).map((phase) => ({
        value: round(about(PHASE_VOLTS, VOLTAGE_SPREAD, random), 1),
        unit: "V",
        phase: `${phase}-N`,
      })),
};

const PHASES = ["L1", "L2", "L3"];

/** The readings of one measurand: none when the meter has no such value now. */
export function readingsOf(
  { measurand, phase }: WantedMeasurand,
  now: Measured,
  random: Random,
): Reading[] {
  const values = READERS[measurand]?.(now, random) ?? [];
  return values
    .map((value) => ({ measurand, phase: null, location: "Outlet" as const, ...value }))
    .filter((reading) =>
      phase === null || reading.phase === phase || reading.phase === `${phase}-N`
    );
}

function intervalOf(measurand: Measurand): Reader {
  return (now) => [{ value: now.interval(measurand), unit: "Wh" }];
}

/** Of one phase against neutral, without noise. A battery's rises as it fills. */
function volts({ current, soc }: Measured): number {
  return current === "AC" ? PHASE_VOLTS : 350 + 70 * (soc ?? 0);
}

function currents(watts: number, now: Measured): Value[] {
  const amps = { value: round(watts / (volts(now) * now.usedPhases), 2), unit: "A" };
  return now.current === "DC" ? [amps] : perPhase(amps, now);
}

function powers(watts: number, now: Measured): Value[] {
  const total = { value: round(watts, 1), unit: "W" };
  if (now.phases === 1) return [total];
  return [total, ...perPhase({ value: round(watts / now.usedPhases, 1), unit: "W" }, now)];
}

/** The same on every phase that the car uses, nothing on the others. */
function perPhase({ value, unit }: Value, { phases, usedPhases }: Measured): Value[] {
  return PHASES.slice(0, phases).map((phase, index) => ({
    value: index < usedPhases ? value : 0,
    unit,
    phase,
  }));
}

/** A value that is at most a share of itself away. */
function about(value: number, spread: number, random: Random): number {
  return value * (1 + (2 * random() - 1) * spread);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
