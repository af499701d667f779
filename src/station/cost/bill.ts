import { holds, type Moment, turns } from "./conditions.ts";
import { type Cost, PRICED, type Priced, type PricedPart, type Tariff } from "./tariff.ts";
import { taxFactor } from "./tax_factor.ts";

/** What was used under one set of prices (ChargingPeriodType of 2.1). */
export interface BillPeriod {
  readonly tariffId: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Which prices held, to tell one period from the next. */
  readonly prices: string;
  readonly energyWh: number;
  readonly chargingS: number;
  readonly idleS: number;
}

/** The cost of a transaction so far, and all that it takes to go on reckoning. Plain JSON. */
export interface Bill {
  readonly tariff: Tariff;
  readonly evseKind: "AC" | "DC";
  /** Volts with which watts make amperes. */
  readonly volts: number;
  /** Up to when it is reckoned (milliseconds since 1970), where the meter stood then, what flowed since. */
  readonly at: number;
  readonly meterWh: number;
  readonly charging: boolean;
  readonly energyWh: number;
  readonly chargingS: number;
  readonly idleS: number;
  readonly costs: Readonly<Record<Priced, Cost>>;
  readonly periods: readonly BillPeriod[];
}

/** What a {@link Bill} begins with. */
export interface Opening {
  readonly tariff: Tariff;
  readonly evseKind: "AC" | "DC";
  readonly volts: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The import register, in Wh. */
  readonly meterWh: number;
  /** Whether energy flows from now on. */
  readonly charging: boolean;
  /** The connector was reserved for it. */
  readonly reserved: boolean;
}

/** How a transaction stands at one moment. */
export interface Reckoning {
  readonly at: number;
  readonly meterWh: number;
  /** Whether energy flows from now on. */
  readonly charging: boolean;
}

const FREE: Cost = { exclTax: 0, inclTax: 0 };
/** Longer than that a bill is in no message: what comes after belongs to the last period. */
const MOST_PERIODS = 100;

/** The bill of a transaction that begins now: what is paid once is on it (2.1 I12). */
export function openBill({ reserved, ...opening }: Opening): Bill {
  const costs = Object.fromEntries(PRICED.map((name) => [name, FREE])) as Record<Priced, Cost>;
  const empty: Bill = {
    ...opening,
    energyWh: 0,
    chargingS: 0,
    idleS: 0,
    costs,
    periods: [],
  };
  const now = momentOf(empty, 0);
  const once: readonly Priced[] = reserved ? ["fixed", "reservationFixed"] : ["fixed"];
  return { ...empty, costs: { ...costs, ...charge(empty.tariff, once, () => 1, now) } };
}

/**
 * Takes the bill on to a reading. Between two readings energy is taken to flow evenly, and each stretch
 * costs what holds in it: a price that changes at 22:00 or after 10 kWh changes then, not at the reading.
 */
