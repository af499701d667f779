import type { Ca } from "./certs.ts";
import { RawPeer, type RawPeerOptions } from "./raw_peer.ts";

/**
 * A WebSocket server on `wss://127.0.0.1` (also reachable as `localhost`) that lets in only clients
 * with a certificate of `clientCa`; its own certificate is of `ca`.
 */
export async function startMtlsServer(
  ca: Ca,
  options: Omit<RawPeerOptions, "tls"> & { readonly clientCa?: Ca } = {},
): Promise<RawPeer> {
  const { clientCa = ca, ...peer } = options;
  return await RawPeer.start({ ...peer, tls: { ...await ca.issue(), clientCa: clientCa.certPem } });
}
