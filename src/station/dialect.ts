import type { ErrorKind, Payload, PayloadsOf, VersionId } from "../ocpp/mod.ts";
import type { Charger } from "./charger.ts";
import type { Kind, Spoken } from "./spoken.ts";
import type { SpokenBeyond } from "./spoken_beyond.ts";

/** How a version says one thing of the domain, and how it reads what the CSMS answers. Pure. */
export interface Outgoing<Event, Answer> {
  readonly action: string;
  /** `null`: this version has nothing to say then. Never throws. */
  request(event: Event): Payload | null;
  /** Reads a CALLRESULT that fits its schema. With a lenient station it may not: never throws. */
  answer(result: Payload): Answer;
}

/** Everything a station says, as one version says it: the first of a line that has a request speaks. */
export type Messages =
  & { readonly [K in Exclude<Kind, keyof SpokenBeyond>]: Line<K> }
  & { readonly [K in keyof SpokenBeyond]?: Line<K> };

/** The messages that a thing may be said with. */
type Line<K extends Kind> = readonly Outgoing<Spoken[K]["event"], Spoken[K]["answer"]>[];

/** What a station does when its CSMS calls, and what it answers. */
export type Command<Request = Payload, Response = Payload> = (
  station: Charger,
  request: Request,
) => Response | Answer<Response> | Promise<Response | Answer<Response>>;

/** An answer with something to do once it is on its way: a reset, a message that was triggered. */
export class Answer<Response> {
  readonly payload: Response;
  readonly after: () => void;

  constructor(payload: Response, after: () => void) {
    this.payload = payload;
    this.after = after;
  }
}

/** Thrown by a {@link Command} that answers with a CALLERROR. */
export class CallRefused extends Error {
  override readonly name = "CallRefused";
  readonly kind: ErrorKind;

  /** @param description goes to the CSMS */
  constructor(kind: ErrorKind, description: string) {
    super(description);
    this.kind = kind;
  }
}

/** One line of a station's configuration. */
export interface ConfigurationEntry {
  readonly key: string;
  readonly value: string | null;
  readonly readonly: boolean;
}

/** What a station does of what a tester makes it say by hand, once that is said. */
export type Heeded<Request = Payload> = (station: Charger, request: Request) => void;

/** One OCPP version as a station speaks it: what it says, and what it does when it is called. */
export interface Dialect {
  readonly messages: Messages;
  /** By action. One that is not here is answered with NotSupported. */
  readonly commands: Readonly<Record<string, Command>>;
  /** By action: what a tester makes the station say and then is so; absent: nothing. */
  readonly heeds?: Readonly<Record<string, Heeded>>;
  /** The station's configuration as this version knows it. Secrets have no value. */
  configuration(station: Charger): readonly ConfigurationEntry[];
  /** Whether a CALL of the CSMS is answered while the boot is rejected, or met with silence. */
  readonly answersWhileRejected: boolean;
  /** Whether every status is told again after more than OfflineThreshold without a connection. */
  readonly tellsAllAfterOffline: boolean;
}

/** The names of the actions of a version. */
export type ActionOf<Version extends VersionId> = keyof PayloadsOf[Version] & string;
type Part<Version extends VersionId, Action extends ActionOf<Version>, What extends string> =
  PayloadsOf[Version][Action] extends Record<What, infer Found> ? Found : never;
export type RequestOf<V extends VersionId, A extends ActionOf<V>> = Part<V, A, "request">;
export type ResponseOf<V extends VersionId, A extends ActionOf<V>> = Part<V, A, "response">;

/** Checks an {@link Outgoing} against the payloads of its version, and forgets their names. */
export function says<V extends VersionId, A extends ActionOf<V>, Event, Answer>(
  message: {
    readonly action: A;
    request(event: Event): RequestOf<V, A> | null;
    answer(result: ResponseOf<V, A>): Answer;
  },
): Outgoing<Event, Answer> {
  return message as unknown as Outgoing<Event, Answer>;
}

/** Checks a {@link Command} against the payloads of its version, and forgets their names. */
export function obeys<V extends VersionId, A extends ActionOf<V>>(
  command: Command<RequestOf<V, A>, ResponseOf<V, A>>,
): Command {
  return command as unknown as Command;
}

/** Checks a {@link Heeded} against the requests of its version, and forgets their names. */
export function heeds<V extends VersionId, A extends ActionOf<V>>(
  heeded: Heeded<RequestOf<V, A>>,
): Heeded {
  return heeded as unknown as Heeded;
}
