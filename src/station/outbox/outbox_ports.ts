import type { Clock } from "../../clock/mod.ts";
import type { Log } from "../../log/mod.ts";
import type { CallOptions, CallOutcome, NewMessageId, Payload } from "../../ocpp/mod.ts";
import type { Memory } from "../memory/memory.ts";
import type { Spoken, TransactionAnswer } from "../spoken.ts";
import type { TransactionKind } from "./entry.ts";

/** What an outbox needs of its station. */
export interface OutboxPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewMessageId;
  /** What waits is kept there, and on the disk before it is sent. */
  readonly memory: Pick<Memory, "entries" | "keep" | "saved">;
  /** Resolves when the next of what waited for a connection may go, or when `signal` is aborted. */
  pace(signal: AbortSignal): Promise<void>;
  call(action: string, payload: Payload, options: CallOptions): Promise<CallOutcome>;
  /** The OCPP version of the connection. */
  version(): string;
  /** Spells an event; `null`: this version has nothing to say then. */
  spell<K extends TransactionKind>(kind: K, event: Spoken[K]["event"]): Spelled | null;
  /** Reads what the CSMS answered to it. */
  read(kind: TransactionKind, action: string, result: Payload): TransactionAnswer;
  /** TransactionMessageAttempts, and TransactionMessageRetryInterval in milliseconds. */
  retry(): { readonly attempts: number; readonly intervalMs: number };
  /** Something was added that a transaction on a connector leads to. */
  added(connectorId: number): void;
  /** Hears every answer, before whoever waits for it. */
  answered(event: Spoken[TransactionKind]["event"], answer: TransactionAnswer): void;
}

/** An event as a message of one version. */
export interface Spelled {
  readonly action: string;
  readonly payload: Payload;
}
