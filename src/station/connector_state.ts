import type { ConnectorStatus, Fault } from "./words.ts";

/** Where the use of a connector stands, whatever else is true of it. */
export type Phase =
  | "idle"
  | "preparing"
  | "charging"
  | "suspended-ev"
  | "suspended-evse"
  | "finishing";

/** Everything that the status of a connector depends on. Plain JSON. */
export interface ConnectorState {
  readonly phase: Phase;
  /** A car is at the cable. */
  readonly plugged: boolean;
  readonly operative: boolean;
  readonly fault: Fault | null;
  /** The reservation that keeps it for somebody. */
  readonly reservationId: number | null;
}

/** What can happen to a connector. */
export type ConnectorEvent =
  | { readonly type: "plugged" | "unplugged" }
  /** A token was accepted for it. */
  | { readonly type: "authorized" }
  /** The intended use will not be: a timeout, a second presentation of the token. */
  | { readonly type: "given-up" }
  | { readonly type: "started" | "resumed" | "stopped" }
  | { readonly type: "suspended"; readonly by: "ev" | "evse" }
  | { readonly type: "faulted"; readonly fault: Fault }
  | { readonly type: "repaired" | "operative" | "inoperative" }
  | { readonly type: "reserved"; readonly id: number }
  | { readonly type: "released" };

/** How every connector begins. Shared: it is never changed. */
export const UNUSED: ConnectorState = Object.freeze({
  phase: "idle",
  plugged: false,
  operative: true,
  fault: null,
  reservationId: null,
});

/**
 * The use of a connector (1.6 §4.9, §7.7; 2.x has the same under five statuses). What cannot happen
 * in a state answers with the same object.
 *
 * ```text
 *           plugged, authorized            started
 *   idle ◀────────────────────▶ preparing ────────▶ charging ◀──▶ suspended-ev, suspended-evse
 *    ▲      unplugged, given-up   │    ▲               │                      │
 *    │                   given-up │    │ authorized    │ stopped              │ stopped
 *    │                  (plugged) ▼    │               ▼                      ▼
 *    └────────── unplugged ────── finishing ◀──────────┴──────────────────────┘
 *
 *   over all of it, strongest first: fault · inoperative · reserved (over idle, also with a car at it)
 * ```
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const plugged = transition(UNUSED, { type: "plugged" });
 * assert.equal(statusOf(plugged), "Preparing");
 * assert.equal(transition(plugged, { type: "stopped" }), plugged);
 * ```
 */
export function transition(state: ConnectorState, event: ConnectorEvent): ConnectorState {
  const { phase, plugged } = state;
  const running = isRunning(state);
  switch (event.type) {
    case "plugged":
      if (plugged) return state;
      // What is kept for somebody is not begun by a cable.
      if (phase !== "idle" || state.reservationId !== null) return { ...state, plugged: true };
      return { ...state, plugged: true, phase: "preparing" };
    case "unplugged":
      if (!plugged) return state;
      return { ...state, plugged: false, phase: running ? phase : "idle" };
    case "authorized":
      if (!MAY_BEGIN.includes(statusOf(state))) return state;
      // Reserved becomes Preparing at once (§4.9, G2): whoever it was kept for is here.
      return { ...state, phase: "preparing", reservationId: null };
    case "given-up":
      if (phase !== "preparing") return state;
      return { ...state, phase: plugged ? "finishing" : "idle" };
    case "started":
      return plugged && statusOf(state) === "Preparing" ? { ...state, phase: "charging" } : state;
    case "suspended": {
      const to = event.by === "ev" ? "suspended-ev" : "suspended-evse";
      return running && phase !== to ? { ...state, phase: to } : state;
    }
    case "resumed":
      return running && phase !== "charging" ? { ...state, phase: "charging" } : state;
    case "stopped":
      return running ? { ...state, phase: plugged ? "finishing" : "idle" } : state;
    case "faulted":
      return { ...state, fault: event.fault };
    case "repaired":
      return state.fault === null ? state : { ...state, fault: null };
    case "inoperative":
      // Whoever asks ends the use first: Preparing cannot become Unavailable (§4.9, B8).
      if (!state.operative || running || phase === "preparing") return state;
      return { ...state, operative: false, reservationId: null };
    case "operative":
      if (state.operative) return state;
      // Unavailable cannot become Finishing (§4.9, H6): the car may begin anew.
      return { ...state, operative: true, phase: plugged ? "preparing" : "idle" };
    case "reserved": {
      // Only what is free can be kept for somebody (§4.9, column 7).
      const status = statusOf(state);
      if (status !== "Available" && status !== "Reserved") return state;
      return state.reservationId === event.id ? state : { ...state, reservationId: event.id };
    }
    case "released":
      if (state.reservationId === null) return state;
      return { ...state, reservationId: null, phase: plugged ? "preparing" : "idle" };
    default:
      return event satisfies never;
  }
}

/** The statuses from which an accepted token leads to Preparing (§4.9, column 2). */
const MAY_BEGIN: readonly ConnectorStatus[] = ["Available", "Finishing", "Reserved"];

const STATUS = {
  idle: "Available",
  preparing: "Preparing",
  charging: "Charging",
  "suspended-ev": "SuspendedEV",
  "suspended-evse": "SuspendedEVSE",
  finishing: "Finishing",
} as const satisfies Record<Phase, ConnectorStatus>;

/** What a connector is said to be (1.6 §7.7). */
export function statusOf(state: ConnectorState): ConnectorStatus {
  if (state.fault !== null) return "Faulted";
  if (!state.operative) return "Unavailable";
  if (state.reservationId !== null) return "Reserved";
  return STATUS[state.phase];
}

/** Whether a transaction runs on it. */
export function isRunning({ phase }: ConnectorState): boolean {
  return phase === "charging" || phase === "suspended-ev" || phase === "suspended-evse";
}
