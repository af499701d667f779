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
import { Settings } from "../../../src/station/settings/settings.ts";

export const VERSIONS = ["2.0.1", "2.1"] as const;
export type Version = (typeof VERSIONS)[number];
type Action = ActionOf<"2.1">;

const loaded = {
  "2.0.1": await loadVersion("2.0.1"),
  "2.1": await loadVersion("2.1"),
};

/** Fails when a payload breaks the schema of its action in one of the versions. */
export function assertValid(
  action: string,
  role: "request" | "response",
  payload: unknown,
  versions: readonly Version[] = VERSIONS,
): void {
  for (const version of versions) {
    const definition = loaded[version].actions.get(action)!;
    const text = `${version} ${action} ${JSON.stringify(payload)}`;
    assert.deepEqual(definition[role](payload), [], text);
  }
}

/** What a message says of an event, on the wire: checked by both schemas, without what is undefined. */
export function spell<Event, Answer>(
  message: Outgoing<Event, Answer>,
  event: Event,
): Payload | null {
  const payload = message.request(event);
  if (payload === null) return null;
  assertValid(message.action, "request", payload);
  return JSON.parse(JSON.stringify(payload));
}

/** An answer of a command, and what follows it. */
export interface Obeyed<A extends Action> {
  readonly payload: ResponseOf<"2.1", A>;
  readonly after: () => void;
}

/** Runs a command with a valid request and checks the answer by the schemas. `after` is not run. */
export async function obey<A extends Action>(
  action: A,
  command: Command,
  station: Charger,
  request: RequestOf<"2.1", A>,
  versions: readonly Version[] = VERSIONS,
): Promise<Obeyed<A>> {
  assertValid(action, "request", request, versions);
  return await obeyAnything(action, command, station, request as Payload, versions);
}

/** The same with a request that may break its schema, as a lenient station lets it through. */
export async function obeyAnything<A extends Action>(
  action: A,
  command: Command,
  station: Charger,
  request: Payload,
  versions: readonly Version[] = VERSIONS,
): Promise<Obeyed<A>> {
  const answer = await command(station, request);
  const [payload, after] = answer instanceof Answer
    ? [answer.payload, answer.after]
    : [answer, () => {}];
  assertValid(action, "response", payload, versions);
  return { payload: payload as ResponseOf<"2.1", A>, after };
}

/** The reason that an answer gives, if it gives one. */
export function reasonOf(payload: object): string | undefined {
  return (payload as { statusInfo?: { reasonCode: string } }).statusInfo?.reasonCode;
}

/** The defaults, with what is given in their place. */
export function settings(given: ConstructorParameters<typeof Settings>[1] = {}): Settings {
  return new Settings({ settingChanged() {}, settingRefusal: () => null }, given);
}
