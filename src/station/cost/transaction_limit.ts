import type { StopReason } from "../words.ts";

/** How far a transaction may go (TransactionLimitType of 2.1, E16). Plain JSON; absent: as far as it likes. */
export interface TransactionLimit {
  /** Taxes included, in the currency of the tariff. */
  readonly maxCost?: number;
  /** Wh. */
  readonly maxEnergy?: number;
  /** Seconds since its start. */
  readonly maxTime?: number;
  /** Per cent. */
  readonly maxSoC?: number;
}

/** How far it has come. `null`: nobody knows. */
export interface TransactionProgress {
  readonly cost: number | null;
  readonly energyWh: number;
  readonly seconds: number;
  /** 0 to 1. */
  readonly soc: number | null;
}

/** The limits that a station minds (TxCtrlr.SupportedLimits). */
export const LIMITS = ["maxCost", "maxEnergy", "maxTime", "maxSoC"] as const satisfies readonly (
  keyof TransactionLimit
)[];

/** Which limit was reached, as an event names it (TriggerReasonEnumType of 2.1). */
export type LimitReached =
  | "CostLimitReached"
  | "EnergyLimitReached"
  | "SoCLimitReached"
  | "TimeLimitReached";

/** The same as the reason of an end, where that ends with its energy (2.1 E16.FR.06). */
export const LIMIT_REASONS = {
  CostLimitReached: "LocalOutOfCredit",
  EnergyLimitReached: "EnergyLimitReached",
  SoCLimitReached: "SOCLimitReached",
  TimeLimitReached: "TimeLimitReached",
} as const satisfies Record<LimitReached, StopReason>;

/**
 * The limit that ends the flow of energy, the first that is reached; `null`: none is (2.1 E16.FR.05).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const progress = { cost: null, energyWh: 5000, seconds: 600, soc: 0.5 };
 * assert.equal(limitReached({ maxEnergy: 5000, maxTime: 3600 }, progress), "EnergyLimitReached");
 * assert.equal(limitReached({ maxCost: 10, maxSoC: 80 }, progress), null);
 * ```
 */
export function limitReached(
  { maxCost, maxEnergy, maxTime, maxSoC }: TransactionLimit,
  { cost, energyWh, seconds, soc }: TransactionProgress,
): LimitReached | null {
  if (maxCost !== undefined && cost !== null && cost >= maxCost) return "CostLimitReached";
  if (maxEnergy !== undefined && energyWh >= maxEnergy) return "EnergyLimitReached";
  if (maxSoC !== undefined && soc !== null && soc * 100 >= maxSoC) return "SoCLimitReached";
  return maxTime !== undefined && seconds >= maxTime ? "TimeLimitReached" : null;
}
