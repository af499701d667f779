/**
 * Letting go of a socket whose peer will never answer. `close()` waits for the peer for ever, and
 * there is no public way to end the TCP connection without it.
 */
interface Core {
  tryClose(resource: number): void;
}

/** Frees the socket's resource. `false`: this runtime does not let us, and only `close()` is left. */
export function killSocket(socket: WebSocket): boolean {
  const rid = Object.getOwnPropertySymbols(socket).find((symbol) =>
    symbol.description === "[[rid]]"
  );
  const resource = rid === undefined
    ? undefined
    : (socket as unknown as Record<symbol, unknown>)[rid];
  const core = runtimeCore();
  if (typeof resource !== "number" || core === null) return false;
  core.tryClose(resource);
  return true;
}

function runtimeCore(): Core | null {
  const deno = Deno as unknown as Record<PropertyKey, unknown>;
  const internal = deno.internal;
  if (typeof internal !== "symbol") return null;
  const core = (deno[internal] as { core?: Partial<Core> } | undefined)?.core;
  return typeof core?.tryClose === "function" ? core as Core : null;
}
