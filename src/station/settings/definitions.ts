import { type Measurand, READABLE_MEASURANDS } from "../energy/measurands.ts";
import { SLOTS } from "../network/profile.ts";
import type { Definition, Flag, Whole, Words } from "./kinds.ts";
import { spellMeasurand } from "./measurands.ts";

/** What both generations call an integer has 32 bits. */
const LARGEST = 2 ** 31 - 1;

const PHASE_ROTATIONS = ["NotApplicable", "Unknown", "RST", "RTS", "SRT", "STR", "TRS", "TSR"];
/** TxStartStopPointEnum of 2.x. */
const TX_POINTS = [
  "ParkingBayOccupancy",
  "EVConnected",
  "Authorized",
  "PowerPathClosed",
  "EnergyTransfer",
];
const FEATURE_PROFILES = [
  "Core",
  "FirmwareManagement",
  "LocalAuthListManagement",
  "Reservation",
  "SmartCharging",
  "RemoteTrigger",
];

/**
 * Everything of a station that can be configured or looked up, free of versions: the keys of 1.6 and
 * the variables of 2.x are views on it. Which of it a CSMS may read or write, the views say.
 */
export const SETTINGS = {
  // Contact with the CSMS.
  heartbeatInterval: seconds(60, 1),
  webSocketPingInterval: seconds(30),
  transactionMessageAttempts: count(3, 1),
  transactionMessageRetryInterval: seconds(60),
  getConfigurationMaxKeys: count(100),
  /** How long an answer is waited for. */
  messageTimeout: seconds(30, 1),
  /** After more time without a connection every status is told again (2.x B04). */
  offlineThreshold: seconds(60),
  /** Whether everything waits for a connection, or only what must not be lost: here never everything. */
  queueAllMessages: flag(false),
  /** 2.0.1 part 4 §5.3. */
  retryBackOffRepeatTimes: count(3),
  retryBackOffRandomRange: seconds(10),
  retryBackOffWaitMinimum: seconds(10, 1),
  /** Slots of network profiles, the best first. */
  networkConfigurationPriority: {
    kind: "words",
    default: ["1"],
    known: SLOTS,
    mostWords: SLOTS.length,
    read: (word) => (SLOTS.includes(word) ? word : null),
    allowed: `configuration slots (${SLOTS.join(", ")})`,
    needsReboot: true,
  },
  networkProfileConnectionAttempts: count(3, 1),
  /** Where the clock is set from. */
  timeSource: words(["Heartbeat"], ["Heartbeat"]),
  supportedFeatureProfiles: words(FEATURE_PROFILES, FEATURE_PROFILES),
  supportedFileTransferProtocols: words(
    ["FTP", "FTPS", "HTTP", "HTTPS", "SFTP"],
    ["HTTP", "HTTPS"],
  ),

  // Who may charge.
  /** `false`: whoever comes, and nobody is asked (AuthCtrlr.Enabled of 2.x). */
  authorizationEnabled: flag(true),
  authorizeRemoteTxRequests: flag(false),
  localAuthorizeOffline: flag(true),
  localPreAuthorize: flag(false),
  allowOfflineTxForUnknownId: flag(false),
  authorizationCacheEnabled: flag(true),
  /** Since an entry was last used; 0: it stays. */
  authorizationCacheLifetime: seconds(0),
  localAuthListEnabled: flag(true),
  localAuthListMaxLength: count(10_000),
  sendLocalListMaxLength: count(1000),
  reservationEnabled: flag(true),
  reserveConnectorZeroSupported: flag(true),
  /** No token is asked about that the station knows not to be valid. */
  cacheDisablePostAuthorize: flag(false),
  localListDisablePostAuthorize: flag(false),
  /** The CSMS is never asked about a token. */
  disableRemoteAuthorization: flag(false),
  /** The group whose tokens end every transaction. */
  masterPassGroupId: { kind: "text", default: "", maxLength: 36 },

  // Transactions.
  connectionTimeOut: seconds(60, 1),
  stopTransactionOnInvalidId: flag(true),
  stopTransactionOnEVSideDisconnect: flag(true),
  unlockConnectorOnEVSideDisconnect: flag(true),
  maxEnergyOnInvalidId: { ...count(0), unit: "Wh" },
  /** What begins a transaction (2.x E01), and what ends it (E06). */
  txStartPoint: words([...TX_POINTS, "DataSigned"], ["PowerPathClosed"]),
  txStopPoint: words(TX_POINTS, ["PowerPathClosed"]),
  /** A transaction may begin before the boot is accepted. */
  txBeforeAcceptedEnabled: flag(false),

  // The meter.
  meterValueSampleInterval: seconds(60),
  meterValuesSampledData: measurands("Energy.Active.Import.Register"),
  stopTxnSampledData: measurands(),
  clockAlignedDataInterval: seconds(0),
  meterValuesAlignedData: measurands("Energy.Active.Import.Register"),
  stopTxnAlignedData: measurands(),
  txStartedSampledData: measurands("Energy.Active.Import.Register"),
  /** Between the readings that are kept for the end of a transaction; 0: its begin and end alone. */
  stopTxnSampleInterval: seconds(0),
  stopTxnAlignedInterval: seconds(0),
  /** Clock-aligned readings come while no transaction runs, and only then. */
  alignedDataSendDuringIdle: flag(false),
  /** What is kept for the end is read whenever a reading is sent, and has no intervals of its own. */
  stopTxnIntervalsFollow: flag(false),

  // The cabinet.
  numberOfConnectors: count(1),
  connectorPhaseRotation: {
    kind: "words",
    default: ["0.RST"],
    mostWords: 32,
    read: readRotation,
    allowed: `connector.rotation, of which the rotation is one of ${PHASE_ROTATIONS.join(", ")}`,
    needsReboot: true,
  },
  connectorSwitch3to1PhaseSupported: flag(true),
  minimumStatusDuration: seconds(0),
  resetRetries: count(1),
  blinkRepeat: count(3),
  lightIntensity: { ...count(100), unit: "%", max: 100 },

  // Smart charging.
  chargeProfileMaxStackLevel: count(10),
  /** Amperes and watts. */
  chargingScheduleAllowedChargingRateUnit: words(["A", "W"], ["A", "W"]),
  chargingScheduleMaxPeriods: count(100),
  maxChargingProfilesInstalled: count(50),
  /** How much a limit must change for the CSMS to be told. */
  limitChangeSignificance: { ...count(10), unit: "%", max: 100 },

  // Display and cost.
  currency: { kind: "text", default: "EUR", maxLength: 3 },
  tariffFallbackMessage: { kind: "text", default: "", maxLength: 255 },
  totalCostFallbackMessage: { kind: "text", default: "", maxLength: 255 },

  // Monitoring. Severities are 0 (danger) to 9 (debug).
  monitoringEnabled: flag(true),
  /** Events of monitors that are no worse than this are lost without a connection. */
  offlineQueuingSeverity: { ...count(5), max: 9 },

  // Security.
  /** Hex of 16 to 20 bytes (1.6 security whitepaper §4). */
  authorizationKey: {
    kind: "secret",
    default: null,
    pattern: /^([0-9a-f]{2}){16,20}$/i,
    allowed: "32 to 40 hex digits, an even number of them",
  },
  /** As it is sent, in UTF-8 (2.x A00.FR.205). */
  basicAuthPassword: {
    kind: "secret",
    default: null,
    pattern: /^[\x20-\x7e]{16,64}$/,
    allowed: "16 to 64 printable ASCII characters",
  },
  securityProfile: { ...count(0), max: 3, onlyUp: true },
  /** A network profile may go from 3 to 2, and never lower (2.x B09.FR.31). */
  allowSecurityProfileDowngrade: flag(false),
  cpoName: { kind: "text", default: "", maxLength: 500 },
  additionalRootCertificateCheck: flag(false),
  /** Characters. */
  certificateSignedMaxChainSize: count(10_000),
  certificateStoreMaxLength: count(20),
} as const satisfies Record<string, Definition>;

