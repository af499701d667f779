import type { Connector } from "../connector.ts";
import type { Car } from "../energy/car.ts";
import { supplyOf } from "../energy/supply.ts";
import type { Works } from "../works.ts";
import { compositeSchedule } from "./composite_schedule.ts";
import type { ChargingSchedule } from "./profile.ts";

/** What a car with ISO 15118 tells its station that it needs (2.x K15). */
export interface ChargingNeeds {
  readonly connectorId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly current: "AC" | "DC";
  /** Those that car and connector have. */
  readonly phases: 1 | 3;
  readonly car: Car;
  /** 0 to 1. */
  readonly soc: number;
  /** Milliseconds since 1970; `null`: it does not say. */
  readonly departsAt: number | null;
  /** Which ways of transfer its CSMS allows (2.1 Q02); `null`: all. */
  readonly allowed: readonly string[] | null;
}

/** What a car is going to take, within what a profile lets it (2.x K15). */
export interface ChosenSchedule {
  readonly connectorId: number;
  readonly schedule: ChargingSchedule;
  /** Of the schedules of the profile, the one that it follows; `null`: it has no id. */
  readonly selectedId: number | null;
}

/** What the CSMS makes of needs; the last: there are no profiles for it, and it charges as it can. */
export type NeedsAnswer = "Accepted" | "NoChargingProfile" | "Processing" | "Rejected";

/** A car that says no time is looked at for a day. */
const DAY_S = 86_400;

/** Tells what the car of a transaction needs, once, when energy may flow (2.x K15.FR.01). */
export function tellNeeds(works: Works, connector: Connector): void {
  const { meter, transaction, id, type, maxPower } = connector;
  const { iso15118 } = meter?.car ?? {};
  if (iso15118 === undefined || meter === null || transaction === null) return;
  if (transaction.areNeedsTold) return;
  transaction.areNeedsTold = true;
  const car = meter.car!;
  const { current, phases } = supplyOf(type, maxPower);
  const at = works.now();
  const { departsInS } = iso15118;
  const needs: ChargingNeeds = {
    connectorId: id,
    at,
    current,
    phases: car.ac.phases === 3 ? phases : 1,
    car,
    soc: meter.soc ?? car.soc,
    departsAt: departsInS === null ? null : transaction.facts.startedAt + departsInS * 1000,
    allowed: transaction.allowedTransfer,
  };
  void works.say("chargingNeeds", needs).then((said) => {
    if (said.kind === "offline") transaction.areNeedsTold = false;
    else if (said.kind === "answered" && said.answer !== "Accepted") {
      works.log.info("The CSMS has no profile for the needs of a car yet", {
        connector: id,
        status: said.answer,
      });
    }
  });
}

/** The CSMS names the ways of transfer for a car, which tells its needs anew (2.1 Q02). */
export function allowTransfer(works: Works, connector: Connector, allowed: readonly string[]) {
  const { transaction } = connector;
  if (transaction === null) return;
  Object.assign(transaction, { allowedTransfer: allowed, areNeedsTold: false });
  tellNeeds(works, connector);
}

/** A car that told its needs says what it will take of a profile that came for them (2.x K15, K16). */
export function tellSchedule(works: Works, connector: Connector): void {
  const { id, meter, transaction } = connector;
  const car = meter?.car ?? null;
  if (car === null || transaction === null || !transaction.areNeedsTold) return;
  const from = Math.floor(works.now() / 1000) * 1000;
  const left = (car.iso15118?.departsInS ?? DAY_S) - (from - transaction.facts.startedAt) / 1000;
  const duration = Math.max(1, Math.ceil(left));
  const { installed } = works.profiles;
  const question = { connectorId: id, from, duration, unit: "W" } as const;
  const composite = compositeSchedule(installed, works.connectors(), question);
  const { current } = supplyOf(connector.type, connector.maxPower);
  const { maxAmps, phases } = car.ac;
  const mostW = current === "DC" ? car.dc.maxPowerW : maxAmps * phases * 230;
  const periods = composite.periods.map((period) => ({
    ...period,
    limit: Math.min(period.limit, Math.floor(mostW)),
  }));
  const leader = installed.findLast(({ connectorId, profile }) =>
    connectorId === id && profile.purpose === "TxProfile"
  );
  const selectedId = leader?.profile.schedules[0]?.id ?? null;
  const schedule = { ...composite, periods, id: selectedId };
  void works.say("chosenSchedule", { connectorId: id, schedule, selectedId }).then((said) => {
    if (said.kind !== "answered" || said.answer) return;
    works.log.warn("The CSMS does not accept what the car will take", { connector: id });
  });
}
