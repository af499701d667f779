import type { Clock } from "../../clock/mod.ts";
import type { ConnectionFact, ConnectionManager } from "../../connection/mod.ts";
import type { NewMessage } from "../../store/mod.ts";
import { type FrameHead, readHead } from "./frame_head.ts";
import { hideSecrets } from "./hide_secrets.ts";
import { type Direction, Traffic } from "./traffic.ts";

/** What a {@link Recorder} needs. */
export interface RecorderOptions {
  readonly manager: Pick<ConnectionManager, "changes" | "facts">;
  readonly clock: Pick<Clock, "monotonic">;
  /** Takes what was on the wire, in its order. */
  append(message: NewMessage): void;
}

/** A CALL that waits for its answer. */
interface OpenCall {
  readonly direction: Direction;
  readonly id: string;
  readonly action: string;
  /** On the monotonic clock. */
  readonly at: number;
}

/** An honest station and CSMS have one CALL outstanding each. */
const MOST_OPEN = 8;

/**
 * Hears every frame of every connection in both directions, reads what it is, and knows which CALL an
 * answer belongs to. Secrets that the CSMS sends are left out of what it hands on.
 */
export class Recorder {
  readonly traffic = new Traffic();
  readonly #options: RecorderOptions;
  /** By station; those with none are not in it. */
  readonly #open = new Map<string, OpenCall[]>();

  constructor(options: RecorderOptions) {
    this.#options = options;
    const { changes, facts } = options.manager;
    changes.subscribe((change) => this.traffic.changed(change));
    facts.subscribe((fact) => this.#hear(fact));
  }

  #hear(fact: ConnectionFact): void {
    if (fact.type === "message") this.#record("in", fact);
    else if (fact.type === "sent") this.#record("out", fact);
    else if (fact.type === "disconnected") this.#forget(fact.stationId);
  }

  #record(direction: Direction, fact: ConnectionFact & { type: "message" | "sent" }): void {
    const { stationId, at, text, bytes } = fact;
    const head = readHead(text);
    const { type, id, error } = head;
    this.traffic.frame(direction, type, bytes);
    const answered = this.#follow(stationId, direction, head);
    const action = head.action ?? answered?.action ?? null;
    this.#options.append({
      at,
      stationId,
      direction,
      type,
      action,
      id,
      text: mayHoldSecret(direction, type) ? hideSecrets(action, text) : text,
      bytes,
      latencyMs: answered?.latencyMs ?? null,
      error,
    });
  }

  /** Remembers a CALL, or finds the one that is answered. */
  #follow(
    stationId: string,
    direction: Direction,
    { type, id, action }: FrameHead,
  ): { readonly action: string; readonly latencyMs: number } | null {
    if (id === null) return null;
    if (type === "call" && action !== null) {
      this.#called(stationId, { direction, id, action, at: this.#options.clock.monotonic() });
    }
    if (type !== "result" && type !== "error") return null;
    const open = this.#open.get(stationId);
    if (open === undefined) return null;
    const call = open.find((each) => each.id === id && each.direction !== direction);
    if (call === undefined) return null;
    if (open.length === 1) this.#open.delete(stationId);
    else open.splice(open.indexOf(call), 1);
    const ms = this.#options.clock.monotonic() - call.at;
    this.traffic.answered(call.action, call.direction, type, ms);
    return { action: call.action, latencyMs: Math.round(ms * 100) / 100 };
  }

  #called(stationId: string, call: OpenCall): void {
    const open = this.#open.get(stationId);
    if (open === undefined) {
      this.#open.set(stationId, [call]);
      return;
    }
    open.push(call);
    if (open.length > MOST_OPEN) this.#giveUp(open.shift()!);
  }

  #forget(stationId: string): void {
    for (const call of this.#open.get(stationId) ?? []) this.#giveUp(call);
    this.#open.delete(stationId);
  }

  #giveUp({ action, direction }: OpenCall): void {
    this.traffic.unanswered(action, direction);
  }
}

/** What a CSMS asks for, and what cannot be read. */
function mayHoldSecret(direction: Direction, type: NewMessage["type"]): boolean {
  return type === "garbage" || (direction === "in" && type === "call");
}
