import { Secret } from "../log/mod.ts";

/** How a station proves who it is. `username: null` means its id. */
export type Credentials =
  | { readonly type: "none" }
  | {
    readonly type: "basic";
    readonly username: string | null;
    /** Sent as UTF-8 (2.x A00.FR.205). */
    readonly password: Secret | null;
    /** Hex, sent as the bytes it spells (1.6 security whitepaper §4). Wins over `password`. */
    readonly authorizationKey: Secret | null;
  }
  | { readonly type: "bearer"; readonly token: Secret };

/**
 * The value of the `Authorization` header, `null` for none.
 *
 * @throws TypeError when the user name holds a `:`, the key is not hex, or no header can carry the token
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Secret } from "../log/mod.ts";
 *
 * const key = new Secret("0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF");
 * const basic = { type: "basic", username: null, password: null, authorizationKey: key } as const;
 * assert.equal(
 *   authorization(basic, "AL1000")?.reveal(),
 *   "Basic QUwxMDAwOgABAgMEBQYH////////////////",
 * );
 * ```
 */
export function authorization(credentials: Credentials, stationId: string): Secret | null {
  switch (credentials.type) {
    case "none":
      return null;
    case "bearer": {
      const token = credentials.token.reveal();
      // The runtime would refuse it later, in a message that repeats it.
      if (!/^[\x21-\x7e]+$/.test(token)) {
        throw new TypeError(
          "Cannot use the bearer token: it must be printable ASCII without spaces",
        );
      }
      return new Secret(`Bearer ${token}`);
    }
    case "basic": {
      const user = credentials.username ?? stationId;
      if (user.includes(":")) {
        throw new TypeError(`Cannot use "${user}" with Basic authentication: it contains ":"`);
      }
      const bytes = [...new TextEncoder().encode(`${user}:`), ...passwordBytes(credentials)];
      return new Secret(`Basic ${btoa(String.fromCharCode(...bytes))}`);
    }
    default:
      return credentials satisfies never;
  }
}

function passwordBytes(basic: Extract<Credentials, { type: "basic" }>): Uint8Array {
  const hex = basic.authorizationKey?.reveal();
  if (hex === undefined) return new TextEncoder().encode(basic.password?.reveal() ?? "");
  if (!/^([0-9a-f]{2})+$/i.test(hex)) {
    throw new TypeError("Cannot decode the authorization key: it must be pairs of hex digits");
  }
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
