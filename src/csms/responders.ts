import type { Payload, PayloadsOf, VersionId } from "../ocpp/mod.ts";
import type { Behaviour } from "./behaviour.ts";
import { responders16 } from "./responders_v16.ts";
import { responders201, responders21 } from "./responders_v2.ts";

/** What an answer may depend on beside its request. */
export interface Facts {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly boot: Behaviour["boot"];
  /** What the answer to a BootNotification names as interval, in seconds. */
  readonly bootIntervalSeconds: number;
  /** A number that no transaction had before. */
  newTransactionId(): number;
}

/** What is answered to actions of a version; `satisfies` checks each against its payload types. */
export type RespondersOf<V extends VersionId> = {
  readonly [Name in keyof PayloadsOf[V]]?: PayloadsOf[V][Name] extends
    { request: infer Request; response: infer Response }
    ? (request: Request, facts: Facts) => Response
    : never;
};

type Responder = (request: Payload, facts: Facts) => Payload;

// The payload types are forgotten here: the action is a string that came over the wire.
const RESPONDERS = {
  "1.6": responders16,
  "2.0.1": responders201,
  "2.1": responders21,
} as unknown as Readonly<Record<VersionId, Readonly<Record<string, Responder>>>>;

/** The actions that are answered, by version. A test holds them against what stations may send. */
export function answeredActions(version: VersionId): string[] {
  return Object.keys(RESPONDERS[version]);
}

/** The payload of a CALLRESULT; `null` for an action that no station sends. */
export function respond(
  version: VersionId,
  action: string,
  request: Payload,
  facts: Facts,
): Payload | null {
  const responders = RESPONDERS[version];
  return Object.hasOwn(responders, action) ? responders[action]!(request, facts) : null;
}
