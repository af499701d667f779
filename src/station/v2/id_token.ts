import type { v201, v21 } from "../../ocpp/mod.ts";
import type { DisplayContent } from "../display/display_message.ts";
import { UNTYPED } from "../tokens/token.ts";
import { readTime } from "../time.ts";
import type { AuthorizationStatus, IdToken, IdTokenInfo } from "../words.ts";

/** What counts as a status (AuthorizationStatusEnumType), for a lenient station in any case. */
const STATUSES = byLowerCase<AuthorizationStatus>([
  "Accepted",
  "Blocked",
  "ConcurrentTx",
  "Expired",
  "Invalid",
  "NoCredit",
  "NotAllowedTypeEVSE",
  "NotAtThisLocation",
  "NotAtThisTime",
  "Unknown",
]);

/** The types of tokens; 2.0.1 does not know the last three. */
const TYPES = byLowerCase([
  "Central",
  "eMAID",
  "ISO14443",
  "ISO15693",
  "KeyCode",
  "Local",
  "MacAddress",
  "NoAuthorization",
  "DirectPayment",
  "EVCCID",
  "VIN",
]);

/**
 * A token as it goes to the CSMS (IdTokenType). Without a type it is one of the CSMS's own. A type that
 * nobody knows stays as it is: the check of the message names it then.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(writeIdToken({ idToken: "ANNA", type: "" }), { idToken: "ANNA", type: "Central" });
 * assert.equal(writeIdToken({ idToken: "04A2", type: "iso14443" }).type, "ISO14443");
 * ```
 */
export function writeIdToken({ idToken, type, additionalInfo = [] }: IdToken): v201.IdTokenType {
  const written = type === UNTYPED ? "Central" : TYPES.get(type.toLowerCase()) ?? type;
  return {
    idToken,
    type: written as v201.IdTokenEnumType,
    ...(additionalInfo.length === 0 ? {} : { additionalInfo: [...additionalInfo] }),
  };
}

/** A token as the CSMS wrote it. To a lenient station its parts may be anything. */
export function readIdToken({ idToken, type, additionalInfo }: v21.IdTokenType): IdToken {
  const more = listOf(additionalInfo).filter((one) =>
    typeof one?.additionalIdToken === "string" && typeof one.type === "string"
  ).map(({ additionalIdToken, type }) => ({ additionalIdToken, type }));
  return {
    idToken: String(idToken),
    type: typeof type === "string" ? type : UNTYPED,
    ...(more.length === 0 ? {} : { additionalInfo: more }),
  };
}

/** Whether that is a token at all: a lenient station may be sent anything. */
export function isIdToken(token: unknown): token is v21.IdTokenType {
  return typeof token === "object" && token !== null && "idToken" in token &&
    typeof token.idToken === "string";
}

/**
 * What the CSMS says of a token (IdTokenInfoType). To a lenient station it may be anything: a status
 * that nobody knows is `Invalid`, a time that cannot be read is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(
 *   readIdTokenInfo({
 *     status: "Accepted",
 *     cacheExpiryDateTime: "2026-01-01T00:00:00Z",
 *     groupIdToken: { idToken: "FAMILY", type: "Central" },
 *   }),
 *   {
 *     status: "Accepted",
 *     groupId: { idToken: "FAMILY", type: "Central" },
 *     expiresAt: Date.UTC(2026, 0, 1),
 *   },
 * );
 * assert.equal(readIdTokenInfo(undefined).status, "Invalid");
 * ```
 */
export function readIdTokenInfo(info: v21.IdTokenInfoType | undefined): IdTokenInfo {
  const { status, groupIdToken, cacheExpiryDateTime, evseId, personalMessage } = info ?? {};
  const connectorIds = listOf(evseId).filter(Number.isSafeInteger);
  const message = readMessage(personalMessage);
  return {
    status: STATUSES.get(String(status).toLowerCase()) ?? "Invalid",
    groupId: isIdToken(groupIdToken) ? readIdToken(groupIdToken) : null,
    expiresAt: readTime(cacheExpiryDateTime),
    ...(connectorIds.length === 0 ? {} : { connectorIds }),
    ...(message === null ? {} : { message }),
  };
}

/** A text for the driver; `null`: there is none. */
export function readMessage(message: v21.MessageContentType | undefined): DisplayContent | null {
  const { format, language, content } = message ?? {};
  if (typeof content !== "string") return null;
  return {
    format: typeof format === "string" ? format : "UTF8",
    language: typeof language === "string" ? language : null,
    content,
  };
}

function listOf<Item>(list: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(list) ? list : [];
}

function byLowerCase<Word extends string>(words: readonly Word[]): ReadonlyMap<string, Word> {
  return new Map(words.map((word) => [word.toLowerCase(), word]));
}
