import type { IdTokenInfo } from "../words.ts";
import { asOf, isValid } from "./token.ts";

/** What a station knows by itself when a token is presented. */
export interface LocalFacts {
  /** What the local list says; `null`: nothing, or it is disabled. */
  readonly listed: IdTokenInfo | null;
  /** The same of the cache. */
  readonly cached: IdTokenInfo | null;
  readonly online: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly localPreAuthorize: boolean;
  readonly localAuthorizeOffline: boolean;
  readonly allowOfflineTxForUnknownId: boolean;
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
 * before the cache. Online, only what is known to be valid needs no question; offline, what is known
 * not to be valid is refused whatever else is allowed.
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
 *   now: 0,
 *   localPreAuthorize: false,
 *   localAuthorizeOffline: true,
 *   allowOfflineTxForUnknownId: false,
 * };
 * assert.deepEqual(decide(facts), { kind: "accepted", by: "list", info: listed });
 * assert.deepEqual(decide({ ...facts, online: true }), { kind: "ask" });
 * ```
 */
export function decide(facts: LocalFacts): Decision {
  const { listed, cached, online, now } = facts;
  const stored = listed ?? cached;
  const info = stored && asOf(stored, now);
  const isGood = info !== null && isValid(info);
  if (isGood && (online ? facts.localPreAuthorize : facts.localAuthorizeOffline)) {
    const by = listed === null ? "cache" : "list";
    return { kind: "accepted", by, info: { ...info, status: "Accepted" } };
  }
  if (online) return ASK;
  if (info !== null && !isGood) {
    const place = listed === null ? "authorization cache" : "local list";
    return { kind: "refused", info, reason: `the ${place} says ${info.status}` };
  }
  if (facts.allowOfflineTxForUnknownId) {
    return { kind: "accepted", by: "unknown-offline", info: { ...UNKNOWN, status: "Accepted" } };
  }
  const reason = info === null
    ? "it is not known here, and the station is offline"
    : "the station is offline, and does not authorize by itself";
  return { kind: "refused", info: UNKNOWN, reason };
}
