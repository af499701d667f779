import type { SentCall } from "../../support/fake_csms.ts";

/** What a CSMS knows of one station, and everything that it should never have been told. */
export interface Ledger {
  readonly violations: string[];
  /** By the ids that the CSMS knows them by. */
  readonly transactions: ReadonlyMap<number | string, unknown>;
  /** What was told last of each connector. */
  readonly told: ReadonlyMap<number, string>;
  /** Those that were started and not ended. */
  readonly open: readonly (number | string)[];
  /** There is another connection: what came in between was not told. */
  untold(): void;
  /** A CALL came in, processed or not. */
  seen(call: SentCall): void;
  /** A CALL of a transaction is processed; what it is answered with, tokens apart. */
  process(call: SentCall): Record<string, unknown>;
}

/** What a ledger knows of the station beside what it is told. */
export interface Watch {
  /** Whether the station may leave out a status now that lasts for a short time only. */
  mayLeaveOut(): boolean;
  /** Whether the CSMS never sets the clock of the station. */
  readonly isClockSteady: boolean;
  /** How the line was, by the station's clock; `null`: it changed then, or was neither. */
  lineAt(ms: number): "online" | "offline" | null;
}
