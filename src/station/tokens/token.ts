import type { IdToken, IdTokenInfo } from "../words.ts";

/** The type of a token of 1.6, which knows no types: it equals each of them. */
export const UNTYPED = "";

/**
 * Whether two tokens are one. Case does not count (1.6 §7.28 CiString20Type; 2.x IdTokenType).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert(sameToken({ idToken: "ab12", type: "ISO14443" }, { idToken: "AB12", type: "" }));
 * assert(!sameToken({ idToken: "1234", type: "KeyCode" }, { idToken: "1234", type: "Central" }));
 * ```
 */
export function sameToken(a: IdToken, b: IdToken): boolean {
  return lower(a.idToken) === lower(b.idToken) &&
    (a.type === UNTYPED || b.type === UNTYPED || lower(a.type) === lower(b.type));
}

/** A key for tables of tokens. No property of an object is called like that. */
export function tokenKey({ type, idToken }: IdToken): string {
  return `${lower(type)}:${lower(idToken)}`;
}

/** Whether two tokens are in the same group (1.6 §3.10, 2.x C09). Without a group they are not. */
export function sameGroup(a: IdToken | null, b: IdToken | null): boolean {
  return a !== null && b !== null && sameToken(a, b);
}

/** What was once said of a token, as it stands at `now` (ms since 1970): what was valid may have expired. */
export function asOf(info: IdTokenInfo, now: number): IdTokenInfo {
  const isOver = info.expiresAt !== null && info.expiresAt <= now;
  return isOver && isValid(info) ? { ...info, status: "Expired" } : info;
}

/** Whether a stored status lets somebody charge: 1.6 §3.5.2 counts ConcurrentTx among the valid. */
export function isValid({ status }: IdTokenInfo): boolean {
  return status === "Accepted" || status === "ConcurrentTx";
}

function lower(text: string): string {
  return text.toLowerCase();
}
