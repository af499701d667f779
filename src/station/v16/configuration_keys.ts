import type { v16 } from "../../ocpp/mod.ts";
import { type SettingName, SETTINGS } from "../settings/definitions.ts";
import type { Settings } from "../settings/settings.ts";

/** A configuration key of 1.6: one way to look at a setting. */
export interface ConfigurationKey {
  readonly key: string;
  readonly setting: SettingName;
  readonly isReadOnly: boolean;
  /** It tells how many items its setting may have, instead of the items. */
  readonly isMaxLength: boolean;
}

/** The keys of 1.6 §9 and of the security whitepaper, with what their table calls accessibility. */
const TABLE = {
  // §9.1 Core
  AllowOfflineTxForUnknownId: ["RW", "allowOfflineTxForUnknownId"],
  AuthorizationCacheEnabled: ["RW", "authorizationCacheEnabled"],
  AuthorizeRemoteTxRequests: ["RW", "authorizeRemoteTxRequests"],
  BlinkRepeat: ["RW", "blinkRepeat"],
  ClockAlignedDataInterval: ["RW", "clockAlignedDataInterval"],
  ConnectionTimeOut: ["RW", "connectionTimeOut"],
  ConnectorPhaseRotation: ["RW", "connectorPhaseRotation"],
  ConnectorPhaseRotationMaxLength: ["R", "connectorPhaseRotation"],
  GetConfigurationMaxKeys: ["R", "getConfigurationMaxKeys"],
  HeartbeatInterval: ["RW", "heartbeatInterval"],
  LightIntensity: ["RW", "lightIntensity"],
  LocalAuthorizeOffline: ["RW", "localAuthorizeOffline"],
  LocalPreAuthorize: ["RW", "localPreAuthorize"],
  MaxEnergyOnInvalidId: ["RW", "maxEnergyOnInvalidId"],
  MeterValuesAlignedData: ["RW", "meterValuesAlignedData"],
  MeterValuesAlignedDataMaxLength: ["R", "meterValuesAlignedData"],
  MeterValuesSampledData: ["RW", "meterValuesSampledData"],
  MeterValuesSampledDataMaxLength: ["R", "meterValuesSampledData"],
  MeterValueSampleInterval: ["RW", "meterValueSampleInterval"],
  MinimumStatusDuration: ["RW", "minimumStatusDuration"],
  NumberOfConnectors: ["R", "numberOfConnectors"],
  ResetRetries: ["RW", "resetRetries"],
  StopTransactionOnEVSideDisconnect: ["RW", "stopTransactionOnEVSideDisconnect"],
  StopTransactionOnInvalidId: ["RW", "stopTransactionOnInvalidId"],
  StopTxnAlignedData: ["RW", "stopTxnAlignedData"],
  StopTxnAlignedDataMaxLength: ["R", "stopTxnAlignedData"],
  StopTxnSampledData: ["RW", "stopTxnSampledData"],
  StopTxnSampledDataMaxLength: ["R", "stopTxnSampledData"],
  SupportedFeatureProfiles: ["R", "supportedFeatureProfiles"],
  SupportedFeatureProfilesMaxLength: ["R", "supportedFeatureProfiles"],
  TransactionMessageAttempts: ["RW", "transactionMessageAttempts"],
  TransactionMessageRetryInterval: ["RW", "transactionMessageRetryInterval"],
  UnlockConnectorOnEVSideDisconnect: ["RW", "unlockConnectorOnEVSideDisconnect"],
  WebSocketPingInterval: ["RW", "webSocketPingInterval"],
  // Errata
  SupportedFileTransferProtocols: ["R", "supportedFileTransferProtocols"],
  // §9.2 Local Auth List Management
  LocalAuthListEnabled: ["RW", "localAuthListEnabled"],
  LocalAuthListMaxLength: ["R", "localAuthListMaxLength"],
  SendLocalListMaxLength: ["R", "sendLocalListMaxLength"],
  // §9.3 Reservation
  ReserveConnectorZeroSupported: ["R", "reserveConnectorZeroSupported"],
  // §9.4 Smart Charging
  ChargeProfileMaxStackLevel: ["R", "chargeProfileMaxStackLevel"],
  ChargingScheduleAllowedChargingRateUnit: ["R", "chargingScheduleAllowedChargingRateUnit"],
  ChargingScheduleMaxPeriods: ["R", "chargingScheduleMaxPeriods"],
  ConnectorSwitch3to1PhaseSupported: ["R", "connectorSwitch3to1PhaseSupported"],
  MaxChargingProfilesInstalled: ["R", "maxChargingProfilesInstalled"],
  // Security whitepaper; AuthorizationKey is write-only
  AdditionalRootCertificateCheck: ["R", "additionalRootCertificateCheck"],
  AuthorizationKey: ["RW", "authorizationKey"],
  CertificateSignedMaxChainSize: ["R", "certificateSignedMaxChainSize"],
  CertificateStoreMaxLength: ["R", "certificateStoreMaxLength"],
  CpoName: ["RW", "cpoName"],
  SecurityProfile: ["RW", "securityProfile"],
} as const satisfies Record<string, readonly ["R" | "RW", SettingName]>;

/** All of them, in the order of the specification. */
export const CONFIGURATION_KEYS: readonly ConfigurationKey[] = Object.entries(TABLE).map((
  [key, [access, setting]],
) => ({
  key,
  setting,
  isReadOnly: access === "R",
  isMaxLength: key.endsWith("MaxLength") && SETTINGS[setting].kind === "words",
}));

const BY_NAME: ReadonlyMap<string, ConfigurationKey> = new Map(
  CONFIGURATION_KEYS.map((key) => [key.key.toLowerCase(), key]),
);

/** A value has at most so many characters (1.6 §6.22, §7.30: CiString500Type). */
const LONGEST_VALUE = 500;

/** Amperes and watts in the words of 1.6 §9.4.2. */
const RATE_UNITS: Readonly<Record<string, string>> = { A: "Current", W: "Power" };

/** The key of that name, in any case (CiString50Type): `HeartBeatInterval` is one too. */
export function findKey(name: string): ConfigurationKey | undefined {
  return BY_NAME.get(String(name).toLowerCase());
}

/** A key with its value, which is absent when it is write-only or not set (1.6 §7.30). */
export function keyValue(settings: Settings, key: ConfigurationKey): v16.KeyValue {
  const value = valueOf(settings, key);
  return {
    key: key.key,
    readonly: key.isReadOnly,
    ...(value === null ? {} : { value: fit(value) }),
  };
}

function valueOf(settings: Settings, { setting, isMaxLength }: ConfigurationKey): string | null {
  const definition = SETTINGS[setting];
  if (isMaxLength && "mostWords" in definition) return String(definition.mostWords);
  if (setting !== "chargingScheduleAllowedChargingRateUnit") return settings.read(setting);
  return settings.get(setting).map((unit) => RATE_UNITS[unit]).join(",");
}

/** A list that came from elsewhere than a CSMS may be too long: it ends with a whole word. */
function fit(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  return value.slice(0, Math.max(0, value.lastIndexOf(",", LONGEST_VALUE)));
}
