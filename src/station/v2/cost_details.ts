import type { v21 } from "../../ocpp/mod.ts";
import type { BillPeriod } from "../cost/bill.ts";
import type { CostDetails } from "../cost/cost_details.ts";
import type { Cost, TaxRate } from "../cost/tariff.ts";
import { writeTime } from "../time.ts";

/** What a transaction costs, as TransactionEvent tells it (CostDetailsType of 2.1, I12). Energy is in Wh. */
export function writeCostDetails(details: CostDetails): v21.CostDetailsType {
  const { currency, kind, parts, total, energyWh, chargingS, idleS, periods } = details;
  return {
    chargingPeriods: periods.length === 0 ? undefined : periods.map(writePeriod),
    totalCost: {
      currency,
      typeOfCost: kind,
      fixed: writePrice(parts.fixed),
      energy: writePrice(parts.energy),
      chargingTime: writePrice(parts.chargingTime),
      idleTime: writePrice(parts.idleTime),
      reservationFixed: writePrice(parts.reservationFixed),
      total,
    },
    // Its charging time is that of the whole session, by its description.
    totalUsage: { energy: energyWh, chargingTime: chargingS + idleS, idleTime: idleS },
  };
}

function writePrice(
  cost: (Cost & { readonly taxRates: readonly TaxRate[] }) | undefined,
): v21.PriceType | undefined {
  if (cost === undefined) return undefined;
  const { exclTax, inclTax, taxRates } = cost;
  return taxRates.length === 0
    ? { exclTax, inclTax }
    : { exclTax, inclTax, taxRates: taxRates.map((rate) => ({ ...rate })) };
}

function writePeriod({ tariffId, from, energyWh, chargingS, idleS }: BillPeriod) {
  const dimensions: v21.CostDimensionType[] = [
    { type: "Energy", volume: Math.round(energyWh) },
    { type: "ChargingTime", volume: Math.round(chargingS) },
    { type: "IdleTIme", volume: Math.round(idleS) },
  ];
  const used = dimensions.filter(({ volume }) => volume > 0);
  return {
    tariffId,
    startPeriod: writeTime(from),
    dimensions: used.length === 0 ? undefined : used,
  };
}
