import type { CostDetails } from "./cost/cost_details.ts";
import type { Tariff } from "./cost/tariff.ts";
import type { TransactionLimit } from "./cost/transaction_limit.ts";
import type { DeviceEvent, Monitor } from "./device_model/monitor.ts";
import type { Part } from "./device_model/parts.ts";
import type { Reported } from "./device_model/report.ts";
import type { DisplayContent } from "./display/display_message.ts";
import type { OperationMode } from "./smart/v2x.ts";
import type { SpokenBeyond } from "./spoken_beyond.ts";
import type { ConnectorStatus, Fault, IdToken, IdTokenInfo, Sample, StopReason } from "./words.ts";

/** What a station says of itself at its boot. */
export interface Identity {
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber: string | null;
  readonly firmwareVersion: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
}

/** Why a station boots (2.x BootReasonEnumType; 1.6 does not say). */
export type BootReason =
  | "ApplicationReset"
  | "FirmwareUpdate"
  | "LocalReset"
  | "PowerUp"
  | "RemoteReset"
  | "ScheduledReset"
  | "Triggered"
  | "Unknown"
  | "Watchdog";

/** Why something is said of a transaction (2.x TriggerReasonEnumType; 1.6 does not say). */
export type Trigger =
  | "AbnormalCondition"
  | "Authorized"
  | "CablePluggedIn"
  | "ChargingRateChanged"
  | "ChargingStateChanged"
  | "CostLimitReached"
  | "Deauthorized"
  | "EVCommunicationLost"
  | "EVConnectTimeout"
  | "EVDeparted"
  | "EVDetected"
  | "EnergyLimitReached"
  | "LimitSet"
  | "MeterValueClock"
  | "MeterValuePeriodic"
  | "OperationModeChanged"
  | "RemoteStart"
  | "RemoteStop"
  | "ResetCommand"
  | "SignedDataReceived"
  | "SoCLimitReached"
  | "StopAuthorized"
  | "TariffChanged"
  | "TimeLimitReached"
  | "Trigger"
  | "TxResumed"
  | "UnlockCommand";

/** How a transaction stands (2.x ChargingStateEnumType). */
export type ChargingState = "Charging" | "EVConnected" | "SuspendedEV" | "SuspendedEVSE" | "Idle";

/** A transaction as the CSMS is told of it. Plain JSON: it may wait on disk before it is said. */
export interface TransactionFacts {
  /** The station's own, unique for ever: the transactionId of 2.x. */
  readonly id: string;
  /** The transactionId of 1.6: `null` until StartTransaction is answered. */
  readonly csmsId: number | null;
  readonly connectorId: number;
  readonly idToken: IdToken | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The import register when it started, in Wh. */
  readonly meterStartWh: number;
  readonly reservationId: number | null;
  readonly remoteStartId: number | null;
}

/** One thing to be said of a transaction. Plain JSON. */
export interface TransactionEvent {
  readonly transaction: TransactionFacts;
  /** Milliseconds since 1970: when it happened, however late it is said. */
  readonly at: number;
  readonly seqNo: number;
  readonly trigger: Trigger;
  readonly chargingState: ChargingState;
  /** It happened while there was no connection. */
  readonly offline: boolean;
  /** What the meter read then. In 1.6: MeterValues, or the transactionData of StopTransaction. */
  readonly samples: readonly Sample[];
  /** With it the CSMS hears whose the transaction is, and what it goes back to: once (2.x E01). */
  readonly tellsOwner?: boolean;
  /** Who ends the use with it, when a token does. */
  readonly stopToken?: IdToken | null;
  /** What it does with its car beside charging (2.1 Q); absent: nothing. */
  readonly operationMode?: OperationMode;
  /** How far it may go, where that is news (2.1 E16). */
  readonly limit?: TransactionLimit;
  /** What it costs by now, by a tariff of the station (2.1 I12); absent: it has none. */
  readonly cost?: CostDetails | null;
}

/** The end of a transaction. */
export interface TransactionEnded extends TransactionEvent {
  readonly reason: StopReason;
  /** The import register at the end, in Wh. */
  readonly meterStopWh: number;
  /** Who ended it, when a token did. */
  readonly stopToken: IdToken | null;
}

/** What the CSMS says of a token that it is asked about. */
export interface Authorization extends IdTokenInfo {
  /** What charging costs its bearer (2.1 I08); absent: what it costs everybody. */
  readonly tariff?: Tariff;
  /** Why the tariff that came along cannot be reckoned with, in one clause that begins with "it". */
  readonly tariffFault?: string;
}

/** What the CSMS says to an event of a transaction. */
export interface TransactionAnswer {
  /** 1.6: the id that it gave. */
  readonly csmsId: number | null;
  readonly idTokenInfo: IdTokenInfo | null;
  /** What the CSMS says that it costs (2.x I03); absent: nothing. */
  readonly totalCost?: number | null;
  /** What the driver is to read from now on (2.x I06); absent: nothing is new. */
  readonly message?: DisplayContent;
  /** How far the CSMS lets it go from now on (2.1 E16); absent: nothing is new. */
  readonly limit?: TransactionLimit;
}

