import type { AuthConfig, ProtocolVersion } from "./types.ts";

/** Characters of a 2.x identifierString, without the `:` that an identity may not have. */
const IDENTITY_2X = /^[A-Za-z0-9*\-_=+|@.]*$/;
const LONGEST_IDENTITY_2X = 48;

/** The longest Basic password of each version (whitepaper §4, A00.FR.205); the shortest is 16. */
const LONGEST_PASSWORD = { "1.6": 20, "2.0.1": 40, "2.1": 64 } as const satisfies Record<
  ProtocolVersion,
  number
>;
const SHORTEST_PASSWORD = 16;

/** Why 2.x does not allow an identity (part 4 §3.1.1), or `null`. 1.6 allows every id. */
export function identityOddity(id: string, versions: readonly ProtocolVersion[]): string | null {
  if (versions.every((version) => version === "1.6")) return null;
  if (id.length > LONGEST_IDENTITY_2X) {
    return `OCPP 2.x allows ${LONGEST_IDENTITY_2X} characters, "${id}" has ${id.length}`;
  }
  if (IDENTITY_2X.test(id)) return null;
  return `OCPP 2.x allows letters, digits and * - _ = + | @ . only, found: "${id}"`;
}

/** What is unusual about the length of a password, or `null`. Says its length, never itself. */
export function passwordOddity(
  auth: AuthConfig,
  versions: readonly ProtocolVersion[],
): { key: "password" | "authorization_key"; message: string } | null {
  if (auth.type !== "basic") return null;
  if (auth.authorizationKey !== null) {
    const key = "authorization_key";
    if (!versions.includes("1.6")) {
      return { key, message: "OCPP 2.x sends a password as it is: use password in its place" };
    }
    const bytes = auth.authorizationKey.reveal().length / 2;
    const message = lengthOddity(bytes, LONGEST_PASSWORD["1.6"], "bytes");
    return message === null ? null : { key, message };
  }
  const length = new TextEncoder().encode(auth.password?.reveal()).length;
  const longest = Math.max(...versions.map((version) => LONGEST_PASSWORD[version]));
  const message = lengthOddity(length, longest, "characters");
  return message === null ? null : { key: "password", message };
}

/** The class of the length, not the length: log lines carry this sentence. */
function lengthOddity(length: number, longest: number, unit: string): string | null {
  if (length >= SHORTEST_PASSWORD && length <= longest) return null;
  const found = length < SHORTEST_PASSWORD ? "fewer" : "more";
  return `OCPP asks for ${SHORTEST_PASSWORD} to ${longest} ${unit}, this has ${found}`;
}
