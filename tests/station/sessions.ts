import type { CarInput, Deed, IdToken } from "../../src/station/mod.ts";
import type { StationHarness } from "../support/station_harness.ts";

export const TAG: IdToken = { idToken: "TAG-1", type: "Central" };
export const OTHER: IdToken = { idToken: "TAG-2", type: "Central" };

/** Takes 11,040 W for hours. */
export const CAR: CarInput = { batteryWh: 60_000, soc: 0.2, maxPower: 11_040, phases: 3 };

/** A car is plugged in, its driver presents a token, and what follows is over. */
export async function charge(
  { station: { driver }, clock }: StationHarness,
  connectorId = 1,
  { idToken = TAG, car = CAR }: { idToken?: IdToken; car?: CarInput } = {},
): Promise<Deed> {
  await driver.plug(connectorId, car);
  const deed = await driver.authorize(connectorId, idToken);
  await clock.settle();
  return deed;
}

/** Sets a configuration key as a CSMS does (1.6 §5.3), and forgets that it was talked about. */
export async function configure(
  harness: StationHarness,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    const { status } = await harness.call("ChangeConfiguration", { key, value });
    if (status !== "Accepted") throw new Error(`${key} is ${status}`);
  }
  harness.forget();
}

/** The CSMS answers the last CALL of an action that it left without an answer. */
export async function answer(
  { csms, clock, station }: StationHarness,
  action: string,
  payload: object,
): Promise<void> {
  const call = csms.calls.findLast((call) => call.action === action);
  station.line.received(JSON.stringify([3, call?.id, payload]));
  await clock.settle();
}

/** How a connector stands. */
export function status({ station }: StationHarness, connectorId = 1): string | undefined {
  return station.all.get(connectorId)?.status;
}

export const ACCEPTED = { idTagInfo: { status: "Accepted" } };
export const INVALID = { idTagInfo: { status: "Invalid" } };
export const HOUR_MS = 3_600_000;
