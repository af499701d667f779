import { Alarm, type Clock } from "../clock/mod.ts";
import {
  type CallOptions,
  type CallOutcome,
  type CallProblem,
  type EndedCall,
  refused,
  type SendOutcome,
  strayAnswer,
} from "./call_outcome.ts";
import type { FrameFault } from "./faults.ts";
import type { AnswerFrame, Payload } from "./frames.ts";
import type { NewMessageId } from "./message_id.ts";
import { writeCall, writeSend } from "./write.ts";

/** What {@link Calls} needs from the rest of the program. No port may throw. */
export interface CallPorts {
  /** Hands a text to the connection. */
  send(text: string): SendOutcome;
  readonly clock: Pick<Clock, "monotonic" | "timer">;
  readonly newId: NewMessageId;
  /** Asked as each CALL is sent, since `MessageTimeout` of 2.x can change. Milliseconds. */
  callTimeoutMs(): number;
  /** Hears of answers that belong to no outstanding CALL. */
  report(problem: CallProblem): void;
  /** How many CALLs may wait behind the outstanding one. 100 unless given. */
  readonly queueLimit?: number;
}

/** A CALL from its acceptance to its outcome. */
interface Call {
  readonly id: string;
  readonly action: string;
  /** Written once, so that a resend is byte-identical. */
  readonly text: string;
  readonly options: CallOptions;
  readonly resolve: (outcome: CallOutcome) => void;
  /** It may go when its turn comes. */
  isReady: boolean;
  /** On the monotonic clock. */
  sentAt: number;
}

/** How many ended CALLs are remembered. More would only cost memory in 10,000 stations. */
const REMEMBERED = 4;

/**
 * The CALLs of one station: at most one is outstanding (1.6-J §4.1.1, 2.x part 4 §4.1.1), the others
 * wait in line. Knows no connection: its owner tells it when there is one, and hands in all answers.
 *
 * ```text
 *  call ─▶ waiting ──── its turn, and it is ready ────▶ outstanding ──▶ result, error, timeout
 *            │                                               │
 *            └──────────── disconnected, close ──────────────┴──────▶ lost
 * ```
 */
export class Calls {
  readonly #ports: CallPorts;
  #waiting: Call[] = [];
  /** Those that ended last; the oldest is at `#endedAt` once there are enough. */
  readonly #ended: EndedCall[] = [];
  #endedAt = 0;
  #outstanding: Call | null = null;
  /** The timeout of the outstanding CALL. */
  readonly #alarm: Alarm;
  /** `held`: connected, but only what has priority may go. */
  #state: "offline" | "held" | "open" | "closed" = "offline";

  constructor(ports: CallPorts) {
    this.#ports = ports;
    this.#alarm = new Alarm(ports.clock);
  }

