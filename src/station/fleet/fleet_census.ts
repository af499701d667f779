import type { RegistrationState } from "../line/registration.ts";
import type { Station } from "../station.ts";

/** All stations in figures. */
export interface FleetCensus {
  /** How many are in each state of their registration. */
  readonly registrations: Readonly<Record<RegistrationState, number>>;
  /** Transactions that run. */
  readonly transactions: number;
  /** Messages of transactions that wait for their answers. */
  readonly queued: number;
}

/** Counts stations. It makes nothing that they did not need so far. */
export function takeCensus(stations: Iterable<Station>): FleetCensus {
  const registrations = { unknown: 0, accepted: 0, pending: 0, rejected: 0 };
  let transactions = 0;
  let queued = 0;
  for (const { line, all } of stations) {
    registrations[line.registration.state]++;
    queued += line.outbox.size;
    for (const { transaction } of all.values()) if (transaction !== null) transactions++;
  }
  return { registrations, transactions, queued };
}
