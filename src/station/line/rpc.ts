import type { Clock } from "../../clock/mod.ts";
import type { Connection } from "../../connection/mod.ts";
import type { Log } from "../../log/mod.ts";
import {
  type CallFrame,
  type CallOptions,
  type CallOutcome,
  type CallPorts,
  type CallProblem,
  Calls,
  checkCall,
  checkResult,
  IncomingCalls,
  type IncomingPorts,
  type NewMessageId,
  type OcppVersion,
  parseFrame,
  type Payload,
  type SendOutcome,
} from "../../ocpp/mod.ts";

/** What {@link Rpc} needs. */
export interface RpcOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewMessageId;
  /** Asked as each CALL is sent. Milliseconds. */
  callTimeoutMs(): number;
  /** `strict`: violations by the CSMS are answered with CALLERROR; `lenient`: reported only. */
  readonly strictness: "strict" | "lenient";
  /** The text that answers a checked CALL of the CSMS; `null`: silence. */
  answer(version: OcppVersion, call: CallFrame): string | null | Promise<string | null>;
  /** It is on its way. */
  answered(): void;
}

/**
 * CALLs and their answers between one station and its CSMS, checked in both directions by the version
 * that the current connection speaks.
 */
export class Rpc implements CallPorts, IncomingPorts {
  readonly #options: RpcOptions;
  readonly #calls: Calls;
  #connection: Connection | null = null;
  #version: OcppVersion | null = null;
  /** Made for the first CALL of the CSMS on a connection. */
  #incoming: IncomingCalls | null = null;

  constructor(options: RpcOptions) {
    this.#options = options;
    this.#calls = new Calls(this);
  }

  /** The OCPP version of the connection, as a text; empty: there is none. */
  get version(): string {
    return this.#version?.id ?? "";
  }

  /** There is a connection, and it speaks `version`. Until it is accepted only the boot may go. */
  connected(connection: Connection, version: OcppVersion, accepted: boolean): void {
    this.#connection = connection;
    this.#version = version;
    this.#calls.connected(accepted ? "open" : "held");
  }

  /** The CSMS has accepted the station. */
  release(): void {
    this.#calls.release();
  }

  /** The CSMS accepts the station no more. */
  hold(reason: string): void {
    this.#calls.hold(reason);
  }

  disconnected(reason: string): void {
    this.#incoming?.close();
    this.#incoming = this.#version = this.#connection = null;
    this.#calls.disconnected(reason);
  }

  /** Sends a CALL whose payload is right, and answers with a result that is. Never rejects. */
  async call(action: string, payload: Payload, options?: CallOptions): Promise<CallOutcome> {
    const version = this.#version;
    if (version === null) return this.#calls.call(action, payload, options);
    const definition = version.actions.get(action);
    const wrong = definition?.request(payload)[0];
    if (definition === undefined || wrong !== undefined) {
      const what = wrong === undefined
        ? `OCPP ${version.id} has no such action`
        : `${wrong.path}: ${wrong.message}`;
      return { kind: "invalid", message: `Cannot send ${action}: ${what}` };
    }
    if (definition.messageType === "send") return this.#tell(action, payload);
    const outcome = await this.#calls.call(action, payload, options);
    if ("latencyMs" in outcome) this.#connection?.noteLatency(outcome.latencyMs);
    if (outcome.kind !== "result") return outcome;
    const fault = checkResult(version, definition, outcome);
    if (fault === null) return outcome;
    this.#report(fault.message, { rule: fault.rule });
    if (this.#isLenient) return outcome;
    if (fault.answer !== null) this.send(fault.answer);
    return { kind: "invalid", message: fault.message };
  }

  /** A SEND: nobody answers it, so it is over once it is on its way (2.1 part 4 §4.2.5). */
  #tell(action: string, payload: Payload): CallOutcome {
    const reason = this.#calls.sendUnanswered(action, payload);
    return reason === "sent" || reason === "queued"
      ? { kind: "result", id: "", payload: {}, latencyMs: 0 }
      : { kind: "refused", reason, message: `Cannot send ${action}: the connection is ${reason}` };
  }

  /** Takes a text from the CSMS. `true`: it is a proper frame. */
  received(text: string): boolean {
    const version = this.#version;
    if (version === null) return false;
    const frame = parseFrame(text, version);
    switch (frame.type) {
      case "call":
        this.#takeCall(version, frame);
        return true;
      case "send": {
        // No action that a CSMS may send is a SEND; it is never answered, whatever it is.
        const fault = checkCall(version, frame, "csms");
        if (fault !== null) this.#report(fault.message, { rule: fault.rule });
        return true;
      }
      case "result":
      case "error":
      case "result-error":
        this.#calls.received(frame);
        return true;
      case "fault":
        this.#report(frame.message, { rule: frame.rule });
        this.#calls.received(frame);
        if (this.#isLenient && frame.frame?.type === "call") this.#takeCall(version, frame.frame);
        else if (frame.answer !== null) this.send(frame.answer);
        return false;
      default:
        return frame satisfies never;
    }
  }

  #takeCall(version: OcppVersion, call: CallFrame): void {
    const fault = checkCall(version, call, "csms");
    if (fault === null) return this.#incomingOf(version).received(call);
    this.#report(fault.message, { rule: fault.rule });
    // What is merely wrong in its payload can be tried; an action that does not exist cannot.
    if (this.#isLenient && fault.violations.length > 0) this.#incomingOf(version).received(call);
    else if (fault.answer !== null) this.send(fault.answer);
  }

  #incomingOf(version: OcppVersion): IncomingCalls {
    return this.#incoming ??= new IncomingCalls(version, this);
  }

  get #isLenient(): boolean {
    return this.#options.strictness === "lenient";
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  newId(): string {
    return this.#options.newId();
  }

  callTimeoutMs(): number {
    return this.#options.callTimeoutMs();
  }

  send(text: string): SendOutcome {
    return this.#connection?.send(text) ?? "offline";
  }

  answer(call: CallFrame): string | null | Promise<string | null> {
    return this.#version === null ? null : this.#options.answer(this.#version, call);
  }

  answered(): void {
    this.#options.answered();
  }

  /** Odd, and not always the CSMS's fault: an answer to a raw frame of the user is odd too. */
  report({ kind: problem, message }: CallProblem): void {
    if (BREACHES.includes(problem)) this.#report(message, { problem });
    else this.#options.log.warn(message, { problem });
  }

  #report(message: string, fields: Record<string, string>): void {
    this.#options.log.warn(`The CSMS breaks a rule: ${message}`, fields);
  }
}

/** What no rule-abiding CSMS does. */
const BREACHES: readonly CallProblem["kind"][] = [
  "duplicate-answer",
  "overlapping-call",
  "too-many-calls",
];
