import type { Charger } from "../charger.ts";
import { LIMITS } from "../cost/transaction_limit.ts";
import { DISPLAY } from "../display/displays.ts";
import { READABLE_MEASURANDS } from "../energy/measurands.ts";
import { type Component, define, fixed, live, readOnly, writable } from "./define.ts";
import { MOST_BYTES, MOST_ITEMS } from "./message_limits.ts";
import { type MonitoringRecord, UNTOUCHED } from "./monitoring_record.ts";
import type { Definition } from "./variable.ts";

/** MeasurandEnumType knows no temperature. */
const MEASURANDS = { values: READABLE_MEASURANDS.filter((name) => name !== "Temperature") };
const YES = fixed("boolean", "true");

const items = (action: keyof typeof MOST_ITEMS) => fixed("integer", String(MOST_ITEMS[action]));
const BYTES = fixed("integer", String(MOST_BYTES));

/** The controllers of 2.x (part 2, referenced components and variables): most of them are settings. */
const CONTROLLERS: Readonly<Record<string, Component>> = {
  AlignedDataCtrlr: {
    Available: YES,
    Enabled: YES,
    Interval: writable("clockAlignedDataInterval"),
    Measurands: writable("meterValuesAlignedData", MEASURANDS),
    SendDuringIdle: writable("alignedDataSendDuringIdle"),
    TxEndedInterval: writable("stopTxnAlignedInterval"),
    TxEndedMeasurands: writable("stopTxnAlignedData", MEASURANDS),
  },
  AuthCacheCtrlr: {
    Available: YES,
    DisablePostAuthorize: writable("cacheDisablePostAuthorize"),
    Enabled: writable("authorizationCacheEnabled"),
    LifeTime: writable("authorizationCacheLifetime"),
    Policy: fixed("OptionList", "LRU", { values: ["LRU"] }),
  },
  AuthCtrlr: {
    AuthorizeRemoteStart: writable("authorizeRemoteTxRequests"),
    DisableRemoteAuthorization: writable("disableRemoteAuthorization"),
    Enabled: writable("authorizationEnabled"),
    LocalAuthorizeOffline: writable("localAuthorizeOffline"),
    LocalPreAuthorize: writable("localPreAuthorize"),
    MasterPassGroupId: writable("masterPassGroupId"),
    OfflineTxForUnknownIdEnabled: writable("allowOfflineTxForUnknownId"),
  },
  ClockCtrlr: {
    DateTime: live("dateTime", (station) => new Date(station.now()).toISOString()),
    TimeSource: writable("timeSource", { type: "SequenceList" }),
  },
  DeviceDataCtrlr: {
    "BytesPerMessage[GetReport]": BYTES,
    "BytesPerMessage[GetVariables]": BYTES,
    "BytesPerMessage[SetVariables]": BYTES,
    ConfigurationValueSize: fixed("integer", "1000"),
    "ItemsPerMessage[GetReport]": items("GetReport"),
    "ItemsPerMessage[GetVariables]": items("GetVariables"),
    "ItemsPerMessage[SetVariables]": items("SetVariables"),
    ReportingValueSize: fixed("integer", "2500"),
    ValueSize: fixed("integer", "2500"),
  },
  DisplayMessageCtrlr: {
    Available: YES,
    DisplayMessages: live("integer", (station) => String(displayedBy(station)), {
      max: DISPLAY.mostMessages,
      isPersistent: true,
    }),
    Enabled: YES,
    SupportedFormats: fixed("MemberList", DISPLAY.formats.join(","), { values: DISPLAY.formats }),
    SupportedPriorities: fixed("MemberList", DISPLAY.priorities.join(","), {
      values: DISPLAY.priorities,
    }),
    SupportedStates: fixed("MemberList", DISPLAY.states.join(","), { values: DISPLAY.states }),
  },
  LocalAuthListCtrlr: {
    Available: YES,
    BytesPerMessage: fixed("integer", "1000000"),
    DisablePostAuthorize: writable("localListDisablePostAuthorize"),
    Enabled: writable("localAuthListEnabled"),
    Entries: live("integer", (station) => String(station.localList.size), {
      maxOf: ({ settings }) => settings.get("localAuthListMaxLength"),
      isPersistent: true,
    }),
    ItemsPerMessage: readOnly("sendLocalListMaxLength"),
    SupportsExpiryDateTime: YES,
  },
  MonitoringCtrlr: {
    ActiveMonitoringBase: live("OptionList", (station) => monitoringOf(station).base, {
      values: ["All", "FactoryDefault", "HardWiredOnly"],
      isPersistent: true,
    }),
    ActiveMonitoringLevel: live("integer", (station) => String(monitoringOf(station).level), {
      min: 0,
      max: 9,
      isPersistent: true,
    }),
    Available: YES,
    "BytesPerMessage[ClearVariableMonitoring]": BYTES,
    "BytesPerMessage[SetVariableMonitoring]": BYTES,
    Enabled: writable("monitoringEnabled"),
    "ItemsPerMessage[ClearVariableMonitoring]": items("ClearVariableMonitoring"),
    "ItemsPerMessage[SetVariableMonitoring]": items("SetVariableMonitoring"),
    OfflineQueuingSeverity: writable("offlineQueuingSeverity"),
  },
  OCPPCommCtrlr: {
    ActiveNetworkProfile: live("integer", ({ network }) => String(network.active), {
      isPersistent: true,
    }),
    FileTransferProtocols: readOnly("supportedFileTransferProtocols"),
    HeartbeatInterval: writable("heartbeatInterval"),
    "MessageAttemptInterval[TransactionEvent]": writable("transactionMessageRetryInterval"),
    "MessageAttempts[TransactionEvent]": writable("transactionMessageAttempts"),
    "MessageTimeout[Default]": readOnly("messageTimeout"),
    MinimumStatusDuration: writable("minimumStatusDuration"),
    NetworkConfigurationPriority: writable("networkConfigurationPriority", {
      type: "SequenceList",
    }),
    NetworkProfileConnectionAttempts: writable("networkProfileConnectionAttempts"),
    OfflineThreshold: writable("offlineThreshold"),
    QueueAllMessages: readOnly("queueAllMessages"),
    ResetRetries: writable("resetRetries"),
    RetryBackOffRandomRange: writable("retryBackOffRandomRange"),
    RetryBackOffRepeatTimes: writable("retryBackOffRepeatTimes"),
    RetryBackOffWaitMinimum: writable("retryBackOffWaitMinimum"),
    UnlockOnEVSideDisconnect: writable("unlockConnectorOnEVSideDisconnect"),
    WebSocketPingInterval: writable("webSocketPingInterval"),
  },
  ReservationCtrlr: {
    Available: YES,
    Enabled: writable("reservationEnabled"),
    NonEvseSpecific: readOnly("reserveConnectorZeroSupported"),
  },
  SampledDataCtrlr: {
    Available: YES,
    Enabled: YES,
    TxEndedInterval: writable("stopTxnSampleInterval"),
    TxEndedMeasurands: writable("stopTxnSampledData", MEASURANDS),
    TxStartedMeasurands: writable("txStartedSampledData", MEASURANDS),
    TxUpdatedInterval: writable("meterValueSampleInterval"),
    TxUpdatedMeasurands: writable("meterValuesSampledData", MEASURANDS),
  },
  SecurityCtrlr: {
    AdditionalRootCertificateCheck: readOnly("additionalRootCertificateCheck"),
    AllowSecurityProfileDowngrade: writable("allowSecurityProfileDowngrade"),
    BasicAuthPassword: writable("basicAuthPassword", { min: 16, max: 64 }),
    CertificateEntries: live("integer", (station) => String(certificatesOf(station)), {
      maxOf: ({ settings }) => settings.get("certificateStoreMaxLength"),
      isPersistent: true,
    }),
    Identity: live("string", ({ id }) => id, { isPersistent: true, isConstant: true }),
    MaxCertificateChainSize: readOnly("certificateSignedMaxChainSize"),
    OrganizationName: writable("cpoName"),
    SecurityProfile: readOnly("securityProfile"),
  },
  SmartChargingCtrlr: {
    Available: YES,
    Enabled: YES,
    "Entries[ChargingProfiles]": live(
      "integer",
      (station) => String(station.profiles.list(station.now()).length),
      { maxOf: ({ settings }) => settings.get("maxChargingProfilesInstalled"), isPersistent: true },
    ),
    LimitChangeSignificance: writable("limitChangeSignificance", { type: "decimal" }),
    PeriodsPerSchedule: readOnly("chargingScheduleMaxPeriods"),
    Phases3to1: readOnly("connectorSwitch3to1PhaseSupported"),
    ProfileStackLevel: readOnly("chargeProfileMaxStackLevel"),
    RateUnit: readOnly("chargingScheduleAllowedChargingRateUnit"),
  },
  TariffCostCtrlr: {
    "Available[Cost]": YES,
    "Available[Tariff]": YES,
    Currency: writable("currency"),
    "Enabled[Cost]": YES,
    "Enabled[Tariff]": YES,
    TariffFallbackMessage: writable("tariffFallbackMessage"),
    TotalCostFallbackMessage: writable("totalCostFallbackMessage"),
  },
  TxCtrlr: {
    EVConnectionTimeOut: writable("connectionTimeOut"),
    MaxEnergyOnInvalidId: writable("maxEnergyOnInvalidId"),
    StopTxOnEVSideDisconnect: writable("stopTransactionOnEVSideDisconnect"),
    StopTxOnInvalidId: writable("stopTransactionOnInvalidId"),
    SupportedLimits: fixed("MemberList", LIMITS.join(","), { values: LIMITS }),
    TxBeforeAcceptedEnabled: writable("txBeforeAcceptedEnabled"),
    TxStartPoint: writable("txStartPoint"),
    TxStopPoint: writable("txStopPoint"),
  },
};

function certificatesOf(station: Charger): number {
  return station.isServed ? station.services.certificates.roots.installed.length : 0;
}

function displayedBy(station: Charger): number {
  return station.isServed ? station.services.facilities.displays.all.length : 0;
}

function monitoringOf(station: Charger): Pick<MonitoringRecord, "base" | "level"> {
  return station.isServed ? station.services.monitoring.record : UNTOUCHED;
}

/** All variables of the controllers. */
export const CONTROLLER_VARIABLES: readonly Definition[] = Object.entries(CONTROLLERS).flatMap(
  ([component, variables]) => define(component, "station", variables),
);
