import type { Random } from "../../clock/mod.ts";
import type { SimulationConfig } from "../../config/mod.ts";
import { type Car, carFrom } from "../energy/car.ts";
import type { Supply } from "../energy/supply.ts";

/** What one driver is going to do, decided before anything happens. Milliseconds of simulated time. */
export interface Visit {
  /** From the end of the visit before. */
  readonly arrivesAfterMs: number;
  readonly car: Car;
  readonly idToken: string;
  /** Some present their token and then take the cable, most do it the other way round. */
  readonly tokenFirst: boolean;
  /** Between one thing done by hand and the next. */
  readonly fumbleMs: number;
  readonly staysMs: number;
  /** Most present their token to end it, some just pull the cable. */
  readonly tokenLast: boolean;
}

/**
 * The next visit to a connector. It takes the same number of chances whatever happens, so that a
 * refusal does not change who comes afterwards.
 */
export function planVisit(
  random: Random,
  { arrivalMs, stayMs, idTokens }: SimulationConfig,
  supply: Supply,
): Visit {
  return {
    arrivesAfterMs: exponential(random, arrivalMs),
    car: carFrom(random, supply),
    idToken: idTokens[Math.floor(random() * idTokens.length)]!,
    tokenFirst: random() < 0.3,
    fumbleMs: 5_000 + random() * 20_000,
    staysMs: stayMs * (0.5 + random()),
    tokenLast: random() < 0.8,
  };
}

/** What is going to break. Milliseconds of simulated time. */
export interface PlannedFault {
  /** From the end of the fault before. */
  readonly comesAfterMs: number;
  /** At which of the connectors, 0 to 1. */
  readonly where: number;
  readonly errorCode: string;
  readonly lastsMs: number;
}

/** What breaks by itself (1.6 §7.6). */
const ERROR_CODES = [
  "ConnectorLockFailure",
  "EVCommunicationError",
  "GroundFailure",
  "HighTemperature",
  "OverCurrentFailure",
  "OverVoltage",
  "PowerMeterFailure",
  "PowerSwitchFailure",
  "ReaderFailure",
  "UnderVoltage",
];

/** The next fault of a station. */
export function planFault(
  random: Random,
  { faultEveryMs, faultDurationMs }: SimulationConfig,
): PlannedFault {
  return {
    comesAfterMs: exponential(random, faultEveryMs),
    where: random(),
    errorCode: ERROR_CODES[Math.floor(random() * ERROR_CODES.length)]!,
    lastsMs: faultDurationMs * (0.5 + random()),
  };
}

/** A wait for something that comes at a constant rate; `meanMs` on average. */
function exponential(random: Random, meanMs: number): number {
  return -Math.log(1 - random()) * meanMs;
}
