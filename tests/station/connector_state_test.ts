import assert from "node:assert/strict";
import {
  type ConnectorEvent,
  type ConnectorState,
  isRunning,
  type Phase,
  statusOf,
  transition,
  UNUSED,
} from "../../src/station/connector_state.ts";
import type { ConnectorStatus } from "../../src/station/words.ts";

const FAULT = { errorCode: "GroundFailure", info: null, vendorErrorCode: null };

const EVENTS = {
  plugged: { type: "plugged" },
  unplugged: { type: "unplugged" },
  authorized: { type: "authorized" },
  "given-up": { type: "given-up" },
  started: { type: "started" },
  resumed: { type: "resumed" },
  stopped: { type: "stopped" },
  "by ev": { type: "suspended", by: "ev" },
  "by evse": { type: "suspended", by: "evse" },
  faulted: { type: "faulted", fault: FAULT },
  repaired: { type: "repaired" },
  operative: { type: "operative" },
  inoperative: { type: "inoperative" },
  reserved: { type: "reserved", id: 7 },
  released: { type: "released" },
} as const satisfies Record<string, ConnectorEvent>;

type EventName = keyof typeof EVENTS;

function state(phase: Phase, given: Partial<ConnectorState> = {}): ConnectorState {
  return { ...UNUSED, phase, ...given };
}

const PLUGGED = { plugged: true };
const OUT = { operative: false };
const KEPT = { reservationId: 7 };
const BROKEN = { fault: FAULT };

const idle = state("idle");
const kept = state("idle", KEPT);
const keptPlugged = state("idle", { ...KEPT, ...PLUGGED });
const granted = state("preparing");
const preparing = state("preparing", PLUGGED);
const charging = state("charging", PLUGGED);
const pulled = state("charging");
const byEv = state("suspended-ev", PLUGGED);
const byEvse = state("suspended-evse", PLUGGED);
const finishing = state("finishing", PLUGGED);
const out = state("idle", OUT);
const outFull = state("finishing", { ...OUT, ...PLUGGED });
const broken = state("idle", BROKEN);
const brokenCharging = state("charging", { ...BROKEN, ...PLUGGED });

/** State by event. What is not listed leaves the very same object. */
const TABLE: readonly (readonly [
  name: string,
  from: ConnectorState,
  status: ConnectorStatus,
  to: Readonly<Partial<Record<EventName, ConnectorState>>>,
])[] = [
  ["idle", idle, "Available", {
    plugged: preparing,
    authorized: granted,
    faulted: broken,
    inoperative: out,
    reserved: kept,
  }],
  ["reserved", kept, "Reserved", {
    plugged: keptPlugged,
    authorized: granted,
    faulted: state("idle", { ...KEPT, ...BROKEN }),
    inoperative: out,
    released: idle,
  }],
  ["reserved, with a car", keptPlugged, "Reserved", {
    unplugged: kept,
    authorized: preparing,
    faulted: state("idle", { ...KEPT, ...BROKEN, ...PLUGGED }),
    inoperative: state("idle", { ...OUT, ...PLUGGED }),
    released: preparing,
  }],
  ["granted, no car yet", granted, "Preparing", {
    plugged: preparing,
    "given-up": idle,
    faulted: state("preparing", BROKEN),
  }],
  ["preparing, with a car", preparing, "Preparing", {
    unplugged: idle,
    "given-up": finishing,
    started: charging,
    faulted: state("preparing", { ...BROKEN, ...PLUGGED }),
  }],
  ["charging", charging, "Charging", {
    unplugged: pulled,
    stopped: finishing,
    "by ev": byEv,
    "by evse": byEvse,
    faulted: brokenCharging,
  }],
  ["charging, the car gone", pulled, "Charging", {
    plugged: charging,
    stopped: idle,
    "by ev": state("suspended-ev"),
    "by evse": state("suspended-evse"),
    faulted: state("charging", BROKEN),
  }],
  ["suspended by the car", byEv, "SuspendedEV", {
    unplugged: state("suspended-ev"),
    resumed: charging,
    stopped: finishing,
    "by evse": byEvse,
    faulted: state("suspended-ev", { ...BROKEN, ...PLUGGED }),
  }],
  ["suspended by the station", byEvse, "SuspendedEVSE", {
    unplugged: state("suspended-evse"),
    resumed: charging,
    stopped: finishing,
    "by ev": byEv,
    faulted: state("suspended-evse", { ...BROKEN, ...PLUGGED }),
  }],
  ["finishing", finishing, "Finishing", {
    unplugged: idle,
    authorized: preparing,
    faulted: state("finishing", { ...BROKEN, ...PLUGGED }),
    inoperative: outFull,
  }],
  ["out of service", out, "Unavailable", {
    plugged: state("preparing", { ...OUT, ...PLUGGED }),
    faulted: state("idle", { ...OUT, ...BROKEN }),
    operative: idle,
  }],
  ["out of service, with a car", outFull, "Unavailable", {
    unplugged: out,
    faulted: state("finishing", { ...OUT, ...PLUGGED, ...BROKEN }),
    operative: preparing,
  }],
  ["broken", broken, "Faulted", {
    plugged: state("preparing", { ...BROKEN, ...PLUGGED }),
    faulted: broken,
    repaired: idle,
    inoperative: state("idle", { ...OUT, ...BROKEN }),
  }],
  ["broken while charging", brokenCharging, "Faulted", {
    unplugged: state("charging", BROKEN),
    stopped: state("finishing", { ...BROKEN, ...PLUGGED }),
    "by ev": state("suspended-ev", { ...BROKEN, ...PLUGGED }),
    "by evse": state("suspended-evse", { ...BROKEN, ...PLUGGED }),
    faulted: brokenCharging,
    repaired: charging,
  }],
];