  /** How many CALLs wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Sends a CALL when its turn comes, and resolves when it is over. Never rejects. */
  call(action: string, payload: Payload, options: CallOptions = {}): Promise<CallOutcome> {
    if (this.#state !== "held" && this.#state !== "open") {
      return Promise.resolve(refused("offline", action));
    }
    const isFirst = options.priority === "first";
    if (!isFirst && this.#waiting.length >= (this.#ports.queueLimit ?? 100)) {
      return Promise.resolve(refused("queue-full", action));
    }
    const id = options.id ?? this.#ports.newId();
    let text: string;
    try {
      text = writeCall(id, action, payload);
    } catch (thrown) {
      const message = `Cannot write ${action}: ${(thrown as Error).message}`;
      return Promise.resolve({ kind: "invalid", message });
    }
    return new Promise((resolve) => {
      const { ready } = options;
      const call = { id, action, text, options, resolve, isReady: ready === undefined, sentAt: 0 };
      void ready?.then((isReady) => this.#readied(call, isReady));
      const behind = isFirst ? this.#waiting.findIndex((other) => !hasPriority(other)) : -1;
      if (behind < 0) this.#waiting.push(call);
      else this.#waiting.splice(behind, 0, call);
      this.#pump();
    });
  }

  /**
   * Sends a SEND at once: nobody answers it, so it waits for no turn (2.1 part 4 §4.2.5).
   *
   * @throws {TypeError} when JSON cannot carry the payload
   */
  sendUnanswered(action: string, payload: Payload): SendOutcome {
    return this.#ports.send(writeSend(this.#ports.newId(), action, payload));
  }

  /**
   * Takes an answer. A fault is taken too: if it spoils the answer to the outstanding CALL, that CALL
   * is over; any other fault changes nothing here.
   */
  received(answer: AnswerFrame | FrameFault): void {
    if (answer.type === "fault") return this.#receivedFault(answer);
    const call = this.#outstanding;
    if (call === null || call.id !== answer.id || answer.type === "result-error") {
      const ended = [...this.#ended.slice(this.#endedAt), ...this.#ended.slice(0, this.#endedAt)];
      return this.#ports.report(strayAnswer(answer, ended));
    }
    const { type: kind, ...said } = answer;
    const latencyMs = this.#ports.clock.monotonic() - call.sentAt;
    this.#end(call, "answered", { kind, ...said, latencyMs } as CallOutcome);
  }

  /** There is a connection. With `held` only CALLs of priority `first` go, until {@link release}. */
  connected(gate: "open" | "held" = "open"): void {
    if (this.#state === "closed") return;
    this.#state = gate;
    this.#pump();
  }

  /** The CSMS has accepted the station: everything may go. */
  release(): void {
    if (this.#state === "held") this.connected("open");
  }

  /** The CSMS accepts the station no more: what waits without priority is lost, and later CALLs wait. */
  hold(reason: string): void {
    if (this.#state === "open") this.#state = "held";
    const lost = this.#waiting.filter((call) => !hasPriority(call));
    this.#waiting = this.#waiting.filter(hasPriority);
    for (const { id, action, resolve } of lost) {
      resolve({ kind: "lost", id, message: `${action} was not sent: ${reason}` });
    }
  }

  /** The connection is gone, and with it every CALL. */
  disconnected(reason: string): void {
    if (this.#state !== "closed") this.#interrupt("offline", reason);
  }

  /** The end: every CALL is lost, and later ones are refused. */
  close(reason: string): void {
    this.#interrupt("closed", reason);
  }

  #pump(): void {
    while (this.#outstanding === null) {
      const next = this.#waiting[0];
      if (next === undefined || !next.isReady) return;
      if (this.#state !== "open" && !(this.#state === "held" && hasPriority(next))) return;
      this.#waiting.shift();
      this.#transmit(next);
    }
  }

  #transmit(call: Call): void {
    this.#outstanding = call;
    const status = this.#ports.send(call.text);
    if (this.#outstanding !== call) return; // it ended, or the connection did, during `send`
    if (status === "sent" || status === "queued") {
      const timeoutMs = call.options.timeoutMs ?? this.#ports.callTimeoutMs();
      call.sentAt = this.#alarm.set(timeoutMs, () => this.#timedOut(call, timeoutMs));
      return;
    }
    this.#outstanding = null;
    call.resolve(refused(status, call.action));
  }

  #readied(call: Call, isReady: boolean): void {
    if (!this.#waiting.includes(call)) return;
    call.isReady = isReady;
    if (!isReady) {
      this.#waiting = this.#waiting.filter((other) => other !== call);
      call.resolve(refused("not-ready", call.action));
    }
    this.#pump();
  }

  #timedOut(call: Call, timeoutMs: number): void {
    const message = `No answer to ${call.action} within ${timeoutMs} ms`;
    this.#end(call, "timed-out", { kind: "timeout", id: call.id, message });
  }

  /** Ends the outstanding CALL and lets the next one go. */
  #end(call: Call, how: EndedCall["how"], outcome: CallOutcome): void {
    this.#alarm.unset();
    this.#outstanding = null;
    this.#remember(call, how);
    if (call.options.thenHold === true && this.#state === "open") this.#state = "held";
    call.resolve(outcome);
    this.#pump();
  }

  #receivedFault({ frame, of, id, message }: FrameFault): void {
    if (of !== "result" && of !== "error" && of !== "result-error") return;
    if (frame !== null) return this.received(frame as AnswerFrame);
    const call = this.#outstanding;
    if (call !== null && call.id === id && of !== "result-error") {
      this.#end(call, "answered", { kind: "invalid", message });
    }
  }

  #interrupt(state: "offline" | "closed", reason: string): void {
    this.#state = state;
    this.#alarm.stop();
    const outstanding = this.#outstanding;
    const calls = outstanding === null ? this.#waiting : [outstanding, ...this.#waiting];
    this.#outstanding = null;
    this.#waiting = [];
    for (const call of calls) {
      if (call === outstanding) this.#remember(call, "lost");
      const missed = call === outstanding ? "answered" : "sent";
      const message = `${call.action} was not ${missed} before the connection ended: ${reason}`;
      call.resolve({ kind: "lost", id: call.id, message });
    }
  }

  #remember({ id, action }: Call, how: EndedCall["how"]): void {
    this.#ended[this.#endedAt] = { id, action, how };
    this.#endedAt = (this.#endedAt + 1) % REMEMBERED;
  }
}

function hasPriority(call: Call): boolean {
  return call.options.priority === "first";
}
