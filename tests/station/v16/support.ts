import assert from "node:assert/strict";
import { loadVersion, type Payload } from "../../../src/ocpp/mod.ts";
import type { Charger } from "../../../src/station/charger.ts";
import {
  type ActionOf,
  Answer,
  type Command,
  type Outgoing,
  type RequestOf,
  type ResponseOf,
} from "../../../src/station/dialect.ts";
import type { TransactionEnded, TransactionEvent } from "../../../src/station/spoken.ts";
import type { Reading, Sample } from "../../../src/station/words.ts";
import { NOON, transactionFacts } from "./fake_charger.ts";

type Action = ActionOf<"1.6">;

const version = await loadVersion("1.6");

/** Fails when a payload breaks the schema of its action. */
export function assertValid(action: Action, role: "request" | "response", payload: unknown): void {
  const definition = version.actions.get(action)!;
  assert.deepEqual(definition[role](payload), [], `${action} ${JSON.stringify(payload)}`);
}

/** What a message says of an event, on the wire: checked by its schema, without what is undefined. */
export function spell<Event, Answer>(
  message: Outgoing<Event, Answer>,
  event: Event,
): Payload | null {
  const payload = message.request(event);
  if (payload === null) return null;
  assertValid(message.action as Action, "request", payload);
  return JSON.parse(JSON.stringify(payload));
}

/** Runs a command with a valid request and checks the answer by its schema. `after` is not run. */
export async function obey<A extends Action>(
  action: A,
  command: Command,
  station: Charger,
  request: RequestOf<"1.6", A>,
): Promise<{ readonly payload: ResponseOf<"1.6", A>; readonly after: () => void }> {
  assertValid(action, "request", request);
  return await obeyAnything(action, command, station, request as Payload);
}

/** The same with a request that may break its schema, as a lenient station lets it through. */
export async function obeyAnything<A extends Action>(
  action: A,
  command: Command,
  station: Charger,
  request: Payload,
): Promise<{ readonly payload: ResponseOf<"1.6", A>; readonly after: () => void }> {
  const answer = await command(station, request);
  const [payload, after] = answer instanceof Answer
    ? [answer.payload, answer.after]
    : [answer, () => {}];
  assertValid(action, "response", payload);
  return { payload: payload as ResponseOf<"1.6", A>, after };
}

/** 1.5 kWh on the import register. */
export function reading(given: Partial<Reading> = {}): Reading {
  return {
    measurand: "Energy.Active.Import.Register",
    value: 1500,
    unit: "Wh",
    phase: null,
    location: "Outlet",
    ...given,
  };
}

/** One reading at noon. */
export function sample(given: Partial<Sample> = {}): Sample {
  return { at: NOON, context: "Sample.Periodic", readings: [reading()], ...given };
}

/** A periodic reading in the middle of a transaction. */
export function transactionEvent(given: Partial<TransactionEvent> = {}): TransactionEvent {
  return {
    transaction: transactionFacts(),
    at: NOON,
    seqNo: 1,
    trigger: "MeterValuePeriodic",
    chargingState: "Charging",
    offline: false,
    samples: [],
    ...given,
  };
}

/** A transaction that its driver ended, an hour after it began. */
export function transactionEnded(given: Partial<TransactionEnded> = {}): TransactionEnded {
  return {
    ...transactionEvent(),
    at: NOON + 3_600_000,
    trigger: "StopAuthorized",
    reason: "Local",
    meterStopWh: 2500,
    stopToken: null,
    ...given,
  };
}

/** What no schema allows, and what a lenient station hands to its dialect all the same. */
export const ODD_VALUES: readonly unknown[] = [
  undefined,
  null,
  "",
  "abc",
  "-1",
  -1,
  0.5,
  1e300,
  true,
  [],
  [null],
  {},
];

/** Payloads with odd values in the place of each field, one at a time and all at once. */
export function* oddPayloads(payload: Payload): Generator<Payload> {
  yield {};
  for (const odd of ODD_VALUES) {
    yield Object.fromEntries(Object.keys(payload).map((key) => [key, odd]));
    for (const key of Object.keys(payload)) yield { ...payload, [key]: odd };
  }
}
