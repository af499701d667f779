import assert from "node:assert/strict";
import type { VersionId } from "../../../src/ocpp/mod.ts";
import type { SettingName } from "../../../src/station/settings/definitions.ts";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../../support/station_harness.ts";

export const ANNA = { idToken: "ANNA", type: "ISO14443" };
export const BEN = { idToken: "BEN", type: "ISO14443" };
/** Takes 11 kW for hours. */
export const CAR = { batteryWh: 100_000, soc: 0.1, maxPower: 11_000, phases: 3 } as const;
export const MINUTE_MS = 60_000;

/** What a driver, the CSMS or the time does at EVSE 1. */
export type Step =
  | "authorize"
  | "plug"
  | "plug a full car"
  | "remote start"
  | "remote stop"
  | "stop"
  | "unplug"
  | "wait for the timeout"
  | "pause the car"
  | "go on";

const STEPS: Readonly<Record<Step, (harness: StationHarness) => Promise<unknown>>> = {
  "authorize": ({ station }) => station.driver.authorize(1, ANNA),
  "plug": ({ station }) => station.driver.plug(1, CAR),
  "plug a full car": ({ station }) => station.driver.plug(1, { ...CAR, soc: 1 }),
  "remote start": (harness) =>
    harness.call("RequestStartTransaction", { evseId: 1, idToken: ANNA, remoteStartId: 9 }),
  "remote stop": (harness) => {
    const { transactionId } = events(harness).at(-1)!.transactionInfo;
    return harness.call("RequestStopTransaction", { transactionId });
  },
  "stop": ({ station }) => station.driver.authorize(1, ANNA),
  "unplug": ({ station }) => station.driver.unplug(1),
  "wait for the timeout": ({ clock }) => clock.advance(60_001),
  "pause the car": ({ station }) => station.driver.status(1, { status: "SuspendedEV" }),
  "go on": ({ station }) => station.driver.status(1, { status: "Charging" }),
};

/** What the settings are called that a course depends on. */
export type Configured = Readonly<Partial<Record<SettingName, string>>>;

/** A TransactionEvent, as far as courses look at it. */
export interface Event {
  readonly eventType: string;
  readonly triggerReason: string;
  readonly seqNo: number;
  readonly offline?: boolean;
  readonly idToken?: unknown;
  readonly evse?: unknown;
  readonly reservationId?: number;
  readonly meterValue?: readonly {
    readonly sampledValue: readonly { readonly context: string }[];
  }[];
  readonly transactionInfo: {
    readonly transactionId: string;
    readonly chargingState: string;
    readonly remoteStartId?: number;
    readonly stoppedReason?: string;
  };
}

export function events(harness: StationHarness): readonly Event[] {
  return harness.payloads("TransactionEvent") as unknown as readonly Event[];
}

/** A booted station that reads no meter by itself, with settings as they are written. */
export async function stationWith(
  version: VersionId,
  settings: Configured = {},
  options: HarnessOptions = {},
): Promise<StationHarness> {
  const station = { meter_values: { interval: "0s" }, ...options.station };
  const harness = await stationHarness({ ...options, version, station });
  configure(harness, settings);
  return await harness.boot();
}

export function configure({ station }: StationHarness, settings: Configured): void {
  for (const [name, text] of Object.entries(settings)) {
    const written = station.settings.write(name as SettingName, text);
    assert(written.verdict !== "rejected", `${name}: ${JSON.stringify(written)}`);
    written.announce();
  }
}

/** Does one thing after the other, each once the CSMS has answered what it led to. */
export async function walk(harness: StationHarness, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const done = STEPS[step](harness);
    await harness.clock.settle();
    await done;
    await harness.clock.settle();
  }
}

/** In one line each: `0 Started Authorized EVConnected`, at the end with why. */
export function course(harness: StationHarness): readonly string[] {
  return events(harness).map(({ seqNo, eventType, triggerReason, transactionInfo }) => {
    const { chargingState, stoppedReason } = transactionInfo;
    return [seqNo, eventType, triggerReason, chargingState, stoppedReason].filter((one) =>
      one !== undefined
    ).join(" ");
  });
}
