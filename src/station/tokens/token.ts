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

/** The type of a token that stands for nobody: a start button was pressed (2.x C02). */
export const NO_AUTHORIZATION = "NoAuthorization";

/** Types that no CSMS is asked about: what was presented is not one of its tokens (2.x C02, C03). */
const UNASKED = [lower(NO_AUTHORIZATION), "local"];

/** Types of tokens that come once: keeping what was said of them helps nobody (2.x C02, C24, C25). */
const FLEETING = [...UNASKED, "directpayment"];

/** Whether a token is a payment, made with a card instead of a contract (2.1 C18, C24, C25). */
export function isPaidOnSpot({ type }: IdToken): boolean {
  return lower(type) === "directpayment";
}

/** Whether a token starts a transaction without anybody being asked. */
export function isUnasked({ type }: IdToken): boolean {
  return UNASKED.includes(lower(type));
}

/** Whether a token will not be presented a second time for another transaction. */
export function isFleeting({ type }: IdToken): boolean {
  return FLEETING.includes(lower(type));
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

/**
 * The same as it stands at one connector: a token may be good for some of them only (2.x C01).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const info = { status: "Accepted", groupId: null, expiresAt: null, connectorIds: [2] } as const;
 * assert.equal(at(info, 1).status, "NotAtThisLocation");
 * assert.equal(at(info, 2), info);
 * ```
 */
export function at(info: IdTokenInfo, connectorId: number): IdTokenInfo {
  const isElsewhere = info.connectorIds !== undefined && !info.connectorIds.includes(connectorId);
  return isElsewhere && isValid(info) ? { ...info, status: "NotAtThisLocation" } : info;
}

/** Whether a stored status lets somebody charge: 1.6 §3.5.2 counts ConcurrentTx among the valid. */
export function isValid({ status }: IdTokenInfo): boolean {
  return status === "Accepted" || status === "ConcurrentTx";
}

function lower(text: string): string {
  return text.toLowerCase();
}
