import type { Cause } from "./cause.ts";

/**
 * The state of a connection, each with the facts that are true in it. Times are milliseconds since
 * 1970.
 *
 * ```text
 *                     connect                    opened
 *  ┌──────────────┐ ─────────▶ ┌────────────┐ ─────────▶ ┌───────────┐
 *  │ disconnected │            │ connecting │            │ connected │
 *  └──────────────┘ ◀───────── └────────────┘ ◀──┐       └───────────┘
 *         ▲        disconnect    │   │   ▲       │ lost        │
 *         │ disconnect   gave-up │   │   │ dial, │             │
 *         │                      │   │   │ connect             │
 *       ┌───────┐ ◀──────────────┘   │ lost  ┌──────────────┐  │
 *       │ error │ ── connect ──▶     └─────▶ │ reconnecting │ ◀┘
 *       └───────┘ ◀── gave-up ────────────── └──────────────┘
 *
 *  reconnecting, error ── lost (somebody asks to stay away for a while) ──▶ reconnecting
 *  every state ── close ──▶ closed (final)
 * ```
 */
export type ConnectionState =
  | { readonly name: "disconnected" }
  | { readonly name: "connecting" }
  | { readonly name: "connected"; readonly since: number; readonly subprotocol: string }
  | { readonly name: "reconnecting"; readonly cause: Cause; readonly retryAt: number }
  | { readonly name: "error"; readonly cause: Cause }
  | { readonly name: "closed" };

export type ConnectionStateName = ConnectionState["name"];

/** What can happen to a connection. */
export type ConnectionEvent =
  | { readonly type: "connect" }
  | { readonly type: "dial" }
  | { readonly type: "opened"; readonly at: number; readonly subprotocol: string }
  | { readonly type: "lost"; readonly cause: Cause; readonly retryAt: number }
  | { readonly type: "gave-up"; readonly cause: Cause }
  | { readonly type: "disconnect" }
  | { readonly type: "close" };

const DISCONNECTED: ConnectionState = { name: "disconnected" };
const CONNECTING: ConnectionState = { name: "connecting" };
const CLOSED: ConnectionState = { name: "closed" };

/** Which events mean something in which state. */
const HEARD = {
  disconnected: ["connect", "close"],
  connecting: ["opened", "lost", "gave-up", "disconnect", "close"],
  connected: ["lost", "gave-up", "disconnect", "close"],
  reconnecting: ["connect", "dial", "lost", "disconnect", "close"],
  error: ["connect", "lost", "disconnect", "close"],
  closed: [],
} as const satisfies Record<ConnectionStateName, readonly ConnectionEvent["type"][]>;

/**
 * The next state. Pure and total: an event that means nothing in `state` gives back the same object.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const idle = { name: "disconnected" } as const;
 * assert.equal(transition(idle, { type: "connect" }).name, "connecting");
 * assert.equal(transition(idle, { type: "dial" }), idle);
 * ```
 */
export function transition(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  const heard: readonly ConnectionEvent["type"][] = HEARD[state.name];
  if (!heard.includes(event.type)) return state;
  switch (event.type) {
    case "connect":
    case "dial":
      return CONNECTING;
    case "opened":
      return { name: "connected", since: event.at, subprotocol: event.subprotocol };
    case "lost":
      return { name: "reconnecting", cause: event.cause, retryAt: event.retryAt };
    case "gave-up":
      return { name: "error", cause: event.cause };
    case "disconnect":
      return DISCONNECTED;
    case "close":
      return CLOSED;
    default:
      return event satisfies never;
  }
}
