import assert from "node:assert/strict";
import { wake } from "../../src/station/survival.ts";
import type { FakeStore } from "../support/fake_store.ts";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../support/station_harness.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

type Payload = Record<string, unknown>;

/** The program starts on what an earlier one left, and the station is not connected yet. */
export async function start(
  store: FakeStore,
  options: HarnessOptions = {},
): Promise<StationHarness> {
  const harness = await stationHarness({ station: TWO, ...options, store });
  if (harness.station.memory.isUsed) wake(harness.station);
  return harness;
}

export async function booted(
  store: FakeStore,
  options: HarnessOptions = {},
): Promise<StationHarness> {
  return await (await start(store, options)).boot();
}

/** Connects, and what waited is said. */
export async function connect(harness: StationHarness): Promise<void> {
  await harness.open();
  await harness.clock.advance(1_000);
}

/** Dies without a word: what is not on the disk by now is lost. */
export async function kill(harness: StationHarness): Promise<void> {
  await harness.clock.settle();
  harness.csms.status = "offline";
  harness.csms.onSent = () => {};
}

/** The payload of the last message of an action. */
export function last(harness: StationHarness, action: string): Payload {
  return harness.payloads(action).at(-1) ?? assert.fail(`No ${action}`);
}

export async function accepts(
  harness: StationHarness,
  action: string,
  payload: Payload,
): Promise<void> {
  assert.equal((await harness.call(action, payload)).status, "Accepted", action);
}
