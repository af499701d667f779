import type { Random } from "../../clock/mod.ts";
import { type Curve, FLAT_CURVE, STEEP_CURVE } from "./curve.ts";
import { PHASE_VOLTS, type Supply } from "./supply.ts";

/** An electric vehicle as it arrives. Plain JSON. States of charge are shares, 0 to 1. */
export interface Car {
  readonly batteryWh: number;
  readonly soc: number;
  /** It stops charging there. */
  readonly targetSoc: number;
  /** Its on-board charger. */
  readonly ac: { readonly maxAmps: number; readonly phases: 1 | 3 };
  /** 0 W: it cannot charge with DC. */
  readonly dc: { readonly maxPowerW: number; readonly curve: Curve };
  /** Whether it tells its state of charge to an AC connector too (ISO 15118); to DC it must. */
  readonly tellsSoc: boolean;
  /** How it gives energy back (2.1 Q): so many watts, down to a state of charge; absent: it does not. */
  readonly v2x?: { readonly maxDischargeW: number; readonly minSoc: number };
  /** It tells the station what it needs (ISO 15118), and in how many seconds it leaves; absent: it does not. */
  readonly iso15118?: { readonly departsInS: number | null };
}

/** A car given by hand, as far as somebody cares. */
export interface CarInput {
  readonly batteryWh?: number;
  /** 0 to 1, when it arrives. */
  readonly soc?: number;
  /** Watts that it takes at most, over all its phases. */
  readonly maxPower?: number;
  readonly phases?: 1 | 3;
  /** 0 to 1: it stops charging there. 1 unless given. */
  readonly targetSoc?: number;
  /** Watts that it gives back at most where that is asked for (2.1 Q); 0 unless given: none. */
  readonly maxDischarge?: number;
  /** 0 to 1: it gives nothing back from there down. 0.2 unless given. */
  readonly minSoc?: number;
  /** Whether it tells the station what it needs (2.x K15). `false` unless given. */
  readonly iso15118?: boolean;
  /** With that, in how many seconds it will leave. */
  readonly departsIn?: number;
}

type Model = Pick<Car, "ac" | "dc"> & { readonly batteryWh: readonly [from: number, to: number] };

/** What drives about: every model as likely as the next. */
const MODELS: readonly Model[] = [
  { // a city car
    batteryWh: [24_000, 42_000],
    ac: { maxAmps: 32, phases: 1 },
    dc: { maxPowerW: 50_000, curve: FLAT_CURVE },
  },
  { // a compact car
    batteryWh: [45_000, 62_000],
    ac: { maxAmps: 16, phases: 3 },
    dc: { maxPowerW: 110_000, curve: STEEP_CURVE },
  },
  { // a family car
    batteryWh: [64_000, 84_000],
    ac: { maxAmps: 16, phases: 3 },
    dc: { maxPowerW: 170_000, curve: STEEP_CURVE },
  },
  { // a large car
    batteryWh: [90_000, 110_000],
    ac: { maxAmps: 32, phases: 3 },
    dc: { maxPowerW: 250_000, curve: FLAT_CURVE },
  },
  { // a van
    batteryWh: [50_000, 90_000],
    ac: { maxAmps: 16, phases: 3 },
    dc: { maxPowerW: 115_000, curve: FLAT_CURVE },
  },
  { // a plug-in hybrid
    batteryWh: [9_000, 18_000],
    ac: { maxAmps: 16, phases: 1 },
    dc: { maxPowerW: 0, curve: FLAT_CURVE },
  },
];
const DC_MODELS = MODELS.filter(({ dc }) => dc.maxPowerW > 0);

/** What most owners want to be left with. */
const LEAST_SOC = 0.2;

/** How many cars tell their state of charge to an AC connector. */
const TELLING_SHARE = 0.3;

/** A car that could come to such a connector. Takes five numbers of chance, whatever they are. */
export function carFrom(random: Random, { current }: Supply): Car {
  const models = current === "DC" ? DC_MODELS : MODELS;
  const model = models[Math.floor(random() * models.length)]!;
  const [from, to] = model.batteryWh;
  return {
    batteryWh: Math.round((from + random() * (to - from)) / 100) * 100,
    soc: Math.round(8 + random() * 52) / 100,
    // On a journey one leaves at 80 %; at home and at work most are charged full, or kept at 80 % too.
    targetSoc: random() < (current === "DC" ? 0.8 : 0.3) ? 0.8 : 1,
    ac: model.ac,
    dc: model.dc,
    tellsSoc: random() < TELLING_SHARE,
  };
}

const BOUNDS = {
  batteryWh: [100, 10_000_000],
  soc: [0, 1],
  maxPower: [1, 10_000_000],
  targetSoc: [0, 1],
  maxDischarge: [0, 10_000_000],
  minSoc: [0, 1],
  departsIn: [1, 31_536_000],
} as const satisfies Partial<Record<keyof CarInput, readonly [number, number]>>;

/**
 * A car given by hand: what is not given is as `other` has it. A given state of charge is told.
 *
 * @throws RangeError for a value that no car has
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "../../clock/mod.ts";
 * import { supplyOf } from "./supply.ts";
 *
 * const any = carFrom(seededRandom(1), supplyOf("Type2", 22_000));
 * const mine = carWith(any, { soc: 0.9, maxPower: 11_040, phases: 3 });
 * assert.deepEqual([mine.soc, mine.targetSoc, mine.ac.maxAmps], [0.9, 1, 16]);
 * assert.equal(mine.batteryWh, any.batteryWh);
 * ```
 */
export function carWith(other: Car, given: CarInput): Car {
  for (const [name, [from, to]] of Object.entries(BOUNDS)) {
    const value = given[name as keyof typeof BOUNDS];
    if (value === undefined || (value >= from && value <= to)) continue;
    throw new RangeError(`Cannot make a car with ${name} ${value}: it must be ${from} to ${to}`);
  }
  const { batteryWh = other.batteryWh, targetSoc = 1, phases = other.ac.phases, maxPower } = given;
  const { maxDischarge: maxDischargeW = 0, minSoc = LEAST_SOC, departsIn = null } = given;
  return {
    batteryWh,
    soc: given.soc ?? Math.min(other.soc, targetSoc / 2),
    targetSoc,
    ac: {
      maxAmps: maxPower === undefined ? other.ac.maxAmps : maxPower / (PHASE_VOLTS * phases),
      phases,
    },
    dc: { maxPowerW: maxPower ?? other.dc.maxPowerW, curve: other.dc.curve },
    tellsSoc: given.soc !== undefined || other.tellsSoc,
    ...(maxDischargeW > 0 ? { v2x: { maxDischargeW, minSoc } } : {}),
    ...(given.iso15118 ? { iso15118: { departsInS: departsIn } } : {}),
  };
}
