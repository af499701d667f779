import type { Car } from "./car.ts";
import { AC_CURVE, shareAt } from "./curve.ts";
import { PHASE_VOLTS, type Supply } from "./supply.ts";

/** What an EVSE lets a car take now. */
export interface Offer {
  readonly current: Supply["current"];
  /** Those that are switched through. */
  readonly phases: 1 | 2 | 3;
  /** Watts, over all phases; below 0: so much is wanted back from the car. */
  readonly powerW: number;
}

/** No control pilot can say less: IEC 61851-1 has no duty cycle for it. */
const LEAST_AMPS = 6;

/** How much of what is metered reaches the battery. */
const EFFICIENCY = { AC: 0.9, DC: 0.95 } as const satisfies Record<Supply["current"], number>;

/** A curve that bends within such a time is still followed to less than 1 %. */
const STEP_MS = 30_000;
const HOUR_MS = 3_600_000;

/**
 * Whether an offer is enough to charge with, or to give back. Less than 6 A per phase is none for an AC car.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert(isEnough({ current: "AC", phases: 3, powerW: 6 * 3 * 230 }));
 * assert(!isEnough({ current: "AC", phases: 3, powerW: 4_000 }));
 * assert(!isEnough({ current: "DC", phases: 1, powerW: 0 }));
 * ```
 */
export function isEnough({ current, phases, powerW }: Offer): boolean {
  return current === "DC" || powerW < 0
    ? powerW !== 0
    : powerW >= LEAST_AMPS * PHASE_VOLTS * phases;
}

/**
 * Whether a car wants to follow an offer as far as its battery goes: to be charged below its target, to
 * give back above what its owner wants to be left with.
 */
export function hasRoom({ targetSoc, v2x }: Car, soc: number, powerW: number): boolean {
  return powerW < 0 ? v2x !== undefined && soc > v2x.minSoc : soc < targetSoc;
}

/**
 * The watts that a car at a state of charge takes of an offer: up to what its charger, its phases and
 * its battery allow, nothing from its target on. Below 0: what it gives back.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { carFrom, carWith } from "./car.ts";
 *
 * const offer = { current: "AC", phases: 3, powerW: 22_080 } as const;
 * const car = carWith(carFrom(() => 0, offer), { maxPower: 11_040, phases: 3 });
 * assert.equal(acceptedPower(car, 0.5, offer), 11_040);
 * assert(acceptedPower(car, 0.98, offer) < 8_000);
 * assert.equal(acceptedPower(car, 1, offer), 0);
 * ```
 */
export function acceptedPower(car: Car, soc: number, offer: Offer): number {
  return !hasRoom(car, soc, offer.powerW) || !isEnough(offer) ? 0 : powerAt(car, soc, offer);
}

/** The target is not looked at. */
function powerAt(car: Car, soc: number, offer: Offer): number {
  if (offer.powerW < 0) return -Math.min(-offer.powerW, car.v2x?.maxDischargeW ?? 0);
  if (offer.current === "DC") {
    return Math.min(offer.powerW, car.dc.maxPowerW * shareAt(car.dc.curve, soc));
  }
  const volts = PHASE_VOLTS * Math.min(car.ac.phases, offer.phases);
  const offeredAmps = offer.powerW / (PHASE_VOLTS * offer.phases);
  return volts * Math.min(offeredAmps, car.ac.maxAmps * shareAt(AC_CURVE, soc));
}

/**
 * Lets a car take of an offer for `ms`, or until its target: its state of charge then, and the energy
 * in Wh that went through the meter, below 0 where it came from the car.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { carFrom, carWith } from "./car.ts";
 *
 * const offer = { current: "AC", phases: 3, powerW: 22_080 } as const;
 * const any = carFrom(() => 0, offer);
 * const car = carWith(any, { batteryWh: 50_000, maxPower: 10_000, phases: 3 });
 * const { soc, meteredWh } = charge(car, 0.2, offer, 3_600_000);
 * assert.equal(Math.round(meteredWh), 10_000);
 * assert.equal(soc.toFixed(2), "0.38"); // what the charger loses never reaches the battery
 * ```
 */
export function charge(
  car: Car,
  soc: number,
  offer: Offer,
  ms: number,
): { soc: number; meteredWh: number } {
  let meteredWh = 0;
  if (!isEnough(offer)) return { soc, meteredWh };
  if (offer.powerW < 0) return discharge(car, soc, offer, ms);
  const socPerWh = EFFICIENCY[offer.current] / car.batteryWh;
  for (let left = ms; left > 0 && soc < car.targetSoc; left -= STEP_MS) {
    const hours = Math.min(left, STEP_MS) / HOUR_MS;
    // The power halfway through the step stands for all of it.
    const halfway = soc + powerAt(car, soc, offer) * hours / 2 * socPerWh;
    const wh = powerAt(car, Math.min(halfway, 1), offer) * hours;
    if (wh === 0) break;
    const wantedWh = (car.targetSoc - soc) / socPerWh;
    meteredWh += Math.min(wh, wantedWh);
    soc = wh < wantedWh ? soc + wh * socPerWh : car.targetSoc;
  }
  return { soc, meteredWh };
}

function discharge(
  car: Car,
  soc: number,
  offer: Offer,
  ms: number,
): { soc: number; meteredWh: number } {
  if (!hasRoom(car, soc, offer.powerW)) return { soc, meteredWh: 0 };
  // What the charger loses leaves the battery all the same.
  const socPerWh = 1 / (EFFICIENCY[offer.current] * car.batteryWh);
  const wh = -powerAt(car, soc, offer) * ms / HOUR_MS;
  const { minSoc } = car.v2x!;
  const mostWh = (soc - minSoc) / socPerWh;
  return wh < mostWh
    ? { soc: soc - wh * socPerWh, meteredWh: -wh }
    : { soc: minSoc, meteredWh: -mostWh };
}
