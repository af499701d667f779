/**
 * `node:crypto`, loaded when it is first asked for: most runs need none of it, and it costs each start
 * 15 ms of CPU. For what the Web's crypto lacks: X.509, hashes in steps, signatures over a stream.
 */
export function nodeCrypto(): typeof import("node:crypto") {
  return globalThis.process.getBuiltinModule("node:crypto");
}
