import type { TransactionView } from "./driver.ts";
import type { RegistrationState } from "./line/registration.ts";
import type { ConnectorStatus } from "./words.ts";

interface Change {
  readonly stationId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A connector went from one status to another, or something else is wrong with it now. */
export interface ConnectorChange extends Change {
  readonly type: "connector";
  /** 0: the station as a whole. */
  readonly connectorId: number;
  readonly from: ConnectorStatus;
  readonly to: ConnectorStatus;
  /** `NoError` while all is well. */
  readonly errorCode: string;
  readonly info: string | null;
}

/** A transaction started, ended, or shows something else: its charging state, the id the CSMS gave it. */
export interface TransactionChange extends Change {
  readonly type: "transaction";
  readonly event: "started" | "updated" | "ended";
  /** As it is after the change. */
  readonly transaction: TransactionView;
}

/** The CSMS answered a boot, or the station boots anew. */
export interface RegistrationChange extends Change {
  readonly type: "registration";
  readonly from: RegistrationState;
  readonly to: RegistrationState;
  /** When the boot is tried again, in milliseconds since 1970; `null`: it need not be. */
  readonly retryAt: number | null;
}

/** A station was made, defined otherwise or deleted over HTTP. */
export interface RosterChange extends Change {
  readonly type: "station";
  readonly event: "created" | "changed" | "deleted";
}

/** A fact about a station, published to whoever watches. Nobody answers it. */
export type StationChange = ConnectorChange | TransactionChange | RegistrationChange | RosterChange;
