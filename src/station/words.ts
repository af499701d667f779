import type { DisplayContent } from "./display/display_message.ts";

/** An identification as a driver presents it. `type` is a word of 2.x (`Central`, `ISO14443`, …); 1.6 knows only the text. */
export interface IdToken {
  readonly idToken: string;
  readonly type: string;
  /** More about who presents it (2.x). Two tokens are one whatever it says (C01.FR.25). */
  readonly additionalInfo?: readonly AdditionalInfo[];
}

/** A part of what a token says beside itself, of a type that its parties agreed on. */
export interface AdditionalInfo {
  readonly additionalIdToken: string;
  readonly type: string;
}

/** What an authorization comes to. 1.6 knows the first five (§7.2), 2.x all (part 2 §3.5). */
export type AuthorizationStatus =
  | "Accepted"
  | "Blocked"
  | "Expired"
  | "Invalid"
  | "ConcurrentTx"
  | "NoCredit"
  | "NotAllowedTypeEVSE"
  | "NotAtThisLocation"
  | "NotAtThisTime"
  | "Unknown";

/** What a CSMS, the local list or the cache says of an id token. */
export interface IdTokenInfo {
  readonly status: AuthorizationStatus;
  /** The parentIdTag of 1.6. */
  readonly groupId: IdToken | null;
  /** Milliseconds since 1970; `null`: it does not expire. */
  readonly expiresAt: number | null;
  /** The only connectors that it is good for; absent: all (2.x C01). */
  readonly connectorIds?: readonly number[];
  /** For the driver's eyes (2.x C01). */
  readonly message?: DisplayContent;
}

/** The status of a connector in the words of 1.6 (§7.7); 2.x says `Occupied` for five of them. */
export type ConnectorStatus =
  | "Available"
  | "Preparing"
  | "Charging"
  | "SuspendedEV"
  | "SuspendedEVSE"
  | "Finishing"
  | "Reserved"
  | "Unavailable"
  | "Faulted";

/** What is wrong with a connector. `errorCode` is a ChargePointErrorCode of 1.6 (§7.6). */
export interface Fault {
  readonly errorCode: string;
  readonly info: string | null;
  readonly vendorErrorCode: string | null;
}

/** Why a transaction ends. 1.6 knows the first eleven (§7.36); the others are of 2.x. */
export type StopReason =
  | "DeAuthorized"
  | "EmergencyStop"
  | "EVDisconnected"
  | "HardReset"
  | "Local"
  | "Other"
  | "PowerLoss"
  | "Reboot"
  | "Remote"
  | "SoftReset"
  | "UnlockCommand"
  | "EnergyLimitReached"
  | "GroundFault"
  | "ImmediateReset"
  | "LocalOutOfCredit"
  | "MasterPass"
  | "OvercurrentFault"
  | "PowerQuality"
  | "SOCLimitReached"
  | "StoppedByEV"
  | "TimeLimitReached"
  | "Timeout";

/** Why a value was read. */
export type ReadingContext =
  | "Interruption.Begin"
  | "Interruption.End"
  | "Other"
  | "Sample.Clock"
  | "Sample.Periodic"
  | "Transaction.Begin"
  | "Transaction.End"
  | "Trigger";

/** One value of a meter. */
export interface Reading {
  /** As 1.6 and 2.x both spell it: `Energy.Active.Import.Register`, `SoC`, … */
  readonly measurand: string;
  readonly value: number;
  readonly unit: string;
  /** `L1`, `L1-N`, …; `null`: the total, or no phase. */
  readonly phase: string | null;
  readonly location: "Body" | "Cable" | "EV" | "Inlet" | "Outlet";
}

/** What a meter read at one moment. */
export interface Sample {
  /** Milliseconds since 1970 by the station's clock. */
  readonly at: number;
  readonly context: ReadingContext;
  readonly readings: readonly Reading[];
}
