/**
 * Letting go of a socket whose peer will never answer. `close()` waits for the peer for ever, and
 * there is no public way to end the TCP connection without it.
 */
import { runtimeCore, symbolOf } from "./runtime_core.ts";

/** Frees the socket's resource. `false`: this runtime does not let us, and only `close()` is left. */
export function killSocket(socket: WebSocket): boolean {
  const rid = symbolOf(socket, "[[rid]]");
  const resource = rid && (socket as unknown as Record<symbol, unknown>)[rid];
  const core = runtimeCore();
  if (typeof resource !== "number" || typeof core?.tryClose !== "function") return false;
  core.tryClose(resource);
  return true;
}
