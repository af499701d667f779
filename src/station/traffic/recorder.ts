import type { Clock } from "../../clock/mod.ts";
import type { ConnectionFact, ConnectionManager } from "../../connection/mod.ts";
import { type FrameHead, readHead } from "../../ocpp/mod.ts";
import type { NewMessage } from "../../store/mod.ts";
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
  /**
   * By connected station. Nearly always it is one or none, and no list is made for it; `null` stays for
   * none, since a map whose entries come and go is laid out anew all the time.
   */
  readonly #open = new Map<string, OpenCall | OpenCall[] | null>();

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
    let { action } = head;
    let latencyMs: number | null = null;
    if (type === "call") {
      this.#called(stationId, direction, head);
    } else if (type === "result" || type === "error") {
      const call = this.#answered(stationId, direction, head);
      if (call !== null) {
        const ms = this.#options.clock.monotonic() - call.at;
        this.traffic.answered(call.action, call.direction, type, ms);
        action = call.action;
        latencyMs = Math.round(ms * 100) / 100;
      }
    }
    this.#options.append({
      at,
      stationId,
      direction,
      type,
      action,
      id,
      text: mayHoldSecret(direction, type) ? hideSecrets(action, text) : text,
      bytes,
      latencyMs,
      error,
    });
  }

  /** Remembers a CALL. */
  #called(stationId: string, direction: Direction, { id, action }: FrameHead): void {
    if (id === null || action === null) return;
    const call = { direction, id, action, at: this.#options.clock.monotonic() };
    const open = this.#open.get(stationId) ?? null;
    if (open === null) {
      this.#open.set(stationId, call);
    } else if (!Array.isArray(open)) {
      this.#open.set(stationId, [open, call]);
    } else {
      open.push(call);
      if (open.length > MOST_OPEN) this.#giveUp(open.shift()!);
    }
  }

  /** Finds the CALL that is answered, and forgets it. */
  #answered(stationId: string, direction: Direction, { id }: FrameHead): OpenCall | null {
    const open = this.#open.get(stationId) ?? null;
    if (open === null) return null;
    if (!Array.isArray(open)) {
      if (open.id !== id || open.direction === direction) return null;
      this.#open.set(stationId, null);
      return open;
    }
    const at = open.findIndex((call) => call.id === id && call.direction !== direction);
    if (at < 0) return null;
    const [call] = open.splice(at, 1);
    if (open.length === 0) this.#open.set(stationId, null);
    return call!;
  }

  #forget(stationId: string): void {
    const open = this.#open.get(stationId) ?? [];
    this.#open.delete(stationId);
    for (const call of Array.isArray(open) ? open : [open]) this.#giveUp(call);
  }

  #giveUp({ action, direction }: OpenCall): void {
    this.traffic.unanswered(action, direction);
  }
}

/** What a CSMS asks for, and what cannot be read. */
function mayHoldSecret(direction: Direction, type: NewMessage["type"]): boolean {
  return type === "garbage" || (direction === "in" && type === "call");
}