/** The name of something that can be configured. */
export type SettingName = keyof typeof SETTINGS;

/** The type of its value. Durations are seconds, as OCPP has them. */
export type SettingValue<Name extends SettingName> = Extract<
  Definition,
  { readonly kind: (typeof SETTINGS)[Name]["kind"] }
>["default"];

function seconds(value: number, min = 0): Whole {
  return { kind: "whole", default: value, min, max: LARGEST, unit: "s" };
}

function count(value: number, min = 0): Whole {
  return { kind: "whole", default: value, min, max: LARGEST, unit: null };
}

function flag(value: boolean): Flag {
  return { kind: "boolean", default: value };
}

function words(known: readonly string[], value: readonly string[]): Words {
  return {
    kind: "words",
    default: value,
    known,
    mostWords: known.length,
    read: (word) => readOneOf(known, word),
    allowed: known.join(", "),
  };
}

function measurands(...value: readonly Measurand[]): Words {
  return {
    kind: "words",
    default: value,
    known: READABLE_MEASURANDS,
    mostWords: READABLE_MEASURANDS.length,
    read: spellMeasurand,
    allowed: `measurands of this meter (${
      READABLE_MEASURANDS.join(", ")
    }), maybe with a phase like Voltage.L1`,
  };
}

/** 1.6 §9.1.7: `0.RST,1.RST`; 0 is the main meter. */
function readRotation(word: string): string | null {
  const [, connector, rotation] = /^(\d{1,5})\.(\w+)$/.exec(word) ?? [];
  const known = rotation === undefined ? null : readOneOf(PHASE_ROTATIONS, rotation);
  return known && `${Number(connector)}.${known}`;
}

/** The texts of OCPP's configuration are compared without case (CiString). */
function readOneOf(known: readonly string[], word: string): string | null {
  return known.find((one) => one.toLowerCase() === word.toLowerCase()) ?? null;
}