export function advanceBill(bill: Bill, { at, meterWh, charging }: Reckoning): Bill {
  const spanS = (at - bill.at) / 1000;
  const usedWh = Math.max(0, meterWh - bill.meterWh);
  // The clock was set back, or nothing happened since.
  if (spanS <= 0) return { ...bill, charging };
  const powerW = usedWh * 3600 / spanS;
  // Energy that flowed before anybody said so was charging all the same.
  const flowed = bill.charging || usedWh > 0;
  const end: Bill = {
    ...bill,
    at,
    meterWh,
    energyWh: bill.energyWh + usedWh,
    chargingS: bill.chargingS + (flowed ? spanS : 0),
    idleS: bill.idleS + (flowed ? 0 : spanS),
  };
  const [first, last] = [momentOf(bill, powerW), momentOf(end, powerW)];
  const conditions = Object.values(bill.tariff.parts).flatMap((part) =>
    part?.prices.map((price) => price.conditions) ?? []
  );
  const shares = new Set([0, 1, ...conditions.flatMap((one) => turns(one, first, last))]);
  const cuts = [...shares].sort((one, other) => one - other);
  let costs = bill.costs;
  let periods = bill.periods;
  for (let index = 0; index + 1 < cuts.length; index++) {
    const [from, to] = [cuts[index]!, cuts[index + 1]!];
    const share = to - from;
    const within = between(first, last, (from + to) / 2);
    const used = {
      energyWh: usedWh * share,
      chargingS: flowed ? spanS * share : 0,
      idleS: flowed ? 0 : spanS * share,
    };
    const added = charge(bill.tariff, ["energy", "chargingTime", "idleTime"], (name) => {
      if (name === "energy") return used.energyWh / 1000;
      return (name === "chargingTime" ? used.chargingS : used.idleS) / 60;
    }, within);
    for (const [name, cost] of Object.entries(added)) {
      costs = { ...costs, [name]: add(costs[name as Priced], cost) };
    }
    periods = withPeriod(periods, {
      tariffId: bill.tariff.id,
      from: Math.round(bill.at + (at - bill.at) * from),
      prices: pricesAt(bill.tariff, within, flowed),
      ...used,
    });
  }
  return { ...end, charging, costs, periods };
}

/** Another tariff from now on (2.1 I11). What it takes once was paid already. */
export function changeTariff(bill: Bill, tariff: Tariff): Bill {
  return { ...bill, tariff };
}

function charge(
  tariff: Tariff,
  names: readonly Priced[],
  volume: (name: Priced) => number,
  moment: Moment,
): Partial<Record<Priced, Cost>> {
  return Object.fromEntries(names.flatMap((name) => {
    const part = tariff.parts[name];
    const price = part === null ? null : priceAt(part, moment);
    if (part === null || price === null) return [];
    const exclTax = price * volume(name);
    return [[name, { exclTax, inclTax: exclTax * taxFactor(part.taxRates) }]];
  }));
}

function priceAt({ prices }: PricedPart, moment: Moment): number | null {
  return prices.find(({ conditions }) => holds(conditions, moment))?.price ?? null;
}

function pricesAt({ parts }: Tariff, moment: Moment, charging: boolean): string {
  const names: readonly Priced[] = charging ? ["energy", "chargingTime"] : ["idleTime"];
  return names.map((name) => {
    const part = parts[name];
    return `${name} ${part === null ? null : priceAt(part, moment)}`;
  }).join();
}

function withPeriod(periods: readonly BillPeriod[], next: BillPeriod): readonly BillPeriod[] {
  const last = periods.at(-1);
  if (last === undefined) return [next];
  const isSame = last.prices === next.prices && last.tariffId === next.tariffId;
  if (!isSame && periods.length < MOST_PERIODS) return [...periods, next];
  return [...periods.slice(0, -1), {
    ...last,
    energyWh: last.energyWh + next.energyWh,
    chargingS: last.chargingS + next.chargingS,
    idleS: last.idleS + next.idleS,
  }];
}

function momentOf(bill: Bill, powerW: number): Moment {
  const { at, evseKind, volts, energyWh, chargingS, idleS } = bill;
  const elapsedS = chargingS + idleS;
  return { at, evseKind, energyWh, chargingS, idleS, elapsedS, powerW, currentA: powerW / volts };
}

function between(from: Moment, to: Moment, share: number): Moment {
  function on(name: "at" | "energyWh" | "elapsedS" | "chargingS" | "idleS"): number {
    return from[name] + (to[name] - from[name]) * share;
  }
  return {
    ...to,
    at: on("at"),
    energyWh: on("energyWh"),
    elapsedS: on("elapsedS"),
    chargingS: on("chargingS"),
    idleS: on("idleS"),
  };
}

function add(one: Cost, other: Cost): Cost {
  return { exclTax: one.exclTax + other.exclTax, inclTax: one.inclTax + other.inclTax };
}
