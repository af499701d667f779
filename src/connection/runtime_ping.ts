/**
 * Pings on client sockets. The runtime sends one for every WebSocket whose idle timeout is over, and only
 * servers get a public switch for that. This file finds the private one by its description, and says so
 * when there is none. It is used for single pings, sent when they are due: the runtime's own way, a timer
 * that is set anew for each frame, costs more than all else that is done for the frame.
 */
import { runtimeCore, symbolOf } from "./runtime_core.ts";

/** Who hears of the peer of a socket. */
export interface PeerListener {
  /** It sent a frame, of whatever kind. */
  heard(): void;
}

/** Where the runtime keeps the idle timeout of a socket. */
interface IdleTimeout {
  /** Its length, in seconds. */
  readonly duration: symbol;
  /** The timer that runs. */
  readonly timer: symbol;
  /** The method that sets it. The runtime calls it for each frame of the peer, pongs too. */
  readonly arm: symbol;
  readonly cancelTimer: (timer: unknown) => void;
}

/** The runtime pings after half of the timeout. */
const AT_ONCE_SECONDS = 0.002;

/** A socket from inside. */
type Inside = WebSocket & Record<symbol, unknown>;

/** The runtime would fire a longer timer at once. Over three weeks. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Where a socket keeps its listener. */
const LISTENER = Symbol("listener");

/** Looked up once, at the first socket: the symbols are the same for all. `null`: there is none. */
let found: IdleTimeout | null | undefined;

function find(socket: WebSocket): IdleTimeout | null {
  const duration = symbolOf(socket, "[[idleTimeout]]");
  const timer = symbolOf(socket, "[[idleTimeoutTimeout]]");
  const arm = symbolOf(WebSocket.prototype, "[[serverHandleIdleTimeout]]");
  const cancelTimer = runtimeCore()?.cancelTimer;
  return duration && timer && arm && typeof cancelTimer === "function"
    ? { duration, timer, arm, cancelTimer }
    : null;
}

/**
 * Has `listener` hear of each frame of the peer, pongs too, in place of the runtime's own timer.
 * `false`: this runtime tells nobody, and there is no {@link sendPing} either.
 */
export function listenToPeer(socket: WebSocket, listener: PeerListener): boolean {
  found ??= find(socket);
  if (found === null) return false;
  const inside = socket as Inside;
  inside[LISTENER] = listener;
  inside[found.arm] = frameCame;
  return true;
}

function frameCame(this: Inside): void {
  stopPing(this);
  (this[LISTENER] as PeerListener).heard();
}

/** Sends a ping to a peer that somebody listens to. `false`: this runtime cannot. */
export function sendPing(socket: WebSocket): boolean {
  if (!found) return false;
  const inside = socket as Inside;
  const arm = (WebSocket.prototype as Inside)[found.arm];
  if (typeof arm !== "function") return false;
  // The runtime pings after half of the timeout, and would then end a connection that stays silent for the
  // other half. The first half is a millisecond, the second never ends: whoever listens decides that.
  inside[found.duration] = AT_ONCE_SECONDS;
  arm.call(socket);
  inside[found.duration] = 2 * LONGEST_TIMER_MS / 1000;
  return true;
}

/** Lets go of the timer that a ping leaves behind, and calls one off that is not out yet. */
export function stopPing(socket: WebSocket): void {
  if (!found) return;
  const inside = socket as Inside;
  if (inside[found.timer] === undefined) return;
  found.cancelTimer(inside[found.timer]);
  inside[found.timer] = undefined;
}

/** The socket is over: a ping that is on its way still must not leave a timer that never ends. */
export function endPings(socket: WebSocket): void {
  stopPing(socket);
  // A timer that is set yet finds a socket that is not open, and nothing to do.
  if (found) (socket as Inside)[found.duration] = AT_ONCE_SECONDS;
}
