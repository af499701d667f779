import type { PriceConditions, Tariff } from "../../../src/station/cost/tariff.ts";

/** Prices as `[price, conditions?]`. */
export type Prices = readonly (readonly [number, PriceConditions?])[];

/** A tariff in euros with nothing to pay, unless told otherwise. */
export function tariff(
  prices: Partial<Record<keyof Tariff["parts"], Prices>>,
  rest: Partial<Tariff> = {},
  vat = 0,
): Tariff {
  function part(name: keyof Tariff["parts"]) {
    const taxRates = vat === 0 ? [] : [{ type: "VAT", tax: vat, stack: 0 }];
    return prices[name] === undefined ? null : {
      prices: prices[name].map(([price, conditions = {}]) => ({ price, conditions })),
      taxRates,
    };
  }
  return {
    id: "T1",
    currency: "EUR",
    validFrom: null,
    parts: {
      energy: part("energy"),
      chargingTime: part("chargingTime"),
      idleTime: part("idleTime"),
      fixed: part("fixed"),
      reservationFixed: part("reservationFixed"),
    },
    minCost: null,
    maxCost: null,
    ...rest,
  };
}
