import type { AuthConfig, SecurityProfile } from "./types.ts";

/** What decides the security profile of a station. */
export interface SecurityFacts {
  /** The URL starts with `wss://`. */
  readonly wss: boolean;
  readonly auth: AuthConfig["type"];
  readonly clientCertificate: boolean;
}

const MEANING = [
  "ws:// without authentication",
  "ws:// with Basic authentication",
  "wss:// with Basic authentication",
  "wss:// with a client certificate",
] as const satisfies Record<SecurityProfile, string>;

/**
 * The profile that a station is in effect on (whitepaper §3). What no profile describes counts as the
 * one with the same transport: bearer over `ws:` as 0, `wss:` without Basic as 2.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(deriveProfile({ wss: true, auth: "basic", clientCertificate: false }), 2);
 * ```
 */
export function deriveProfile({ wss, auth, clientCertificate }: SecurityFacts): SecurityProfile {
  if (wss) return clientCertificate ? 3 : 2;
  return auth === "basic" ? 1 : 0;
}

/** In one sentence why a profile does not fit, or `null` when it does. */
export function disagreement(profile: SecurityProfile, facts: SecurityFacts): string | null {
  const contrary = contradiction(profile, facts);
  return contrary === null
    ? null
    : `Must agree with the rest: ${profile} means ${MEANING[profile]}, but ${contrary}`;
}

function contradiction(profile: SecurityProfile, facts: SecurityFacts): string | null {
  const { wss, auth, clientCertificate } = facts;
  if (wss !== profile >= 2) return `the URL starts with ${wss ? "wss" : "ws"}://`;
  if (profile === 0) return auth === "none" ? null : `the type of auth is "${auth}"`;
  if (profile === 3) return clientCertificate ? null : "tls has no client certificate";
  if (auth !== "basic") return `the type of auth is "${auth}"`;
  return clientCertificate ? "tls has a client certificate" : null;
}
