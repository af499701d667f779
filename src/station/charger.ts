import type { Log } from "../log/mod.ts";
import type { Meter } from "./energy/meter.ts";
import type { AuthorizationCache } from "./tokens/authorization_cache.ts";
import type { Network } from "./network/network.ts";
import type { Services } from "./services.ts";
import type { Settings } from "./settings/settings.ts";
import type { ChargingProfile } from "./smart/profile.ts";
import type { Profiles } from "./smart/profiles.ts";
import type { Heard, Identity, Kind, Spoken, TransactionFacts } from "./spoken.ts";
import type { LocalList } from "./tokens/local_list.ts";
import type { Reservations } from "./tokens/reservations.ts";
import type { Status } from "./status_reporter.ts";
import type { ConnectorStatus, IdToken, ReadingContext, Sample } from "./words.ts";

/** A remote start, as both generations know it. */
export interface RemoteStart {
  /** `null`: the station chooses. */
  readonly connectorId: number | null;
  readonly idToken: IdToken;
  /** The group that the CSMS says it belongs to (2.x). */
  readonly groupId: IdToken | null;
  /** A TxProfile for the transaction that will start. */
  readonly profile: ChargingProfile | null;
  /** 2.x only. */
  readonly remoteStartId: number | null;
}

/** Why a remote start is refused, in one sentence. */
export interface RemoteRefusal {
  readonly obstacle:
    | "boot"
    | "master-pass"
    | "none-free"
    | "out-of-service"
    | "reserved"
    | "taken"
    | "unknown";
  readonly why: string;
}

/**
 * How a station is reset. `soft` and `hard` are of 1.6 (§5.14), the others of 2.x (B11 to B13): `idle` once
 * nothing is in use, and `resume` with transactions that go on afterwards.
 */
export type ResetKind = "hard" | "idle" | "immediate" | "resume" | "soft";

/** What a CSMS can ask a station to say now. */
export type Triggered =
  | "boot"
  | "firmwareStatus"
  | "heartbeat"
  | "logStatus"
  | "meterValues"
  | "publishFirmwareStatus"
  | "signCertificate"
  | "status"
  | "transaction";

/** A connector as commands and views see it. */
export interface ConnectorFacts {
  readonly id: number;
  readonly type: string;
  /** Watts. */
  readonly maxPower: number;
  readonly status: ConnectorStatus;
  readonly plugged: boolean;
  readonly reservationId: number | null;
  readonly transaction: TransactionFacts | null;
  /** Somebody may charge on that transaction: it was not stopped, to end when the car leaves. */
  readonly isAuthorized: boolean;
}

/**
 * The charging station, free of versions, as the commands of a dialect see it. Connector 0 is the
 * station as a whole wherever a connector id is taken.
 */
export interface Charger {
  readonly id: string;
  readonly identity: Identity;
  readonly log: Log;
  readonly settings: Settings;
  readonly localList: LocalList;
  readonly cache: AuthorizationCache;
  readonly reservations: Reservations;
  readonly profiles: Profiles;
  readonly services: Services;
  /** How it reaches its CSMS. */
  readonly network: Network;
  /** Whether the services were ever needed: looking at a station must not make them. */
  readonly isServed: boolean;

  /** Whether the CSMS has accepted the boot. */
  readonly isAccepted: boolean;
  /** The station's clock, put right by its CSMS: milliseconds since 1970. */
  now(): number;
  /** In the order of their ids; without 0. */
  connectors(): readonly ConnectorFacts[];
  /** `undefined`: there is none. Not for 0. */
  connector(id: number): ConnectorFacts | undefined;
  /** How a connector, or with 0 the station, stands. */
  status(connectorId: number): Status;
  /** What goes through a connector; `null`: its meter has never been needed. */
  meter(
    connectorId: number,
  ): Pick<Meter, "car" | "exportWh" | "importWh" | "offeredW" | "powerW" | "read"> | null;
  /** What the meter of a connector reads now, of the measurands that are configured for samples. */
  sample(connectorId: number, context: ReadingContext): Sample;
  /** Says something to the CSMS. Never rejects; transaction events have their own queue instead. */
  say<K extends Kind>(kind: K, event: Spoken[K]["event"]): Heard<K>;
  /** The same before the boot is accepted too: for what the CSMS asks to be told (2.x B02.FR.02). */
  sayNow<K extends Kind>(kind: K, event: Spoken[K]["event"]): Heard<K>;

  /** On which connector it will be tried, or why not. */
  remoteStart(start: RemoteStart): { readonly connectorId: number } | RemoteRefusal;
  /** By our id or the CSMS's. `false`: no such transaction is running. */
  remoteStop(transactionId: string | number): boolean;
  /** Ends a transaction on it first (1.6 §5.18, 2.x F05 refuses instead: the command looks first). */
  unlock(connectorId: number): Promise<"Unlocked" | "UnlockFailed" | "UnknownConnector">;
  /** 0: the whole station. `Scheduled`: once the transactions in the way have ended. */
  changeAvailability(
    connectorId: number,
    operative: boolean,
  ): "Accepted" | "Rejected" | "Scheduled";
  /** Ends transactions, goes away and boots again. @param connectorId resets that connector alone */
  reset(kind: ResetKind, connectorId?: number | null): void;
  /** Says it now, even before the boot is accepted. `null`: of every connector that it can be said of. */
  trigger(what: Triggered, connectorId: number | null, extended?: boolean): void;
  /** Reserves a connector's status for a reservation, or gives it back (0: no connector shows it). */
  showReservation(connectorId: number, reservationId: number | null): void;
  /** Profiles or limits changed: what flows is reckoned anew. */
  limitsChanged(): void;
}
