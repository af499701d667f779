import type { AnswerFrame, Payload } from "./frames.ts";
import { quote } from "./words.ts";

/** What the connection made of a text. `full`: too many wait already. */
export type SendOutcome = "sent" | "queued" | "full" | "offline";

/** What became of a CALL. Everything is an ordinary end; `message` is one sentence for a person. */
export type CallOutcome =
  | {
    /** The CALLRESULT, its payload not checked yet: see `checkResult`. */
    readonly kind: "result";
    readonly id: string;
    readonly payload: Payload;
    readonly latencyMs: number;
  }
  | {
    /** The CALLERROR, its code as the other side spelled it. */
    readonly kind: "error";
    readonly id: string;
    readonly code: string;
    readonly description: string;
    readonly details: Payload;
    readonly latencyMs: number;
  }
  /** No answer in time. The id serves for a resend. */
  | { readonly kind: "timeout"; readonly id: string; readonly message: string }
  /** The connection ended first, or these calls were closed. */
  | { readonly kind: "lost"; readonly id: string; readonly message: string }
  /** It was not sent and will not be. */
  | { readonly kind: "refused"; readonly reason: Refusal; readonly message: string }
  /** The payload cannot be written, or the answer cannot be read. */
  | { readonly kind: "invalid"; readonly message: string };

/**
 * `full`: the socket takes no more. `queue-full`: too many CALLs wait for their turn. `not-ready`: what
 * it relies on did not come about.
 */
export type Refusal = "offline" | "full" | "queue-full" | "not-ready";

/** How a CALL is to be treated. */
export interface CallOptions {
  /** It takes its place in the line, and goes once this is `true`; with `false` it is refused. */
  readonly ready?: Promise<boolean>;
  /** `first` goes before all that is not, even before acceptance and past the queue's limit. */
  readonly priority?: "first";
  /** Its answer may close the gate: once it is over only what has priority goes, until `release`. */
  readonly thenHold?: true;
  /** Instead of the station's own. */
  readonly timeoutMs?: number;
  /** The id of an earlier try, or one that a test wants. */
  readonly id?: string;
}

/** Something odd in the traffic of CALLs and answers. Nobody has to do anything about it. */
export interface CallProblem {
  readonly kind:
    | "late-answer" // the CALL timed out or its connection was lost
    | "duplicate-answer" // the CALL was answered before
    | "unknown-answer" // no CALL of ours has this id, as far as we remember
    | "unreadable-frame" // the other side could not read a frame of ours
    | "rejected-result" // the other side refuses a CALLRESULT of ours (2.1)
    | "overlapping-call" // it did not wait for our answer to its last CALL
    | "too-many-calls" // so many CALLs wait for our answers that we refuse one
    | "failed-answer" // our own code failed to answer
    | "unsent-answer"; // the socket's queue had no room for our answer
  readonly id: string;
  /** One sentence for a person. */
  readonly message: string;
}

/** A CALL that is over, remembered for a while to make sense of answers that come after its end. */
export interface EndedCall {
  readonly id: string;
  readonly action: string;
  readonly how: "answered" | "timed-out" | "lost";
}

const LATE = {
  answered: { kind: "duplicate-answer", after: "had been answered" },
  "timed-out": { kind: "late-answer", after: "had timed out" },
  lost: { kind: "late-answer", after: "had been given up with its connection" },
} as const satisfies Record<EndedCall["how"], { kind: CallProblem["kind"]; after: string }>;

const REFUSALS = {
  offline: "there is no connection",
  full: "the connection takes no more, too much waits to be written",
  "queue-full": "too many CALLs wait for their turn",
  "not-ready": "what must survive a crash cannot be written to the disk",
} as const satisfies Record<Refusal, string>;

/** The outcome of a CALL that was not sent. */
export function refused(reason: Refusal, action: string): CallOutcome {
  return { kind: "refused", reason, message: `Cannot send ${action}: ${REFUSALS[reason]}` };
}

/** What an answer is that belongs to no outstanding CALL. */
export function strayAnswer(answer: AnswerFrame, ended: readonly EndedCall[]): CallProblem {
  const { type, id } = answer;
  if (type === "result-error") {
    const message = `CALLRESULT ${quote(id)} was refused: ${answer.code} ${
      quote(answer.description)
    }`;
    return { kind: "rejected-result", id, message };
  }
  if (type === "error" && id === "-1") {
    const message = `A frame could not be read over there: ${answer.code} ${
      quote(answer.description)
    }`;
    return { kind: "unreadable-frame", id, message };
  }
  const name = type === "result" ? "CALLRESULT" : "CALLERROR";
  const call = ended.findLast((call) => call.id === id);
  if (call === undefined) {
    const message = `${name} ${quote(id)} answers no CALL that is waiting for an answer`;
    return { kind: "unknown-answer", id, message };
  }
  const { kind, after } = LATE[call.how];
  return { kind, id, message: `${name} ${quote(id)} came after the ${call.action} ${after}` };
}
