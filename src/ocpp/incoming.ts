import { describeError } from "../log/mod.ts";
import type { CallProblem, SendOutcome } from "./call_outcome.ts";
import type { CallFrame } from "./frames.ts";
import type { OcppVersion } from "./version.ts";
import { writeError } from "./write.ts";
import { quote } from "./words.ts";

/** What {@link IncomingCalls} needs from the rest of the program. */
export interface IncomingPorts {
  /**
   * The text of the answer, at once where nothing has to be waited for; `null` when the CALL is to stay
   * without one.
   */
  answer(call: CallFrame): string | null | Promise<string | null>;
  /** The answer is on its way, or there is none: what follows from the CALL may begin. */
  answered?(call: CallFrame): void;
  /** Hands a text to the connection. */
  send(text: string): SendOutcome;
  /** Hears of CALLs that overlap, and of answers that failed. */
  report(problem: CallProblem): void;
}

/** How many CALLs may wait for their answers. An honest CSMS never has more than one. */
const WAITING_LIMIT = 100;

/**
 * The CALLs that come in over one connection, answered one after the other in the order in which
 * they came. Lives as long as its connection: an answer never goes out over another one.
 */
export class IncomingCalls {
  readonly #version: OcppVersion;
  readonly #ports: IncomingPorts;
  #waiting: CallFrame[] = [];
  #answering: CallFrame | null = null;
  #closed = false;

  constructor(version: OcppVersion, ports: IncomingPorts) {
    this.#version = version;
    this.#ports = ports;
  }

  /** Takes a CALL. It is answered when those before it are. */
  received(call: CallFrame): void {
    if (this.#closed) return;
    const before = this.#answering;
    if (before === null) return this.#answer(call);
    const name = `CALL ${quote(call.id)} of ${quote(call.action)}`;
    if (this.#waiting.length >= WAITING_LIMIT) {
      const problem = `${WAITING_LIMIT} others wait for their answers`;
      this.#report("too-many-calls", call, `Cannot take ${name}: ${problem}`);
      this.#ports.send(writeError(this.#version, call.id, "GenericError", problem));
      return;
    }
    const message = `${name} came before ${quote(before.id)} was answered, ` +
      "but only one may be outstanding (1.6-J §4.1.1, 2.x part 4 §4.1.1)";
    this.#report("overlapping-call", call, message);
    this.#waiting.push(call);
  }

  /** The connection is gone: what waits is forgotten, and an answer in the making is not sent. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  /** Most answers are there at once: a promise for each would cost more than the answer. */
  #answer(call: CallFrame): void {
    this.#answering = call;
    const answer = this.#answerTo(call);
    if (answer instanceof Promise) void answer.then((text) => this.#answered(call, text));
    else this.#answered(call, answer);
  }

  #answerTo(call: CallFrame): string | null | Promise<string | null> {
    try {
      const answer = this.#ports.answer(call);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((thrown) => this.#failed(call, thrown));
    } catch (thrown) {
      return this.#failed(call, thrown);
    }
  }

  #answered(call: CallFrame, text: string | null): void {
    if (!this.#closed) {
      if (text !== null && this.#ports.send(text) === "full") {
        const message = `Cannot answer CALL ${quote(call.id)}: the connection takes no more`;
        this.#report("unsent-answer", call, message);
      }
      this.#ports.answered?.(call);
    }
    this.#answering = null;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#answer(next);
  }

  #failed({ id, action }: CallFrame, thrown: unknown): string {
    const message = `Cannot answer CALL ${quote(id)} of ${quote(action)}: ${describeError(thrown)}`;
    this.#ports.report({ kind: "failed-answer", id, message });
    return writeError(this.#version, id, "InternalError");
  }

  #report(kind: CallProblem["kind"], { id }: CallFrame, message: string): void {
    this.#ports.report({ kind, id, message });
  }
}
