import type { Clock } from "../clock/mod.ts";
import {
  type CallFrame,
  type CallOutcome,
  Calls,
  checkCall,
  checkResult,
  type NewMessageId,
  type OcppVersion,
  parseFrame,
  type Payload,
  type SendFrame,
  writeError,
  writeResult,
} from "../ocpp/mod.ts";
import type { Behaviour } from "./behaviour.ts";
import { type Facts, respond } from "./responders.ts";
import type { ServerSocket } from "./server_socket.ts";

/** What all stations of a CSMS share. */
export interface Desk {
  readonly clock: Clock;
  readonly newId: NewMessageId;
  readonly bootIntervalSeconds: number;
  readonly callTimeoutMs: number;
  /** Whether payloads are held against the schemas of their version. */
  readonly validate: boolean;
  /** Aborted when the CSMS goes: answers that were to come late never do. */
  readonly ended: AbortSignal;
  behaviour(): Behaviour;
  newTransactionId(): number;
  /** A CALL or SEND that was accepted. */
  noted(station: ConnectedStation, frame: CallFrame | SendFrame): void;
  /** A station broke a rule. */
  violated(station: ConnectedStation, message: string): void;
}

const GARBAGE = '}{ "this is no OCPP';

/** One station on its connection: reads its frames, answers its calls, sends it ours. */
export class ConnectedStation {
  readonly id: string;
  readonly version: OcppVersion;
  /** BootNotifications and Heartbeats on this connection. */
  boots = 0;
  heartbeats = 0;

  readonly #socket: ServerSocket;
  readonly #desk: Desk;
  /** Most stations are never called, and 10,000 tables of nothing add up. */
  #calls: Calls | null = null;

  constructor(id: string, version: OcppVersion, socket: ServerSocket, desk: Desk) {
    this.id = id;
    this.version = version;
    this.#socket = socket;
    this.#desk = desk;
  }

  received(text: string): void {
    const frame = parseFrame(text, this.version);
    switch (frame.type) {
      case "fault":
        this.#desk.violated(this, frame.message);
        this.#calls?.received(frame);
        if (frame.answer !== null) this.#answer(frame.answer);
        return;
      case "call":
      case "send":
        return this.#asked(frame);
      default:
        if (this.#calls !== null) return this.#calls.received(frame);
        return this.#desk.violated(this, `Answer "${frame.id}" belongs to no CALL of the CSMS`);
    }
  }

  /** Asks the station to do something. Never rejects. */
  async call(action: string, payload: Payload): Promise<CallOutcome> {
    const outcome = await this.#callTable().call(action, payload);
    const known = this.version.actions.get(action);
    if (outcome.kind === "result" && known !== undefined && this.#desk.validate) {
      const fault = checkResult(this.version, known, outcome);
      if (fault !== null) {
        this.#desk.violated(this, fault.message);
        if (fault.answer !== null) this.send(fault.answer);
      }
    }
    return outcome;
  }

  /** Any text, valid or not. `false`: nobody hears it. */
  send(text: string): boolean {
    return this.#socket.send(text);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** The connection is gone. */
  gone(): void {
    this.#calls?.close("The station is gone");
  }

  #asked(frame: CallFrame | SendFrame): void {
    const fault = this.#desk.validate ? checkCall(this.version, frame, "station") : null;
    if (fault !== null) {
      this.#desk.violated(this, fault.message);
      if (fault.answer !== null) this.#answer(fault.answer);
      return;
    }
    this.#desk.noted(this, frame);
    if (frame.type === "call") this.#answer(this.#answerTo(frame));
  }

  #answerTo({ id, action, payload }: CallFrame): string {
    if (this.#desk.behaviour().answers === "error") {
      return writeError(this.version, id, "InternalError", "The CSMS was told to fail");
    }
    try {
      const answer = respond(this.version.id, action, payload, this.#facts());
      if (answer !== null) return writeResult(id, answer);
    } catch {
      // Without validation a payload may lack what its answer needs.
      return writeError(this.version, id, "FormatViolation", `Cannot answer this ${action}`);
    }
    return writeError(this.version, id, "NotImplemented", `No station sends ${action}`);
  }

  #facts(): Facts {
    const { clock, bootIntervalSeconds } = this.#desk;
    return {
      now: clock.now(),
      boot: this.#desk.behaviour().boot,
      bootIntervalSeconds,
      newTransactionId: () => this.#desk.newTransactionId(),
    };
  }

  #answer(text: string): void {
    const { answers, answerDelayMs } = this.#desk.behaviour();
    if (answers === "nothing") return;
    const said = answers === "garbage" ? GARBAGE : text;
    if (answerDelayMs > 0) void this.#answerLate(said, answerDelayMs);
    else this.send(said);
  }

  async #answerLate(text: string, delayMs: number): Promise<void> {
    await this.#desk.clock.sleep(delayMs, this.#desk.ended);
    if (!this.#desk.ended.aborted) this.send(text);
  }

  #callTable(): Calls {
    if (this.#calls !== null) return this.#calls;
    const { clock, newId, callTimeoutMs } = this.#desk;
    this.#calls = new Calls({
      send: (text) => this.send(text) ? "sent" : "offline",
      clock,
      newId,
      callTimeoutMs: () => callTimeoutMs,
      report: (problem) => {
        // That an answer was late is the network's fault, or that of our own patience.
        if (problem.kind !== "late-answer") this.#desk.violated(this, problem.message);
      },
    });
    this.#calls.connected();
    return this.#calls;
  }
}
