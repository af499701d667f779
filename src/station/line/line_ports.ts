import type { Clock } from "../../clock/mod.ts";
import type { NewMessageId, OcppVersion } from "../../ocpp/mod.ts";
import type { Charger } from "../charger.ts";
import type { Dialect } from "../dialect.ts";
import type { Memory } from "../memory/memory.ts";
import type { TransactionKind } from "../outbox/entry.ts";
import type { Pace } from "../outbox/pace.ts";
import type { RegistrationState } from "./registration.ts";
import type { Spoken, TransactionAnswer } from "../spoken.ts";

/** A version that a station can speak, loaded. */
export interface Language {
  readonly version: OcppVersion;
  readonly dialect: Dialect;
}

/** What all stations share about their lines. Durations are milliseconds. */
export interface LineWorld {
  readonly clock: Clock;
  readonly newId: NewMessageId;
  /** Before a boot that failed is tried again, unless the CSMS names a time. */
  readonly bootRetryMs: number;
  readonly callTimeoutMs: number;
  /** Of what waited for a connection, of all stations together. */
  readonly pace: Pace;
}

/** The station that a {@link Line} is of. */
export interface LineHost extends Charger {
  readonly config: { readonly strictness: "strict" | "lenient" };
  /** The versions it offers. */
  readonly languages: readonly Language[];
  readonly memory: Memory;
}

/** Who hears of a {@link Line}. */
export interface LineOwner {
  /** The CSMS has accepted a boot: everything is news to it. 0: it leaves the interval to us. */
  bootAccepted(heartbeatSeconds: number): void;
  /** The CSMS can be reached again. */
  lineOpened(): void;
  lineClosed(): void;
  registrationChanged(from: RegistrationState, retryAt: number | null): void;
  /** Something is to be said of a transaction on a connector. */
  transactionSpoke(connectorId: number): void;
  /** Comes for every answer, before whoever waits for it hears. */
  transactionAnswered(event: Spoken[TransactionKind]["event"], answer: TransactionAnswer): void;
  /** Our clock follows the CSMS's, and moved by so many milliseconds. */
  clockMoved(ms: number): void;
}
