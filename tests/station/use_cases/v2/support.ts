import assert from "node:assert/strict";
import type { Deed } from "../../../../src/station/driver.ts";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../../../support/station_harness.ts";
import { setVariable } from "../../v2/device_harness.ts";
import type { Version } from "../../v2/support.ts";
import { CAR, driven, type Payload } from "../support.ts";

export const ANNA = { idToken: "ANNA", type: "ISO14443" };
export const BEN = { idToken: "BEN", type: "ISO14443" };
export const ACCEPTED = { status: "Accepted" };

/** Two EVSEs. */
export const TWO = { station: { connectors: [{}, {}] } };

/** The answer to a boot that puts the station into the present: certificates that are made now hold at no other time. */
export function realTime(): Payload {
  const currentTime = new Date().toISOString();
  return { status: "Accepted", currentTime, interval: 3600 };
}

/** Walks with a station, booted unless told otherwise, and fails when anything is against the rules or left over. */
export async function withStation(
  version: Version,
  walk: (station: StationHarness) => Promise<void>,
  { booted = true, ...options }: HarnessOptions & { readonly booted?: boolean } = {},
): Promise<void> {
  const harness = await stationHarness({ ...options, version });
  if (booted) await harness.boot();
  await walk(harness);
  await harness.over();
}

/** Sets variables, which the station must accept: `Component.Variable`. */
export async function configure(
  station: StationHarness,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    assert.equal(await setVariable(station, name, value), "Accepted", name);
  }
}

/** What a message is about, in a word or two: `Started Authorized`, `Occupied`, `Uploading`. */
const ABOUT = [
  "eventType",
  "triggerReason",
  "connectorStatus",
  "status",
  "reservationUpdateStatus",
];

/** Everything that the station said, in short and in order: `TransactionEvent Started Authorized`. */
export function story(station: StationHarness): readonly string[] {
  return station.csms.sent.map((text) => JSON.parse(text))
    .filter(([type]) => type === 2 || type === 6)
    .map(([, , action, payload]) =>
      [action, ...ABOUT.map((key) => payload[key])].filter((word) => typeof word === "string")
        .join(" ")
    );
}

/** What it said of its transactions, without the name of the message. */
export function session(station: StationHarness): readonly string[] {
  return story(station).filter((one) => one.startsWith("TransactionEvent "))
    .map((one) => one.slice("TransactionEvent ".length));
}

/** Plugs a car in and starts a transaction with a token; what was said of it is forgotten. */
export async function charge(
  station: StationHarness,
  idToken = ANNA,
  connectorId = 1,
): Promise<string> {
  await driven(station, station.station.driver.plug(connectorId, CAR));
  const deed = await driven(station, station.station.driver.authorize(connectorId, idToken));
  assert(deed.kind === "done" || deed.kind === "queued", JSON.stringify(deed));
  station.forget();
  return station.station.connector(connectorId)!.transaction!.id;
}

/** Presents a token, and says what came of it. */
export function present(
  station: StationHarness,
  idToken = ANNA,
  connectorId = 1,
): Promise<Deed> {
  return driven(station, station.station.driver.authorize(connectorId, idToken));
}

/** The reason that an answer gives. */
export function why(answer: Payload): string | undefined {
  return (answer.statusInfo as { reasonCode: string } | undefined)?.reasonCode;
}
