import type { Admission } from "./admission.ts";
import type { Cause } from "./cause.ts";
import type { Client } from "./client.ts";
import type { TargetChange } from "./connection.ts";
import type { Guide } from "./guide.ts";
import type { StateChange } from "./outcome.ts";
import type { RetryPolicy } from "./retry.ts";

/** Whoever the connection is for. What these throw is reported and ends nothing. */
export interface Owner {
  /** Connected. `send` works from here on. */
  opened?(subprotocol: string): void;
  /** A text frame came in. `true` when it made sense: that is what makes a connection a good one. */
  received(text: string): boolean;
  /** Not connected any longer. */
  closed?(cause: Cause): void;
  /** Make the CSMS say something: the keepalive where the runtime has no pings. `false`: not now. */
  probe?(): boolean;
}

/** What a client has of its own. */
export interface ClientParts {
  readonly owner: Owner;
  /** Has a say in where it dials. */
  readonly guide?: Guide;
  /** In place of the policy that all share. */
  readonly retry?: RetryPolicy;
}

/** What all clients of a manager share. Durations are milliseconds. */
export interface ClientWorld extends Admission {
  readonly retry: RetryPolicy;
  /** A connection that lasts this long is a good one. */
  readonly goodAfterMs: number;
  readonly sendQueue: number;
  readonly pingIntervalMs: number;
  readonly closeTimeoutMs: number;
  /** Hears of every change of state, before the owner does. */
  onChange(client: Client, change: StateChange): void;
  /**
   * Hears of every text that came in, before the owner answers it. `bytes`: as UTF-8; `at`: milliseconds
   * since 1970.
   */
  onText(client: Client, text: string, bytes: number, at: number): void;
  /** Hears of every text that the socket took. */
  onSent(client: Client, text: string, bytes: number, at: number): void;
  /** Hears what became of a change: `null` it is kept, `untried` for want of one to go back to. */
  onRetarget(client: Client, change: TargetChange, outcome: Cause | null | "untried"): void;
  /** Hears what an owner threw. */
  onThrow(client: Client, thrown: unknown): void;
}
