/**
 * Whether a host, without port, can only be reached from this machine. Unusual spellings of loopback
 * answer `false`: that is the safe side.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert(isLoopback("localhost") && isLoopback("127.0.0.1") && isLoopback("[::1]"));
 * assert(!isLoopback("0.0.0.0") && !isLoopback("127.0.0.1.example.org"));
 * ```
 */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