/** 0: the station itself. */
export interface StatusEvent {
  readonly connectorId: number;
  readonly status: ConnectorStatus;
  readonly fault: Fault | null;
  readonly at: number;
}

export interface BootAnswer {
  readonly status: "Accepted" | "Pending" | "Rejected";
  /** 0: the interval is left to us (1.6 §4.2, B01.FR.06). */
  readonly intervalSeconds: number;
  /** The CSMS's clock, milliseconds since 1970; `null` when it cannot be read. */
  readonly currentTime: number | null;
}

/** The states of a firmware update: those of 2.x, whose first seven are all that plain 1.6 knows. */
export type FirmwareStatus =
  | "Downloaded"
  | "DownloadFailed"
  | "Downloading"
  | "Idle"
  | "InstallationFailed"
  | "Installing"
  | "Installed"
  | "DownloadScheduled"
  | "DownloadPaused"
  | "InstallRebooting"
  | "InstallScheduled"
  | "InstallVerificationFailed"
  | "InvalidSignature"
  | "SignatureVerified";

/** The states of a log upload. Diagnostics of 1.6 know Idle, Uploaded, UploadFailed and Uploading. */
export type LogStatus =
  | "AcceptedCanceled"
  | "BadMessage"
  | "Idle"
  | "NotSupportedOperation"
  | "PermissionDenied"
  | "Uploaded"
  | "UploadFailure"
  | "Uploading";

/** How far something is that the CSMS asked for. */
export interface Progress<Status> {
  readonly status: Status;
  readonly requestId: number | null;
  /** ExtendedTriggerMessage asks: it is said in the words of the security extension of 1.6. */
  readonly extended?: boolean;
}

/** Everything that a station says to its CSMS of its own accord, and what it hears back. */
export interface Spoken extends SpokenBeyond {
  boot: { event: { identity: Identity; reason: BootReason }; answer: BootAnswer };
  /** The CSMS's clock, milliseconds since 1970; `null` when it cannot be read. */
  heartbeat: { event: null; answer: number | null };
  status: { event: StatusEvent; answer: void };
  authorize: { event: { idToken: IdToken }; answer: Authorization };
  transactionStarted: { event: TransactionEvent; answer: TransactionAnswer };
  transactionUpdated: { event: TransactionEvent; answer: TransactionAnswer };
  transactionEnded: { event: TransactionEnded; answer: TransactionAnswer };
  /** Outside a transaction. Connector 0 is the main meter. */
  meterValues: { event: { connectorId: number; samples: readonly Sample[] }; answer: void };
  /** `requestId` is null for the UpdateFirmware of plain 1.6. */
  firmwareStatus: { event: Progress<FirmwareStatus>; answer: void };
  /** `requestId` is null for the GetDiagnostics of 1.6. */
  logStatus: { event: Progress<LogStatus>; answer: void };
  securityEvent: { event: { type: string; at: number; info: string | null }; answer: void };
  /** `true`: the CSMS will have it signed. */
  signCertificate: { event: { csr: string }; answer: boolean };
  /** A part of what the CSMS asked to be told of the device model (2.x B07, B08). */
  report: { event: Part<Reported> & { requestId: number }; answer: void };
  /** A part of what the CSMS asked to be told of monitors (2.x N02). */
  monitoringReport: { event: Part<Monitor> & { requestId: number }; answer: void };
  /** What monitors found (2.x N07, N08). */
  deviceEvents: { event: Part<DeviceEvent>; answer: void };
  dataTransfer: {
    event: { vendorId: string; messageId: string | null; data: unknown };
    answer: { status: string; data: unknown };
  };
}

/** The kinds of things that a station says. */
export type Kind = keyof Spoken;

/** What became of something that was said. */
export type Said<Answer> =
  | {
    readonly kind: "answered";
    readonly answer: Answer;
    readonly action: string;
    readonly payload: Record<string, unknown>;
  }
  /** CALLERROR. */
  | {
    readonly kind: "error";
    readonly action: string;
    readonly code: string;
    readonly description: string;
    readonly details: Record<string, unknown>;
  }
  | { readonly kind: "timeout"; readonly message: string }
  /** There is no connection, or it ended before the answer, or the boot is not accepted. */
  | { readonly kind: "offline"; readonly message: string }
  /** The payload or the answer was wrong. */
  | { readonly kind: "invalid"; readonly message: string }
  /** This version has nothing to say then. */
  | { readonly kind: "unsaid" };

/** What becomes of something that is being said. Never rejects. */
export type Heard<K extends Kind> = Promise<Said<Spoken[K]["answer"]>>;
