/**
 * An address as URLs write it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(hostAndPort("127.0.0.1", 8080), "127.0.0.1:8080");
 * assert.equal(hostAndPort("::1", 8080), "[::1]:8080");
 * ```
 */
export function hostAndPort(host: string, port: number): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]:${port}` : `${host}:${port}`;
}
