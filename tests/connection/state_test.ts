import assert from "node:assert/strict";
import {
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionStateName,
  transition,
} from "../../src/connection/state.ts";

const cause = { kind: "lost", message: "gone" } as const;

const STATES: Record<ConnectionStateName, ConnectionState> = {
  disconnected: { name: "disconnected" },
  connecting: { name: "connecting" },
  connected: { name: "connected", since: 1, subprotocol: "ocpp1.6" },
  reconnecting: { name: "reconnecting", cause, retryAt: 2 },
  error: { name: "error", cause },
  closed: { name: "closed" },
};

const EVENTS: Record<ConnectionEvent["type"], ConnectionEvent> = {
  "connect": { type: "connect" },
  "dial": { type: "dial" },
  "opened": { type: "opened", at: 7, subprotocol: "ocpp2.1" },
  "lost": { type: "lost", cause, retryAt: 9 },
  "gave-up": { type: "gave-up", cause },
  "disconnect": { type: "disconnect" },
  "close": { type: "close" },
};

/** Where each event leads from each state; `-` means nowhere: the same object comes back. */
const TABLE: Record<ConnectionStateName, Record<ConnectionEvent["type"], string>> = {
  disconnected: {
    "connect": "connecting",
    "dial": "-",
    "opened": "-",
    "lost": "-",
    "gave-up": "-",
    "disconnect": "-",
    "close": "closed",
  },
  connecting: {
    "connect": "-",
    "dial": "-",
    "opened": "connected",
    "lost": "reconnecting",
    "gave-up": "error",
    "disconnect": "disconnected",
    "close": "closed",
  },
  connected: {
    "connect": "-",
    "dial": "-",
    "opened": "-",
    "lost": "reconnecting",
    "gave-up": "error",
    "disconnect": "disconnected",
    "close": "closed",
  },
  reconnecting: {
    "connect": "connecting",
    "dial": "connecting",
    "opened": "-",
    "lost": "reconnecting",
    "gave-up": "-",
    "disconnect": "disconnected",
    "close": "closed",
  },
  error: {
    "connect": "connecting",
    "dial": "-",
    "opened": "-",
    "lost": "reconnecting",
    "gave-up": "-",
    "disconnect": "disconnected",
    "close": "closed",
  },
  closed: {
    "connect": "-",
    "dial": "-",
    "opened": "-",
    "lost": "-",
    "gave-up": "-",
    "disconnect": "-",
    "close": "-",
  },
};

for (const [name, row] of Object.entries(TABLE)) {
  const state = STATES[name as ConnectionStateName];
  for (const [type, expected] of Object.entries(row)) {
    const event = EVENTS[type as ConnectionEvent["type"]];
    const what = expected === "-" ? "means nothing" : `leads to ${expected}`;
    Deno.test(`in ${name}, ${type} ${what}`, () => {
      const next = transition(state, event);
      if (expected === "-") assert.equal(next, state);
      else assert.equal(next.name, expected);
    });
  }
}

Deno.test("a state carries the facts of the event that led to it", () => {
  assert.deepEqual(transition(STATES.connecting, EVENTS.opened), {
    name: "connected",
    since: 7,
    subprotocol: "ocpp2.1",
  });
  assert.deepEqual(transition(STATES.connected, EVENTS.lost), {
    name: "reconnecting",
    cause,
    retryAt: 9,
  });
  assert.deepEqual(transition(STATES.connecting, EVENTS["gave-up"]), { name: "error", cause });
});
