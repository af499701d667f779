import { withHead } from "./frame_head.ts";
import type { Payload } from "./frames.ts";
import type { ErrorKind, OcppVersion } from "./version.ts";

const MAX_DESCRIPTION_LENGTH = 255;

/**
 * The text of a CALL. Fields that are undefined are left out. The same arguments give the same bytes,
 * so that a resend is byte-identical.
 *
 * @throws {TypeError} when JSON cannot carry the payload: a cycle, a BigInt
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(writeCall("7", "Heartbeat", {}), '[2,"7","Heartbeat",{}]');
 * ```
 */
export function writeCall(id: string, action: string, payload: Payload): string {
  return withHead(JSON.stringify([2, id, action, payload]), "call", id, action);
}

/**
 * The text of a CALLRESULT.
 *
 * @throws {TypeError} when JSON cannot carry the payload
 */
export function writeResult(id: string, payload: Payload): string {
  return withHead(JSON.stringify([3, id, payload]), "result", id, null);
}

/**
 * The text of a CALLERROR: the code in the spelling of `version`, the description cut at 255
 * characters.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadVersion } from "./mod.ts";
 *
 * const text = writeError(await loadVersion("1.6"), "7", "FormatViolation", "No payload");
 * assert.equal(text, '[4,"7","FormationViolation","No payload",{}]');
 * ```
 */
export function writeError(
  version: OcppVersion,
  id: string,
  kind: ErrorKind,
  description = "",
  details: Payload = {},
): string {
  return JSON.stringify([4, id, version.errorCodes[kind], cut(description), details]);
}

/** The text of a CALLRESULTERROR (2.1 part 4 §4.2.4), made like a CALLERROR. */
export function writeResultError(
  version: OcppVersion,
  id: string,
  kind: ErrorKind,
  description = "",
  details: Payload = {},
): string {
  return JSON.stringify([5, id, version.errorCodes[kind], cut(description), details]);
}

/**
 * The text of a SEND (2.1 part 4 §4.2.5).
 *
 * @throws {TypeError} when JSON cannot carry the payload
 */
export function writeSend(id: string, action: string, payload: Payload): string {
  return JSON.stringify([6, id, action, payload]);
}

/** Counts UTF-16 units, the strictest reading of "characters", and splits no surrogate pair. */
function cut(description: string): string {
  if (description.length <= MAX_DESCRIPTION_LENGTH) return description;
  const last = description.charCodeAt(MAX_DESCRIPTION_LENGTH - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return description.slice(0, MAX_DESCRIPTION_LENGTH - (splitsPair ? 1 : 0));
}
