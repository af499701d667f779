import type { Cause, StateChange } from "../../connection/mod.ts";
import type { MessageType, NewMessage } from "../../store/mod.ts";
import { ACTION_NAMES } from "../line/action_names.ts";
import { Histogram } from "./histogram.ts";

/** How a CALL ended. `unanswered`: its connection did first, or too many others came after it. */
export type CallResult = "result" | "error" | "unanswered";

/** Who sent it: the station (`out`) or the CSMS (`in`). */
export type Direction = NewMessage["direction"];

/** Between a CALL and its answer, in milliseconds. */
const LATENCY_BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1e3, 2.5e3, 5e3, 1e4, 3e4];

/** The CALLs of one action in one direction. */
export interface CallTally {
  readonly action: string;
  readonly direction: Direction;
  readonly results: Readonly<Record<CallResult, number>>;
  /** Of those that were answered: milliseconds. */
  readonly latencies: Histogram;
}

interface OpenTally extends CallTally {
  readonly results: Record<CallResult, number>;
}

/** Stands for every action that no version of OCPP has. */
export const OTHER_ACTION = "other";

/** Counts what goes over all connections together, from the start of the program. Never a station's id. */
export class Traffic {
  readonly frames: Readonly<Record<Direction, Readonly<Record<MessageType, number>>>>;
  readonly bytes: Readonly<Record<Direction, number>>;
  /** Dials begun. */
  dials = 0;
  /** Connections opened. */
  opened = 0;
  readonly #frames = { in: noFrames(), out: noFrames() };
  readonly #bytes = { in: 0, out: 0 };
  readonly #calls = { in: new Map<string, OpenTally>(), out: new Map<string, OpenTally>() };
  readonly #reconnects = new Map<Cause["kind"], number>();

  constructor() {
    this.frames = this.#frames;
    this.bytes = this.#bytes;
  }

  /** How often a dial or a connection failed and the next dial was planned, by the kind of cause. */
  get reconnects(): ReadonlyMap<Cause["kind"], number> {
    return this.#reconnects;
  }

  /** Every action that was called, in each direction. */
  *calls(): Iterable<CallTally> {
    yield* this.#calls.out.values();
    yield* this.#calls.in.values();
  }

  /** A frame went in or out. */
  frame(direction: Direction, type: MessageType, bytes: number): void {
    this.#frames[direction][type]++;
    this.#bytes[direction] += bytes;
  }

  /** A CALL got its answer. @param direction of the CALL */
  answered(action: string, direction: Direction, result: "result" | "error", ms: number): void {
    const tally = this.#tally(action, direction);
    tally.results[result]++;
    tally.latencies.add(ms);
  }

  /** A CALL gets none any more. */
  unanswered(action: string, direction: Direction): void {
    this.#tally(action, direction).results.unanswered++;
  }

  /** The state of a connection changed. */
  changed({ to }: StateChange): void {
    if (to.name === "connecting") this.dials++;
    else if (to.name === "connected") this.opened++;
    else if (to.name === "reconnecting") {
      const { kind } = to.cause;
      this.#reconnects.set(kind, (this.#reconnects.get(kind) ?? 0) + 1);
    }
  }

  #tally(action: string, direction: Direction): OpenTally {
    const calls = this.#calls[direction];
    const known = calls.get(action);
    if (known !== undefined) return known;
    if (!ACTION_NAMES.has(action) && action !== OTHER_ACTION) {
      return this.#tally(OTHER_ACTION, direction);
    }
    const tally: OpenTally = {
      action,
      direction,
      results: { result: 0, error: 0, unanswered: 0 },
      latencies: new Histogram(LATENCY_BOUNDS_MS),
    };
    calls.set(action, tally);
    return tally;
  }
}

function noFrames(): Record<MessageType, number> {
  return { call: 0, result: 0, error: 0, "result-error": 0, send: 0, garbage: 0 };
}
