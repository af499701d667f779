import type { v21 } from "../../ocpp/mod.ts";
import type { Cost, PricedPart, Tariff, TaxRate } from "../cost/tariff.ts";
import { taxFactor } from "../cost/tax_factor.ts";
import { readTime } from "../time.ts";
import { needObject, needText } from "./need.ts";
import type { ReasonCode } from "./status_info.ts";

/** A tariff in the words of the domain, or why the station cannot reckon with it. */
export type TariffRead =
  | { readonly tariff: Tariff }
  | {
    readonly status: "ConditionNotSupported" | "Rejected" | "TooManyElements";
    readonly reasonCode: ReasonCode;
    readonly why: string;
  };

/** So many prices may one part have (TariffCostCtrlr.MaxElements). */
export const MOST_PRICES = 50;

/** A tariff as the CSMS wrote it (TariffType of 2.1, I07, I11). Its description is for the driver only. */
export function readTariff(given: v21.TariffType): TariffRead {
  const { validFrom, energy, chargingTime, idleTime, fixedFee } = needObject(given, "tariff");
  const { reservationTime, reservationFixed, minCost, maxCost } = given;
  if (reservationTime !== undefined) {
    const why = "it has a price for the time of a reservation, which is not metered";
    return { status: "Rejected", reasonCode: "UnsupportedParam", why };
  }
  const parts = { energy, chargingTime, idleTime, fixed: fixedFee, reservationFixed };
  for (const [name, part] of Object.entries(parts)) {
    const count = part?.prices.length ?? 0;
    if (count <= MOST_PRICES) continue;
    const why = `it has ${count} prices for ${name}, and the most are ${MOST_PRICES}`;
    return { status: "TooManyElements", reasonCode: "InvalidValue", why };
  }
  for (const { conditions } of [...fixedFee?.prices ?? [], ...reservationFixed?.prices ?? []]) {
    if (conditions?.paymentBrand === undefined && conditions?.paymentRecognition === undefined) {
      continue;
    }
    const why = "it has a price for a way of payment, and there is no payment terminal";
    return { status: "ConditionNotSupported", reasonCode: "UnsupportedParam", why };
  }
  const from = readTime(validFrom);
  if (validFrom !== undefined && from === null) {
    const why = "it is valid from a time that cannot be read";
    return { status: "Rejected", reasonCode: "InvalidValue", why };
  }
  return {
    tariff: {
      id: needText(given.tariffId, "tariff.tariffId"),
      currency: needText(given.currency, "tariff.currency"),
      validFrom: from,
      parts: {
        energy: readPart(energy, "priceKwh"),
        chargingTime: readPart(chargingTime, "priceMinute"),
        idleTime: readPart(idleTime, "priceMinute"),
        fixed: readPart(fixedFee, "priceFixed"),
        reservationFixed: readPart(reservationFixed, "priceFixed"),
      },
      minCost: readCost(minCost),
      maxCost: readCost(maxCost),
    },
  };
}

/** A part of a tariff, whatever its prices are per. */
function readPart<Name extends string>(
  part: {
    readonly prices: readonly (
      & { readonly [Key in Name]: number }
      & { readonly conditions?: v21.TariffConditionsType | v21.TariffConditionsFixedType }
    )[];
    readonly taxRates?: readonly v21.TaxRateType[];
  } | undefined,
  name: Name,
): PricedPart | null {
  if (part === undefined) return null;
  return {
    prices: part.prices.map((price) => {
      const { customData: _, ...conditions } = price.conditions ?? {};
      return { price: price[name], conditions };
    }),
    taxRates: readTaxRates(part.taxRates),
  };
}

/** Of a bound with one of the two prices, the taxes make the other. */
function readCost(price: v21.PriceType | undefined): Cost | null {
  const { exclTax, inclTax, taxRates } = price ?? {};
  const factor = taxFactor(readTaxRates(taxRates));
  if (exclTax !== undefined) return { exclTax, inclTax: inclTax ?? exclTax * factor };
  return inclTax === undefined ? null : { exclTax: inclTax / factor, inclTax };
}

function readTaxRates(rates: readonly v21.TaxRateType[] | undefined): readonly TaxRate[] {
  return rates?.map(({ type, tax, stack = 0 }) => ({ type, tax, stack })) ?? [];
}
