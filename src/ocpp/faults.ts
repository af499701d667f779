import { FRAME_RULES, type FrameRules } from "./frame_rules.ts";
import type { Frame } from "./frames.ts";
import type { ErrorKind, OcppVersion } from "./version.ts";
import { writeError, writeResultError } from "./write.ts";
import { quote } from "./words.ts";

/** What is wrong with a frame, for code. */
export type FaultKind =
  | "depth" // nested so deep that nobody should parse it
  | "json" // not JSON
  | "array" // JSON, but not an array
  | "message-type" // no number, or none of this version's
  | "id" // cannot be read
  | "id-length" // readable, but longer than allowed
  | "arity" // too few or too many elements
  | "action" // not a string
  | "payload" // not an object
  | "error-fields"; // code, description or details of an error

/** A text that is not a proper frame: what is wrong, and whether and how to answer. */
export interface FrameFault {
  readonly type: "fault";
  readonly kind: FaultKind;
  /** One sentence for a person. */
  readonly message: string;
  /** The rule that it breaks, like `OCPP 2.1 part 4 §4.2.1`. */
  readonly rule: string;
  /** What it was meant to be; `null` when its type cannot be told. */
  readonly of: Frame["type"] | null;
  /** `null` when it cannot be read. */
  readonly id: string | null;
  /** The text to send back; `null`: it must not be answered. */
  readonly answer: string | null;
  /**
   * What can be made out in spite of it. An answer is worth taking in any case (hand the fault to
   * `Calls.received`), a CALL or SEND only by a lenient station, which then does not send `answer`.
   */
  readonly frame: Frame | null;
}

/** The facts from which {@link makeFault} makes a fault. */
export interface FaultFacts {
  readonly kind: FaultKind;
  readonly of: Frame["type"] | null;
  readonly id: string | null;
  /** What to answer if it may be answered at all. */
  readonly error: ErrorKind | null;
  /** Begins with "it" or "its". */
  readonly message: string;
  readonly frame: Frame | null;
}

/** The id of an answer to something whose id cannot be read (2.x part 4 §4.2.3). */
const UNREADABLE_ID = "-1";

/** What the specifications call each type of frame, and their section on it. */
const TYPES = {
  call: { name: "CALL", section: "§4.2.1" },
  result: { name: "CALLRESULT", section: "§4.2.2" },
  error: { name: "CALLERROR", section: "§4.2.3" },
  "result-error": { name: "CALLRESULTERROR", section: "§4.2.4" },
  send: { name: "SEND", section: "§4.2.5" },
} as const satisfies Record<Frame["type"], { name: string; section: string }>;

/** The sections on what all types have in common. */
const SECTIONS: Partial<Record<FaultKind, string>> = {
  json: "§4.1.2",
  "message-type": "§4.1.3",
  id: "§4.1.4",
  "id-length": "§4.1.4",
};

/** Puts a fault together: the sentence, the rule and the answer. */
export function makeFault(version: OcppVersion, facts: FaultFacts): FrameFault {
  const { kind, of, id, frame } = facts;
  const rules = FRAME_RULES[version.id];
  const what = of === null ? "frame" : TYPES[of].name;
  const message = `Cannot read ${what}${id === null ? "" : ` ${quote(id)}`}: ${facts.message}`;
  const section = SECTIONS[kind] ?? (of === null ? "§4.2" : TYPES[of].section);
  const rule = kind === "depth" ? "RFC 8259 §9" : `${rules.document} ${section}`;
  const answer = answerTo(version, rules, facts, message);
  return { type: "fault", kind, message, rule, of, id, answer, frame };
}

/** Only what is, or may be, a CALL is answered; in 2.1 a CALLRESULT too. Never an answer's answer. */
function answerTo(
  version: OcppVersion,
  rules: FrameRules,
  { of, id, error }: FaultFacts,
  message: string,
): string | null {
  if (error === null) return null;
  if (of === null || of === "call") return writeError(version, id ?? UNREADABLE_ID, error, message);
  if (of === "result" && rules.answersResults && id !== null) {
    return writeResultError(version, id, error, message);
  }
  return null;
}
