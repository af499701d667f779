import assert from "node:assert/strict";
import { type SettingDefaults, Settings } from "../../../src/station/settings/settings.ts";
import {
  CONFIGURATION_KEYS,
  findKey,
  keyValue,
} from "../../../src/station/v16/configuration_keys.ts";

/** The keys of §9 and of the security whitepaper; those of §9 that the specification calls required. */
const REQUIRED = [
  "AuthorizeRemoteTxRequests",
  "ClockAlignedDataInterval",
  "ConnectionTimeOut",
  "ConnectorPhaseRotation",
  "GetConfigurationMaxKeys",
  "HeartbeatInterval",
  "LocalAuthorizeOffline",
  "LocalPreAuthorize",
  "MeterValuesAlignedData",
  "MeterValuesSampledData",
  "MeterValueSampleInterval",
  "NumberOfConnectors",
  "ResetRetries",
  "StopTransactionOnEVSideDisconnect",
  "StopTransactionOnInvalidId",
  "StopTxnAlignedData",
  "StopTxnSampledData",
  "SupportedFeatureProfiles",
  "TransactionMessageAttempts",
  "TransactionMessageRetryInterval",
  "UnlockConnectorOnEVSideDisconnect",
  "LocalAuthListEnabled",
  "LocalAuthListMaxLength",
  "SendLocalListMaxLength",
  "ChargeProfileMaxStackLevel",
  "ChargingScheduleAllowedChargingRateUnit",
  "ChargingScheduleMaxPeriods",
  "MaxChargingProfilesInstalled",
];

function value(key: string, defaults: SettingDefaults = {}): string | undefined {
  const settings = new Settings({ settingChanged() {}, settingRefusal: () => null }, defaults);
  return keyValue(settings, findKey(key)!).value;
}

Deno.test("§9: every required key is there, with a value", () => {
  for (const key of REQUIRED) assert.notEqual(value(key), undefined, key);
});

Deno.test("§9: what the specification calls R is read-only", () => {
  const readOnly = CONFIGURATION_KEYS.filter((key) => key.isReadOnly).map(({ key }) => key);
  assert.deepEqual(readOnly, [
    "ConnectorPhaseRotationMaxLength",
    "GetConfigurationMaxKeys",
    "MeterValuesAlignedDataMaxLength",
    "MeterValuesSampledDataMaxLength",
    "NumberOfConnectors",
    "StopTxnAlignedDataMaxLength",
    "StopTxnSampledDataMaxLength",
    "SupportedFeatureProfiles",
    "SupportedFeatureProfilesMaxLength",
    "SupportedFileTransferProtocols",
    "LocalAuthListMaxLength",
    "SendLocalListMaxLength",
    "ReserveConnectorZeroSupported",
    "ChargeProfileMaxStackLevel",
    "ChargingScheduleAllowedChargingRateUnit",
    "ChargingScheduleMaxPeriods",
    "ConnectorSwitch3to1PhaseSupported",
    "MaxChargingProfilesInstalled",
    "AdditionalRootCertificateCheck",
    "CertificateSignedMaxChainSize",
    "CertificateStoreMaxLength",
  ]);
});

Deno.test("§5.3: the MaxLength of a list counts its items, others are settings of their own", () => {
  assert.equal(value("SupportedFeatureProfilesMaxLength"), "6");
  assert.equal(value("ConnectorPhaseRotationMaxLength"), "32");
  assert.equal(value("LocalAuthListMaxLength", { localAuthListMaxLength: 77 }), "77");
});

Deno.test("§9.4.2: amperes and watts are Current and Power", () => {
  const key = "ChargingScheduleAllowedChargingRateUnit";
  assert.equal(value(key), "Current,Power");
  assert.equal(value(key, { chargingScheduleAllowedChargingRateUnit: ["W"] }), "Power");
});

Deno.test("§7.30: a key is found in any case, and has no value when it is not set or write-only", () => {
  assert.equal(findKey("HeartBeatInterval")?.key, "HeartbeatInterval");
  assert.equal(findKey("constructor"), undefined);
  assert.equal(value("CpoName"), undefined);
  assert.equal(value("AuthorizationKey"), undefined);
});

Deno.test("§7.30: a list of more than 500 characters ends with a whole word", () => {
  const words = Array.from({ length: 100 }, () => "Voltage.L1");
  const shown = value("MeterValuesSampledData", { meterValuesSampledData: words })!;
  assert(shown.length <= 500 && shown.length > 480);
  assert(shown.endsWith(",Voltage.L1"));
});
