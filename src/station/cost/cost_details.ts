import type { Bill, BillPeriod } from "./bill.ts";
import { type Cost, PRICED, type Priced, type TaxRate } from "./tariff.ts";

/** What a transaction costs, as its events tell it (CostDetailsType of 2.1). Plain JSON. */
export interface CostDetails {
  readonly tariffId: string;
  readonly currency: string;
  /** Whether the least or the most that a transaction costs took the place of the sum. */
  readonly kind: "NormalCost" | "MinCost" | "MaxCost";
  /** Of what the tariff has prices for. */
  readonly parts: Partial<
    Readonly<Record<Priced, Cost & { readonly taxRates: readonly TaxRate[] }>>
  >;
  readonly total: Cost;
  readonly energyWh: number;
  readonly chargingS: number;
  readonly idleS: number;
  readonly periods: readonly BillPeriod[];
}

/** The cost of a transaction as its bill has it (2.1 I12). */
export function costDetails(bill: Bill): CostDetails {
  const { tariff, costs, energyWh, chargingS, idleS, periods } = bill;
  const parts = Object.fromEntries(PRICED.flatMap((name) => {
    const part = tariff.parts[name];
    const { exclTax, inclTax } = costs[name];
    if (part === null && exclTax === 0) return [];
    const taxRates = part?.taxRates ?? [];
    return [[name, { exclTax: round(exclTax), inclTax: round(inclTax), taxRates }]];
  }));
  const sum = PRICED.reduce<Cost>((total, name) => ({
    exclTax: total.exclTax + costs[name].exclTax,
    inclTax: total.inclTax + costs[name].inclTax,
  }), { exclTax: 0, inclTax: 0 });
  const { kind, total } = bounded(sum, tariff.minCost, tariff.maxCost);
  return {
    tariffId: tariff.id,
    currency: tariff.currency,
    kind,
    parts,
    total: { exclTax: round(total.exclTax), inclTax: round(total.inclTax) },
    energyWh: round(energyWh),
    chargingS: Math.round(chargingS),
    idleS: Math.round(idleS),
    periods,
  };
}

function bounded(
  sum: Cost,
  min: Cost | null,
  max: Cost | null,
): { kind: CostDetails["kind"]; total: Cost } {
  if (min !== null && sum.exclTax < min.exclTax) return { kind: "MinCost", total: min };
  if (max !== null && sum.exclTax > max.exclTax) return { kind: "MaxCost", total: max };
  return { kind: "NormalCost", total: sum };
}

/** What binary fractions lose is no price. */
function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
