import assert from "node:assert/strict";
import type { Deed, IdToken } from "../../../src/station/mod.ts";
import type { StationHarness } from "../../support/station_harness.ts";

export const ANNA: IdToken = { idToken: "ANNA", type: "ISO14443" };
export const BEN: IdToken = { idToken: "BEN", type: "ISO14443" };
export const FAMILY: IdToken = { idToken: "FAMILY", type: "Central" };
export const CAR = { batteryWh: 100_000, soc: 0.1, maxPower: 11_000, phases: 3 } as const;
export const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

/** Sets variables as a CSMS does (B05), named `Component.Variable`, and forgets that it was talked about. */
export async function set(
  harness: StationHarness,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const setVariableData = Object.entries(values).map(([path, attributeValue]) => {
    const [component = "", variable = ""] = path.split(".");
    return { component: { name: component }, variable: { name: variable }, attributeValue };
  });
  const { setVariableResult } = await harness.call("SetVariables", { setVariableData });
  for (const result of setVariableResult as { attributeStatus: string }[]) {
    assert.equal(result.attributeStatus, "Accepted", JSON.stringify(result));
  }
  harness.forget();
}

/** Waits for what a driver does, and for what follows. */
export async function driven(harness: StationHarness, deed: Promise<Deed>): Promise<Deed> {
  await harness.clock.settle();
  const done = await deed;
  await harness.clock.settle();
  return done;
}

/** A car is plugged in, and its driver presents a token. */
export async function charge(
  harness: StationHarness,
  connectorId = 1,
  idToken = ANNA,
): Promise<Deed> {
  await driven(harness, harness.station.driver.plug(connectorId, CAR));
  return await driven(harness, harness.station.driver.authorize(connectorId, idToken));
}

/** What the CSMS says to an Authorize: that the token is accepted, and more. */
export function accepted(more: object = {}) {
  return { idTokenInfo: { status: "Accepted", ...more } };
}

/** `Started`, `Ended`, …: the transaction events that were sent. */
export function eventTypes(harness: StationHarness): readonly unknown[] {
  return harness.payloads("TransactionEvent").map(({ eventType }) => eventType);
}
