import type { CallOutcome, Payload } from "../../ocpp/mod.ts";
import type { Said } from "../spoken.ts";

/** What became of a CALL, in the words of the domain. */
export function said<Answer>(
  action: string,
  outcome: CallOutcome,
  read: (result: Payload) => Answer,
): Said<Answer> {
  switch (outcome.kind) {
    case "result":
      return { kind: "answered", action, payload: outcome.payload, answer: read(outcome.payload) };
    case "error": {
      const { code, description, details } = outcome;
      return { kind: "error", action, code, description, details };
    }
    case "timeout":
    case "invalid":
      return { kind: outcome.kind, message: outcome.message };
    case "lost":
    case "refused":
      return { kind: "offline", message: outcome.message };
    default:
      return outcome satisfies never;
  }
}

/** Why the CSMS did not hear, or do, what was said; for a log line. */
export function failure(said: Exclude<Said<unknown>, { kind: "answered" }>): string {
  if ("message" in said) return said.message;
  if (said.kind === "error") return `${said.code} ${said.description}`.trim();
  return "this OCPP version has no words for it";
}
