import type { CsmsSaid, Deed } from "./driver.ts";
import type { Said } from "./spoken.ts";
import type { Transaction } from "./transactions/transaction.ts";

/** What the CSMS said, as the API shows it; absent when it said nothing. */
export function csmsSaid(said: Said<unknown>): CsmsSaid | undefined {
  if (said.kind === "answered") return { action: said.action, payload: said.payload };
  if (said.kind !== "error") return undefined;
  const { action, code, description, details } = said;
  return { action, error: { code, description, details } };
}

/** Why something cannot be done. */
export function refused(reason: string, csms?: CsmsSaid): Deed {
  return csms === undefined ? { kind: "refused", reason } : { kind: "refused", reason, csms };
}

/** It was done, and that is all. */
export const DONE: Deed = { kind: "done" };

/** What became of a deed that the CSMS had to hear of. */
export function deedOf(said: Said<unknown>): Deed {
  switch (said.kind) {
    case "answered":
    case "error": {
      const csms = csmsSaid(said);
      return csms === undefined ? DONE : { kind: "done", csms };
    }
    case "timeout":
      return { kind: "timeout", message: said.message };
    case "offline":
      return { kind: "queued" };
    case "invalid":
      return refused(said.message);
    case "unsaid":
      return DONE;
    default:
      return said satisfies never;
  }
}

/** Says of which transaction it is, as the CSMS knows that by now. */
export function named(deed: Deed, transaction: Transaction | null): Deed {
  const isDone = deed.kind === "done" || deed.kind === "queued";
  return isDone && transaction !== null ? { ...deed, transactionId: transaction.name } : deed;
}
