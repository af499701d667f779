import type { IdTokenInfo } from "../words.ts";
import { asOf, at, isValid } from "./token.ts";

/** What a station knows by itself when a token is presented. */
export interface LocalFacts {
  /** What the local list says; `null`: nothing, or it is disabled. */
  readonly listed: IdTokenInfo | null;
  /** The same of the cache. */
  readonly cached: IdTokenInfo | null;
  readonly online: boolean;
  /** Where it is presented. */
  readonly connectorId: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly localPreAuthorize: boolean;
  readonly localAuthorizeOffline: boolean;
  readonly allowOfflineTxForUnknownId: boolean;
  /** The CSMS is never asked (AuthCtrlr.DisableRemoteAuthorization of 2.x). */
  readonly disableRemoteAuthorization: boolean;
  /** Nor is it about a token that the list knows not to be valid (2.x C14). */
  readonly listDisablePostAuthorize: boolean;
  /** The same of the cache (2.x C10, C12). */
  readonly cacheDisablePostAuthorize: boolean;
}

/** What a station makes of a token by itself. */
export type Decision =
  /** It may charge; `info` says `Accepted`. */
  | {
    readonly kind: "accepted";
    readonly by: "cache" | "list" | "unknown-offline";
    readonly info: IdTokenInfo;
  }
  /** It may not, and nobody can be asked. The reason is a clause that begins with "it" or "the". */
  | { readonly kind: "refused"; readonly info: IdTokenInfo; readonly reason: string }
  /** The CSMS decides. */
  | { readonly kind: "ask" };

/** What is not known here. */
const UNKNOWN: IdTokenInfo = { status: "Unknown", groupId: null, expiresAt: null };

const ASK: Decision = { kind: "ask" };

/**
 * Whether a station decides by itself about a token, and how (1.6 §3.5, 2.x C12–C15). The list goes
 * before the cache. Online, only what is known to be valid needs no question, unless the settings spare
 * the CSMS others too; offline, what is known not to be valid is refused whatever else is allowed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const listed = { status: "Accepted", groupId: null, expiresAt: null } as const;
 * const facts = {
 *   listed,
 *   cached: null,
 *   online: false,
 *   connectorId: 1,
 *   now: 0,
 *   localPreAuthorize: false,
 *   localAuthorizeOffline: true,
 *   allowOfflineTxForUnknownId: false,
 *   disableRemoteAuthorization: false,
 *   listDisablePostAuthorize: false,
 *   cacheDisablePostAuthorize: false,
 * };
 * assert.deepEqual(decide(facts), { kind: "accepted", by: "list", info: listed });
 * assert.deepEqual(decide({ ...facts, online: true }), { kind: "ask" });
 * ```
 */
export function decide(facts: LocalFacts): Decision {
  const { listed, cached, online, connectorId, now, disableRemoteAuthorization: isAlone } = facts;
  const stored = listed ?? cached;
  const info = stored && at(asOf(stored, now), connectorId);
  const isGood = info !== null && isValid(info);
  const isEnough = online ? facts.localPreAuthorize || isAlone : facts.localAuthorizeOffline;
  if (isGood && isEnough) {
    const by = listed === null ? "cache" : "list";
    return { kind: "accepted", by, info: { ...info, status: "Accepted" } };
  }
  if (online && !isAlone && !isSpared(facts)) return ASK;
  if (info !== null && !isGood) {
    const place = listed === null ? "authorization cache" : "local list";
    return { kind: "refused", info, reason: `the ${place} says ${info.status}` };
  }
  if (!online && facts.allowOfflineTxForUnknownId) {
    return { kind: "accepted", by: "unknown-offline", info: { ...UNKNOWN, status: "Accepted" } };
  }
  const why = online
    ? "the CSMS is not asked (DisableRemoteAuthorization)"
    : "the station is offline";
  const reason = info === null
    ? `it is not known here, and ${why}`
    : `${why}, and does not authorize by itself`;
  return { kind: "refused", info: UNKNOWN, reason };
}

/**
 * Whether the CSMS said of a token that it is not valid, and is not to be bothered again. What has merely
 * expired is another matter: it would be locked out for ever.
 */
function isSpared(facts: LocalFacts): boolean {
  const { listed, cached, listDisablePostAuthorize, cacheDisablePostAuthorize } = facts;
  if (listed !== null) return listDisablePostAuthorize && !isValid(listed);
  return cached !== null && cacheDisablePostAuthorize && !isValid(cached);
}
