/**
 * The message of anything that was thrown, with the messages of its causes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { describeError } from "./mod.ts";
 *
 * const error = new Error("Cannot open the log", { cause: new Error("disk full") });
 * assert(describeError(error) === "Cannot open the log: disk full");
 * ```
 */
export function describeError(thrown: unknown): string {
  const messages: string[] = [];
  for (let at = thrown, depth = 0; at !== undefined && at !== null && depth < 5; depth++) {
    const message = at instanceof Error ? at.message || at.name : String(at);
    if (!messages.some((said) => said.includes(message))) messages.push(message);
    at = at instanceof Error ? at.cause : undefined;
  }
  return messages.join(": ");
}