for (const [name, from, status, to] of TABLE) {
  Deno.test(`§4.9: a connector that is ${name} is ${status}, and goes where the table says`, () => {
    assert.equal(statusOf(from), status);
    for (const [event, what] of Object.entries(EVENTS) as [EventName, ConnectorEvent][]) {
      const after = transition(from, what);
      const expected = to[event];
      if (expected === undefined) assert.equal(after, from, `${event} must mean nothing`);
      else assert.deepEqual(after, expected, event);
    }
  });
}

/** Every state that any sequence of events can lead to. */
function reachable(): readonly ConnectorState[] {
  const found = new Map([[JSON.stringify(UNUSED), UNUSED]]);
  for (const from of found.values()) {
    for (const event of Object.values(EVENTS)) {
      const after = transition(from, event);
      found.set(JSON.stringify(after), after);
    }
  }
  return [...found.values()];
}

/** The table of 1.6 §4.9: rows from, columns to; `-` where it has nothing. */
const STATUSES: readonly ConnectorStatus[] = [
  "Available",
  "Preparing",
  "Charging",
  "SuspendedEV",
  "SuspendedEVSE",
  "Finishing",
  "Reserved",
  "Unavailable",
  "Faulted",
];
const LEGAL: readonly (readonly string[])[] = [
  ["--", "A2", "A3", "A4", "A5", "--", "A7", "A8", "A9"],
  ["B1", "--", "B3", "B4", "B5", "B6", "--", "--", "B9"],
  ["C1", "--", "--", "C4", "C5", "C6", "--", "C8", "C9"],
  ["D1", "--", "D3", "--", "D5", "D6", "--", "D8", "D9"],
  ["E1", "--", "E3", "E4", "--", "E6", "--", "E8", "E9"],
  ["F1", "F2", "--", "--", "--", "--", "--", "F8", "F9"],
  ["G1", "G2", "--", "--", "--", "--", "--", "G8", "G9"],
  ["H1", "H2", "H3", "H4", "H5", "--", "--", "--", "H9"],
  ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "--"],
];

/** The name of a change in that table; `--`: it is not in it. */
function nameOf(from: ConnectorStatus, to: ConnectorStatus): string {
  return LEGAL[STATUSES.indexOf(from)]![STATUSES.indexOf(to)]!;
}

Deno.test("§4.9: no event in any state that can be reached leads to a status that the table forbids", () => {
  const illegal = new Set<string>();
  for (const from of reachable()) {
    for (const [name, event] of Object.entries(EVENTS)) {
      const after = transition(from, event);
      const [was, is] = [statusOf(from), statusOf(after)];
      if (was !== is && nameOf(was, is) === "--") {
        illegal.add(`${was} to ${is}: ${name} ${JSON.stringify(from)}`);
      }
    }
  }
  assert.deepEqual([...illegal], []);
});

Deno.test("§4.9: the changes that stations make are those, and every status can be reached", () => {
  const made = new Set<string>();
  const statuses = new Set<ConnectorStatus>();
  for (const from of reachable()) {
    statuses.add(statusOf(from));
    for (const event of Object.values(EVENTS)) {
      const [was, is] = [statusOf(from), statusOf(transition(from, event))];
      if (was !== is) made.add(nameOf(was, is));
    }
  }
  assert.deepEqual(statuses, new Set(STATUSES));
  // A transaction begins from Preparing and is over before its connector goes out of service: A3 to
  // A5, B4, B5, C8, D8, E8 and H3 to H5 are for stations without authorization, and never made.
  assert.deepEqual(
    [...made].sort().join(" "),
    [
      "A2 A7 A8 A9 B1 B3 B6 B9 C1 C4 C5 C6 C9 D1 D3 D5 D6 D9 E1 E3 E4 E6 E9 F1 F2 F8 F9",
      "G1 G2 G8 G9 H1 H2 H9 I1 I2 I3 I4 I5 I6 I7 I8",
    ].join(" "),
  );
});

Deno.test("a state is never changed: each event makes another or gives back the same", () => {
  for (const from of reachable()) {
    Object.freeze(from);
    for (const event of Object.values(EVENTS)) {
      const after = transition(from, event);
      if (event.type !== "faulted" && after !== from) assert.notDeepEqual(after, from);
      assert.deepEqual(JSON.parse(JSON.stringify(after)), after, "it is plain JSON");
    }
  }
});

Deno.test("what must hold in every state that can be reached", () => {
  for (const one of reachable()) {
    const text = JSON.stringify(one);
    if (one.phase === "finishing") assert(one.plugged, text);
    if (one.reservationId !== null) assert(one.phase === "idle" && one.operative, text);
    if (isRunning(one)) assert(one.operative, text);
  }
});

Deno.test("§4.9: a fault leads back to the status before it (I1 to I8)", () => {
  for (const from of reachable()) {
    if (from.fault !== null) continue;
    const broken = transition(from, EVENTS.faulted);
    assert.equal(statusOf(broken), "Faulted");
    assert.deepEqual(transition(broken, EVENTS.repaired), from);
  }
});

Deno.test("another reservation may take the place of the first", () => {
  const other = transition(kept, { type: "reserved", id: 8 });
  assert.deepEqual(other, { ...kept, reservationId: 8 });
});

Deno.test("the state that all connectors share cannot be changed", () => {
  assert(Object.isFrozen(UNUSED));
});
