/**
 * Pings on client sockets. The runtime sends them, and ends a connection whose peer does not answer,
 * for every WebSocket that has an idle timeout; only servers get a public switch for it. This file
 * finds the private one by its description, and says so when there is none.
 */
interface IdleTimeout {
  readonly duration: symbol;
  readonly arm: symbol;
}

/** Over three weeks. The runtime would fire a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function find(socket: WebSocket): IdleTimeout | null {
  const named = (on: object, name: string) =>
    Object.getOwnPropertySymbols(on).find((symbol) => symbol.description === name);
  const duration = named(socket, "[[idleTimeout]]");
  const arm = named(WebSocket.prototype, "[[serverHandleIdleTimeout]]");
  return duration !== undefined && arm !== undefined ? { duration, arm } : null;
}

/** Looked up once, at the first socket: the symbols are the same for all. */
let found: IdleTimeout | null | undefined;

/**
 * A timer that runs already would find a timeout of 0 and fail the connection, so it is replaced: on
 * an open socket by one that each frame puts off again, else by one that finds nothing to do.
 */
function offMs(socket: WebSocket): number {
  return socket.readyState === WebSocket.OPEN ? LONGEST_TIMER_MS : 1;
}

/**
 * Sends a ping after each `intervalMs` of silence from the peer, and fails the connection when as
 * long again stays silent. 0 turns it off. `false`: this runtime has no such switch.
 */
export function setPingInterval(socket: WebSocket, intervalMs: number): boolean {
  found ??= find(socket);
  if (found === null) return false;
  const inside = socket as unknown as Record<symbol, unknown>;
  if (intervalMs === 0 && !inside[found.duration]) return true;
  // The runtime pings after half of its timeout, in seconds, and waits the other half for the pong.
  inside[found.duration] = 2 * Math.min(intervalMs || offMs(socket), LONGEST_TIMER_MS) / 1000;
  const arm = inside[found.arm];
  if (typeof arm !== "function") return false;
  arm.call(socket);
  return true;
}
