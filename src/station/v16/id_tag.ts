import type { v16 } from "../../ocpp/mod.ts";
import { UNTYPED } from "../tokens/token.ts";
import type { AuthorizationStatus, IdToken, IdTokenInfo } from "../words.ts";

/** What counts as a status: those of 1.6 §7.2, and for a lenient station any case and 2.x's too. */
const STATUSES: ReadonlyMap<string, AuthorizationStatus> = new Map(
  ([
    "Accepted",
    "Blocked",
    "Expired",
    "Invalid",
    "ConcurrentTx",
    "NoCredit",
    "NotAllowedTypeEVSE",
    "NotAtThisLocation",
    "NotAtThisTime",
    "Unknown",
  ] as const).map((status) => [status.toLowerCase(), status]),
);

/** An idTag of 1.6 (§7.28) as a token without a type. */
export function idTag(text: string): IdToken {
  return { idToken: String(text), type: UNTYPED };
}

/**
 * An IdTagInfo of 1.6 (§7.27). To a lenient station it may be anything: a status that nobody knows is
 * `Invalid`, an expiryDate that cannot be read is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(
 *   readIdTagInfo({ status: "Accepted", expiryDate: "2026-01-01T00:00:00Z", parentIdTag: "FAMILY" }),
 *   {
 *     status: "Accepted",
 *     groupId: { idToken: "FAMILY", type: "" },
 *     expiresAt: Date.UTC(2026, 0, 1),
 *   },
 * );
 * assert.equal(readIdTagInfo(undefined).status, "Invalid");
 * ```
 */
export function readIdTagInfo(info: v16.IdTagInfo | undefined): IdTokenInfo {
  const { status, parentIdTag, expiryDate } = info ?? {};
  const expiresAt = Date.parse(String(expiryDate));
  return {
    status: STATUSES.get(String(status).toLowerCase()) ?? "Invalid",
    groupId: parentIdTag ? idTag(parentIdTag) : null,
    expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
  };
}
