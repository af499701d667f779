/**
 * What a CSMS that behaves badly needs of the runtime's server sockets, and no public API gives: to
 * stop reading. The parts are found by their descriptions; where they are missing, the functions say
 * so and do nothing.
 *
 * Reading stops when the runtime's read loop ends, which happens before its next turn once the socket
 * counts as closed; setting it back and calling the loop again resumes. Frames stay in the kernel, and
 * the peer's pings with them.
 */
interface Insides {
  readonly loop: symbol;
  readonly armIdle: symbol;
  readonly idleTimeout: symbol;
  readonly readyState: symbol;
}

type Socket = WebSocket & Record<symbol, unknown>;

/** A ping after half of this, in seconds. The runtime takes any number. */
const AT_ONCE_SECONDS = 0.002;

/** The symbols are the same for all sockets; an unopened socket has them already. */
let found: Insides | null | undefined;

/**
 * Stops reading. `running`: the read loop may be waiting inside the runtime, where it answers pings by
 * itself, so it is woken by the pong to a ping of ours, a round trip from now; what it reads before
 * that is still delivered. `opening`: in the open event, when the loop has not begun.
 */
export function stopReading(socket: WebSocket, when: "opening" | "running"): boolean {
  const inside = insidesOf(socket);
  if (inside === null) return false;
  const own = socket as Socket;
  if (when === "opening") {
    own[inside.readyState] = WebSocket.CLOSED;
    return true;
  }
  const idleTimeout = own[inside.idleTimeout];
  own[inside.idleTimeout] = AT_ONCE_SECONDS;
  call(own, inside.armIdle);
  own[inside.idleTimeout] = idleTimeout;
  // The loop calls this for every frame that it has read.
  own[inside.armIdle] = () => own[inside.readyState] = WebSocket.CLOSED;
  return true;
}

/** Reads on where {@link stopReading} stopped. */
export function resumeReading(socket: WebSocket): void {
  const inside = insidesOf(socket);
  if (inside === null) return;
  const own = socket as Socket;
  delete own[inside.armIdle];
  if (own[inside.readyState] === WebSocket.CLOSED) {
    own[inside.readyState] = WebSocket.OPEN;
    call(own, inside.loop);
  }
  call(own, inside.armIdle);
}

function insidesOf(socket: WebSocket): Insides | null {
  return found ??= find(socket);
}

function find(socket: WebSocket): Insides | null {
  const named = (on: object, name: string) =>
    Object.getOwnPropertySymbols(on).find((symbol) => symbol.description === `[[${name}]]`);
  const loop = named(WebSocket.prototype, "eventLoop");
  const armIdle = named(WebSocket.prototype, "serverHandleIdleTimeout");
  const idleTimeout = named(socket, "idleTimeout");
  const readyState = named(socket, "readyState");
  if (!loop || !armIdle || !idleTimeout || !readyState) return null;
  return { loop, armIdle, idleTimeout, readyState };
}

function call(socket: Socket, method: symbol): void {
  (socket[method] as () => unknown).call(socket);
}
