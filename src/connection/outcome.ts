import type { Cause } from "./cause.ts";
import type { ConnectionState } from "./state.ts";

/**
 * What became of a message handed in for sending. `sent`: the socket has it. `queued`: it waits
 * behind a slow socket. `full`: too many wait already. `offline`: there is no connection.
 */
export type SendStatus = "sent" | "queued" | "full" | "offline";

/** What a broadcast did. */
export interface Broadcast {
  readonly sent: number;
  readonly queued: number;
  /** The stations that did not get it, and why. */
  readonly failed: readonly { readonly stationId: string; readonly reason: "full" | "offline" }[];
}

/** A fact: the state of a connection changed. */
export interface StateChange {
  readonly stationId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly from: ConnectionState;
  readonly to: ConnectionState;
  /** How the connection ended, when `from` is `connected`. */
  readonly ended: Cause | null;
}
