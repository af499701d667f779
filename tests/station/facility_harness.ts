import { moreCommands201, moreCommands21 } from "../../src/station/v2/more_commands.ts";
import { moreMessages201, moreMessages21 } from "../../src/station/v2/more_messages.ts";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../support/station_harness.ts";

/** A station of 2.x that says and obeys what there is beyond charging. It has two EVSEs. */
export async function facilityHarness(
  options: HarnessOptions & { readonly version: "2.0.1" | "2.1" },
): Promise<StationHarness> {
  const connectors = [{ id: 1 }, { id: 2 }];
  const harness = await stationHarness({
    ...options,
    station: { connectors, ...options.station },
  });
  const [messages, commands] = options.version === "2.1"
    ? [moreMessages21, moreCommands21]
    : [moreMessages201, moreCommands201];
  const [language] = harness.station.languages;
  const { dialect } = language!;
  Object.assign(language!, {
    dialect: {
      ...dialect,
      messages: { ...dialect.messages, ...messages },
      commands: { ...dialect.commands, ...commands },
    },
  });
  return await harness.boot();
}

/** Starts a transaction on EVSE 1, and gives its id. What that led to is forgotten. */
export async function charge(harness: StationHarness): Promise<string> {
  await harness.station.driver.startTransaction(1, { idToken: "ANNA", type: "Central" });
  await harness.clock.settle();
  harness.forget();
  return harness.station.connector(1)!.transaction!.id;
}
