import type { VersionId } from "./version.ts";

/** The WebSocket subprotocol of each version (1.6-J §3.1.2; 2.x part 4 §3.1.2). */
export const SUBPROTOCOLS = {
  "1.6": "ocpp1.6",
  "2.0.1": "ocpp2.0.1",
  "2.1": "ocpp2.1",
} as const satisfies Record<VersionId, string>;

/**
 * The version that a subprotocol stands for; `undefined` for one that we cannot speak.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert(versionOfSubprotocol("ocpp2.0.1") === "2.0.1");
 * assert(versionOfSubprotocol("ocpp1.5") === undefined);
 * ```
 */
export function versionOfSubprotocol(subprotocol: string): VersionId | undefined {
  const ids = Object.keys(SUBPROTOCOLS) as VersionId[];
  return ids.find((id) => SUBPROTOCOLS[id] === subprotocol);
}
