import { FRAME_RULES } from "./frame_rules.ts";
import type { CallFrame, ResultFrame, SendFrame } from "./frames.ts";
import type { Action, ErrorKind, OcppVersion, Violation } from "./version.ts";
import { writeError, writeResultError } from "./write.ts";
import { quote } from "./words.ts";

/** Why a frame of the right shape cannot be taken as it is. */
export interface ContentFault {
  readonly kind: ErrorKind;
  /** One sentence for a person. */
  readonly message: string;
  /** The rule that it breaks, like `OCPP 1.6 schema of Reset.req`. */
  readonly rule: string;
  /** What is wrong with the payload. Empty: there is no such action here, not even for the lenient. */
  readonly violations: readonly Violation[];
  /** The text to send back; `null`: it must not be answered. */
  readonly answer: string | null;
}

/**
 * Looks at a CALL or SEND that came from `sender`; `null` means that it is fine. The payload is checked
 * before it is asked whether the action may come from there, so a broken payload is called that.
 */
export function checkCall(
  version: OcppVersion,
  frame: CallFrame | SendFrame,
  sender: "station" | "csms",
): ContentFault | null {
  const refuse = (kind: ErrorKind, problem: string, violations: readonly Violation[] = []) => {
    const { id, type } = frame;
    const answer = type === "call" ? writeError(version, id, kind, problem) : null;
    const rule = violations.length > 0
      ? schemaRule(version, frame.action, "request")
      : `OCPP ${version.id} messages of ${sender === "csms" ? "a CSMS" : "a charging station"}`;
    const message = `Cannot accept ${type === "call" ? "CALL" : "SEND"} ${quote(id)}: ${problem}`;
    return { kind, message, rule, violations, answer };
  };
  const action = version.actions.get(frame.action);
  if (action === undefined) {
    return refuse("NotImplemented", `OCPP ${version.id} has no action ${quote(frame.action)}`);
  }
  const violations = action.request(frame.payload);
  if (violations[0] !== undefined) {
    return refuse(violations[0].kind, summary(action.name, violations), violations);
  }
  if (action.messageType !== frame.type) {
    const right = action.messageType.toUpperCase();
    return refuse("NotSupported", `${action.name} is sent as ${right} in OCPP ${version.id}`);
  }
  if (action.from !== "both" && action.from !== sender) {
    const right = action.from === "csms" ? "the CSMS" : "a charging station";
    return refuse("NotSupported", `${action.name} is sent by ${right} only`);
  }
  return null;
}

/** Looks at the answer to a CALL of `action`; `null` means that it is fine. Answered in 2.1 only. */
export function checkResult(
  version: OcppVersion,
  action: Action,
  { id, payload }: Pick<ResultFrame, "id" | "payload">,
): ContentFault | null {
  const violations = action.response(payload);
  const kind = violations[0]?.kind;
  if (kind === undefined) return null;
  const problem = summary(action.name, violations);
  const answer = FRAME_RULES[version.id].answersResults
    ? writeResultError(version, id, kind, problem)
    : null;
  const message = `Cannot accept CALLRESULT ${quote(id)}: ${problem}`;
  return { kind, message, rule: schemaRule(version, action.name, "response"), violations, answer };
}

/** Cites a schema by the name that the version gives it. */
function schemaRule({ id }: OcppVersion, action: string, role: "request" | "response"): string {
  const suffix = id === "1.6"
    ? { request: ".req", response: ".conf" }
    : { request: "Request", response: "Response" };
  return `OCPP ${id} schema of ${action}${suffix[role]}`;
}

/** The first violation, which decides the error code, and how many there are beside it. */
function summary(action: string, violations: readonly Violation[]): string {
  const [first, ...rest] = violations;
  const path = first?.path ? `${action}.${first.path}` : action;
  const others = rest.length === 0 ? "" : ` (and ${rest.length} more)`;
  return `${path}: ${first?.message}${others}`;
}
