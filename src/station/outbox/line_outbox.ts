import type { Clock } from "../../clock/mod.ts";
import type { Log } from "../../log/mod.ts";
import type { CallOptions, CallOutcome, Payload } from "../../ocpp/mod.ts";
import type { Line } from "../line/line.ts";
import type { Memory } from "../memory/memory.ts";
import type { Spoken, TransactionAnswer } from "../spoken.ts";
import type { TransactionKind } from "./entry.ts";
import type { OutboxPorts, Spelled } from "./outbox_ports.ts";

/** What the outbox of a station does on its {@link Line}. */
export class LineOutbox implements OutboxPorts {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  get clock(): Clock {
    return this.#line.world.clock;
  }

  get log(): Log {
    return this.#line.host.log;
  }

  get memory(): Memory {
    return this.#line.host.memory;
  }

  newId(): string {
    return this.#line.newId();
  }

  pace(signal: AbortSignal): Promise<void> {
    return this.#line.world.pace.turn(signal);
  }

  call(action: string, payload: Payload, options: CallOptions): Promise<CallOutcome> {
    return this.#line.rpc.call(action, payload, options);
  }

  version(): string {
    return this.#line.rpc.version;
  }

  spell<K extends TransactionKind>(kind: K, event: Spoken[K]["event"]): Spelled | null {
    return this.#line.speaker.spell(kind, event);
  }

  read(kind: TransactionKind, action: string, result: Payload): TransactionAnswer {
    return this.#line.speaker.read(kind, action, result);
  }

  retry(): { readonly attempts: number; readonly intervalMs: number } {
    const { settings } = this.#line.host;
    return {
      attempts: settings.get("transactionMessageAttempts"),
      intervalMs: settings.get("transactionMessageRetryInterval") * 1000,
    };
  }

  added(connectorId: number): void {
    this.#line.owner.transactionSpoke(connectorId);
  }

  answered(event: Spoken[TransactionKind]["event"], answer: TransactionAnswer): void {
    this.#line.owner.transactionAnswered(event, answer);
  }
}
