/** Station id to password. A text stands for its UTF-8 bytes, as OCPP 2.x has it; 1.6 has any bytes. */
export type Users = ReadonlyMap<string, string | Uint8Array>;

/**
 * Whether `Authorization` proves that the station is who its URL says. The comparison takes as long
 * for a wrong password as for the right one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const users = new Map([["AL1000", Uint8Array.of(0, 1, 255)]]);
 * assert(isAuthorized(users, "AL1000", "Basic QUwxMDAwOgAB/w=="));
 * assert(!isAuthorized(users, "AL2000", "Basic QUwxMDAwOgAB/w=="));
 * ```
 */
export function isAuthorized(users: Users, id: string, authorization: string | null): boolean {
  const expected = users.get(id);
  const shown = decodeBasic(authorization);
  if (expected === undefined || shown === null) return false;
  const password = typeof expected === "string" ? new TextEncoder().encode(expected) : expected;
  return isSame(shown.password, password) && shown.user === id;
}

function decodeBasic(header: string | null): { user: string; password: Uint8Array } | null {
  const encoded = /^basic +([a-z0-9+/=]+) *$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return null;
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromBase64(encoded);
  } catch {
    return null;
  }
  const colon = bytes.indexOf(":".charCodeAt(0));
  if (colon < 0) return null;
  return {
    user: new TextDecoder().decode(bytes.subarray(0, colon)),
    password: bytes.subarray(colon + 1),
  };
}

function isSame(shown: Uint8Array, expected: Uint8Array): boolean {
  let difference = shown.length ^ expected.length;
  for (let at = 0; at < shown.length; at++) difference |= shown[at]! ^ (expected[at] ?? 0);
  return difference === 0;
}
