import { authorization } from "./authorization.ts";
import type { TargetChange } from "./connection.ts";
import { stationUrl } from "./station_url.ts";
import type { Target } from "./transport.ts";

/** Where a connection begins, before anything is known of it. */
export const NOWHERE: Target = { url: "", subprotocols: [], authorization: null, tls: null };

/**
 * `target` with what `change` names put in place of what it had.
 *
 * @throws TypeError when the URL, the credentials or the subprotocols cannot be used
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const first = changedTarget(NOWHERE, { url: "ws://csms", subprotocols: ["ocpp1.6"] }, "CP1");
 * const moved = changedTarget(first, { url: "wss://other/ocpp" }, "CP1");
 * assert.deepEqual(moved, { ...first, url: "wss://other/ocpp/CP1" });
 * ```
 */
export function changedTarget(target: Target, change: TargetChange, stationId: string): Target {
  const { url, subprotocols, credentials, tls } = change;
  if (subprotocols?.length === 0) {
    throw new TypeError(`Cannot dial for "${stationId}": it offers no subprotocol`);
  }
  return {
    url: url === undefined ? target.url : stationUrl(url, stationId),
    subprotocols: subprotocols ?? target.subprotocols,
    authorization: credentials === undefined
      ? target.authorization
      : authorization(credentials, stationId),
    tls: tls === undefined ? target.tls : tls,
  };
}
