import type { FaultKind } from "./faults.ts";
import type { FrameRules } from "./frame_rules.ts";
import type { CallFrame, Frame, Payload, SendFrame } from "./frames.ts";
import { isLongId, MAX_ID_LENGTH } from "./message_id.ts";
import type { ErrorKind } from "./version.ts";
import { describe } from "./words.ts";

/** What is wrong with the shape of a frame, and what can be made out in spite of it. */
export interface Flaw {
  readonly type: "flaw";
  readonly kind: FaultKind;
  readonly error: ErrorKind;
  readonly message: string;
  readonly frame: Frame | null;
}

type Reader = (
  type: Frame["type"],
  id: string,
  parts: readonly unknown[],
  rules: FrameRules,
) => Frame | Flaw;

/** How the elements of each type of frame are read, once its type and id are known. */
export const READERS: Readonly<Record<Frame["type"], Reader>> = {
  call: readCall,
  send: readCall,
  result: readResult,
  error: readError,
  "result-error": readError,
};

function readCall(
  type: Frame["type"],
  id: string,
  parts: readonly unknown[],
  rules: FrameRules,
): Frame | Flaw {
  const [, , action, payload] = parts;
  const body = bodyOf(payload);
  const frame = typeof action === "string" && body !== null
    ? { type, id, action, payload: body } as CallFrame | SendFrame
    : null;
  const flaw = (kind: FaultKind, error: ErrorKind, message: string): Flaw => (
    { type: "flaw", kind, error, message, frame }
  );
  if (isLongId(id)) {
    return flaw("id-length", rules.shape, `its id is longer than ${MAX_ID_LENGTH} characters`);
  }
  if (parts.length !== 4) {
    return flaw("arity", rules.shape, `it must have 4 elements, found ${parts.length}`);
  }
  if (typeof action !== "string") {
    return flaw("action", rules.shape, `its action must be a string, found ${describe(action)}`);
  }
  if (frame === null || (payload === null && !rules.nullPayload)) {
    return flaw("payload", "FormatViolation", mustBeObject("payload", payload));
  }
  return frame;
}

function readResult(
  _type: Frame["type"],
  id: string,
  parts: readonly unknown[],
  rules: FrameRules,
): Frame | Flaw {
  const payload = parts[2];
  const body = bodyOf(payload);
  const frame: Frame | null = body === null ? null : { type: "result", id, payload: body };
  if (parts.length !== 3) {
    const message = `it must have 3 elements, found ${parts.length}`;
    return { type: "flaw", kind: "arity", error: rules.shape, message, frame };
  }
  if (frame === null || (payload === null && !rules.nullPayload)) {
    const message = mustBeObject("payload", payload);
    return { type: "flaw", kind: "payload", error: "FormatViolation", message, frame };
  }
  return frame;
}

/**
 * Real CSMSs leave description and details out, or null, and mean `""` and `{}`. Refusing that would
 * help nobody: this frame is never answered, and the CALL that it ends is over either way.
 */
function readError(
  type: Frame["type"],
  id: string,
  parts: readonly unknown[],
  rules: FrameRules,
): Frame | Flaw {
  const [, , code, description, details] = parts;
  const frame = typeof code !== "string" ? null : {
    type,
    id,
    code,
    description: typeof description === "string" ? description : "",
    details: bodyOf(details) ?? {},
  } as Frame;
  const flaw = (kind: FaultKind, message: string): Flaw => (
    { type: "flaw", kind, error: rules.shape, message, frame }
  );
  if (parts.length > 5) return flaw("arity", `it must have 5 elements, found ${parts.length}`);
  if (frame === null) {
    return flaw("error-fields", `its error code must be a string, found ${describe(code)}`);
  }
  if (typeof (description ?? "") !== "string") {
    const found = describe(description);
    return flaw("error-fields", `its error description must be a string, found ${found}`);
  }
  if (bodyOf(details) === null) return flaw("error-fields", mustBeObject("error details", details));
  return frame;
}

/** `{}` stands for what is absent or null; `null` means that it is neither that nor an object. */
function bodyOf(value: unknown): Payload | null {
  if (value === undefined || value === null) return {};
  return typeof value === "object" && !Array.isArray(value) ? value as Payload : null;
}

function mustBeObject(what: string, value: unknown): string {
  return `its ${what} must be an object, found ${describe(value)}`;
}
