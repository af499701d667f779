/**
 * Whether a text that came in is one of ours, in any case (1.6 CiString, 2.x identifierString). A lenient
 * station may get anything.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert(isSameText("ECHO", "Echo"));
 * assert(!isSameText(7, "7"));
 * ```
 */
export function isSameText(given: unknown, own: string): boolean {
  return typeof given === "string" && given.toLowerCase() === own.toLowerCase();
}
