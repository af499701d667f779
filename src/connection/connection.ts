import type { Credentials } from "./authorization.ts";
import type { Cause } from "./cause.ts";
import type { SendStatus } from "./outcome.ts";
import type { Settled } from "./send_queue.ts";
import type { TlsOptions } from "./transport.ts";

/** What changes about where a connection dials, and how it introduces itself. The rest stays. */
export interface TargetChange {
  /** Of the CSMS; the station id is put into it. */
  readonly url?: string;
  readonly credentials?: Credentials;
  /** `null`: the runtime's own roots, no client certificate. */
  readonly tls?: TlsOptions | null;
  /** In order of preference, at least one. */
  readonly subprotocols?: readonly string[];
}

/** What the owner of a connection holds. */
export interface Connection {
  readonly stationId: string;
  /** @param settled for a queued message: `null` once the socket took it, or why it never did */
  send(text: string, settled?: Settled): SendStatus;
  /** The round trip of a CALL, for the statistics. */
  noteLatency(ms: number): void;
  /**
   * Closes and dials a new target at once; without a connection the next dial is the new target's.
   * Resolves `null` when it is kept: its connection was a good one, or this side ended it. Resolves
   * the cause when its first dial or connection failed and the target that worked before is dialled
   * again, or when a disconnect, a close or another change came first. A target that never connected
   * is not gone back to: the new one is kept untried. See "Changing the target" in README.md.
   *
   * @throws TypeError when the URL, the credentials or the subprotocols cannot be used; then nothing
   * has changed
   */
  retarget(change: TargetChange): Promise<Cause | null>;
  /** Of this connection, now and from now on, in milliseconds; 0 = no pings. @throws RangeError */
  setPingInterval(intervalMs: number): void;
  /**
   * Closes politely and dials again: at once, or `awayMs` later, as after a reboot, which leaves alone
   * what was disconnected by hand. No failure is counted. `false`: nothing will be dialled.
   *
   * @throws RangeError when `awayMs` is no duration
   */
  reconnect(awayMs?: number): boolean;
}
