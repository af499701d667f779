import type { Payload } from "../../../src/ocpp/mod.ts";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../../support/station_harness.ts";
import type { Version } from "./support.ts";

/** Two EVSEs: a three-phase wallbox and a fast charger. */
export const TWO_EVSES = {
  vendor: "ACME",
  model: "Wallbox",
  connectors: [
    { id: 1, type: "Type2", max_power: 22_000 },
    { id: 2, type: "cCCS2", max_power: 50_000 },
  ],
};

/** A station of 2.x that is booted. End it with `over`. */
export async function deviceHarness(
  version: Version,
  options: HarnessOptions = {},
): Promise<StationHarness> {
  const harness = await stationHarness({ version, station: TWO_EVSES, ...options });
  return await harness.boot();
}

/** A variable as requests name it: `Component.Variable[Instance]`, maybe at an EVSE and its connector. */
export function named(name: string, evse?: { id: number; connectorId?: number }): {
  component: Payload;
  variable: Payload;
} {
  const [, component, variable, instance] = /^(\w+)\.(\w+)(?:\[(\w+)\])?$/.exec(name)!;
  return {
    component: { name: component, ...(evse === undefined ? {} : { evse }) },
    variable: { name: variable, ...(instance === undefined ? {} : { instance }) },
  };
}

/** What GetVariables tells of one variable: its value, or the status in brackets. */
export async function valueOf(
  harness: StationHarness,
  name: string,
  evse?: { id: number; connectorId?: number },
): Promise<string> {
  const answer = await harness.call("GetVariables", { getVariableData: [named(name, evse)] });
  const [result] = answer.getVariableResult as {
    attributeStatus: string;
    attributeValue?: string;
  }[];
  return result!.attributeStatus === "Accepted"
    ? result!.attributeValue!
    : `[${result!.attributeStatus}]`;
}

/** The status of a single SetVariables. */
export async function setVariable(
  harness: StationHarness,
  name: string,
  attributeValue: string,
  more: object = {},
): Promise<string> {
  const setVariableData = [{ ...named(name), attributeValue, ...more }];
  const answer = await harness.call("SetVariables", { setVariableData });
  return (answer.setVariableResult as { attributeStatus: string }[])[0]!.attributeStatus;
}

/** Everything that reports of one kind said, after checking that they are complete (B07.FR.10). */
export function collected(harness: StationHarness, action: string, key: string): Payload[] {
  const parts = harness.payloads(action);
  parts.forEach((part, index) => {
    if (part.seqNo !== index) throw new Error(`Part ${index} has the number ${part.seqNo}`);
    if (part.tbc !== index < parts.length - 1) throw new Error(`Part ${index} of ${parts.length}`);
  });
  return parts.flatMap((part) => (part[key] ?? []) as Payload[]);
}
