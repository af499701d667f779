/** When a price applies: all that is given must hold (TariffConditionsType of 2.1). Plain JSON. */
export interface PriceConditions {
  /** `HH:MM`; an end before the start is on the next day. Days and hours are those of UTC. */
  readonly startTimeOfDay?: string;
  readonly endTimeOfDay?: string;
  /** `Monday` to `Sunday`. */
  readonly dayOfWeek?: readonly string[];
  /** `YYYY-MM-DD`, the first day. */
  readonly validFromDate?: string;
  /** The first day on which it does not hold any more. */
  readonly validToDate?: string;
  readonly evseKind?: "AC" | "DC";
  /** Wh of the transaction so far: from the least on, and below the most. So all that follow. */
  readonly minEnergy?: number;
  readonly maxEnergy?: number;
  /** Amperes, over all phases. */
  readonly minCurrent?: number;
  readonly maxCurrent?: number;
  /** Watts. */
  readonly minPower?: number;
  readonly maxPower?: number;
  /** Seconds since the transaction began. */
  readonly minTime?: number;
  readonly maxTime?: number;
  /** Seconds in which energy flowed. */
  readonly minChargingTime?: number;
  readonly maxChargingTime?: number;
  /** Seconds in which none did. */
  readonly minIdleTime?: number;
  readonly maxIdleTime?: number;
}

/** A tax in per cent. Those of one stack are added up; each stack is added on top of those below it. */
export interface TaxRate {
  readonly type: string;
  readonly tax: number;
  readonly stack: number;
}

/** A price per kWh, per minute, or once. */
export interface Price {
  readonly price: number;
  readonly conditions: PriceConditions;
}

/** What one thing costs: the first price whose conditions hold counts. */
export interface PricedPart {
  readonly prices: readonly Price[];
  readonly taxRates: readonly TaxRate[];
}

/** A cost without and with taxes. */
export interface Cost {
  readonly exclTax: number;
  readonly inclTax: number;
}

/** The things that a tariff has prices for. */
export const PRICED = ["energy", "chargingTime", "idleTime", "fixed", "reservationFixed"] as const;
export type Priced = (typeof PRICED)[number];

/** A tariff that a station reckons with (2.1 part 2 I). Plain JSON; `null`: that costs nothing. */
export interface Tariff {
  readonly id: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Milliseconds since 1970; `null`: at once. */
  readonly validFrom: number | null;
  readonly parts: Readonly<Record<Priced, PricedPart | null>>;
  /** No transaction costs less; `null`: there is no such bound. */
  readonly minCost: Cost | null;
  readonly maxCost: Cost | null;
}
