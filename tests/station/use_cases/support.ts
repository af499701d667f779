import assert from "node:assert/strict";
import type { Deed } from "../../../src/station/driver.ts";
import { eventually } from "../../support/connection_harness.ts";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../../support/station_harness.ts";

export type Payload = Record<string, unknown>;

export const ALICE = { idToken: "ALICE", type: "" };
export const BOB = { idToken: "BOB", type: "" };

/** Not full for hours, and takes 11 kW. */
export const CAR = { batteryWh: 100_000, soc: 0.1, maxPower: 11_000, phases: 3 } as const;

/** Walks with a station that has booted, and fails when anything is against the rules or left over. */
export async function withStation(
  walk: (station: StationHarness) => Promise<void>,
  options: HarnessOptions = {},
): Promise<void> {
  const harness = await stationHarness(options);
  await harness.boot();
  await walk(harness);
  await harness.over();
}

/** Sets configuration keys, which the station must accept. */
export async function configure(
  station: StationHarness,
  keys: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [key, value] of Object.entries(keys)) {
    assert.deepEqual(await station.call("ChangeConfiguration", { key, value }), {
      status: "Accepted",
    }, key);
  }
}

/** Calls the station, which must answer with this status. */
export async function answers(
  station: StationHarness,
  status: string,
  action: string,
  payload: Payload,
): Promise<void> {
  assert.equal((await station.call(action, payload)).status, status, action);
}

/** Plugs a car in and starts a transaction with a token; what was said of it is forgotten. */
export async function charge(
  station: StationHarness,
  idToken = ALICE,
  connectorId = 1,
): Promise<void> {
  await driven(station, station.station.driver.plug(connectorId, CAR));
  const deed = await driven(station, station.station.driver.authorize(connectorId, idToken));
  assert(deed.kind === "done" || deed.kind === "queued", JSON.stringify(deed));
  station.forget();
}

/** What became of a deed, once all that it led to is said. */
export async function driven(station: StationHarness, deed: Promise<Deed>): Promise<Deed> {
  const result = await deed;
  await station.clock.settle();
  return result;
}

/** Lets real work (files, keys) go on until something was said. */
export async function untilSaid(station: StationHarness, text: string): Promise<void> {
  await eventually(`${text}: ${JSON.stringify(station.said)}`, () => station.said.includes(text));
}

/** A time as the CSMS writes it, so many milliseconds from now. */
export function fromNow(station: StationHarness, ms: number): string {
  return new Date(station.clock.now() + ms).toISOString();
}
