import type { StationConfig } from "../../config/mod.ts";
import { readMeasurand } from "../energy/measurands.ts";
import type { SettingDefaults } from "../settings/settings.ts";

/** What the program's config says of all stations. Durations are milliseconds. */
export interface SharedConfig {
  readonly heartbeatIntervalMs: number;
  readonly pingIntervalMs: number;
  readonly callTimeoutMs: number;
  /** The ladder between dials, of which the RetryBackOff variables of 2.x begin as a likeness. */
  readonly reconnectBackoffMs?: number;
  readonly reconnectMaxBackoffMs?: number;
  /** The share of a wait that is left to chance. */
  readonly reconnectJitter?: number;
}

/** Makes the defaults that a station's config gives its settings; stations with the same share one object. */
export function settingDefaults(
  shared: SharedConfig,
): (config: StationConfig) => SettingDefaults {
  const made = new Map<string, SettingDefaults>();
  const backOff = backOffOf(shared);
  return ({ connectors, meterValues, securityProfile, protocolVersions }) => {
    // 2.x tells the energy of a transaction in its last message (TxEndedMeasurands), 1.6 as meterStop.
    const is16 = protocolVersions[0] === "1.6";
    const atStop = is16 ? [] : ["Energy.Active.Import.Register"];
    const key = JSON.stringify([connectors.length, meterValues, securityProfile, atStop]);
    let defaults = made.get(key);
    if (defaults === undefined) {
      const measurands = meterValues.measurands.filter((name) => readMeasurand(name) !== null);
      defaults = {
        heartbeatInterval: seconds(shared.heartbeatIntervalMs, 1),
        webSocketPingInterval: seconds(shared.pingIntervalMs),
        numberOfConnectors: connectors.length,
        meterValueSampleInterval: seconds(meterValues.intervalMs),
        meterValuesSampledData: measurands,
        clockAlignedDataInterval: seconds(meterValues.alignedIntervalMs),
        meterValuesAlignedData: measurands,
        stopTxnSampledData: atStop,
        // 1.6 has no other intervals for what is told at the end, and knows no car that ends a transaction
        // which StopTransactionOnEVSideDisconnect lets go on.
        ...(is16 ? { stopTxnIntervalsFollow: true, txStopPoint: ["Authorized"] } : {}),
        messageTimeout: seconds(shared.callTimeoutMs, 1),
        securityProfile,
        ...backOff,
      } as SettingDefaults;
      made.set(key, defaults);
    }
    return defaults;
  };
}

function backOffOf(
  { reconnectBackoffMs: baseMs, reconnectMaxBackoffMs: maxMs, reconnectJitter }: SharedConfig,
): SettingDefaults {
  if (baseMs === undefined) return {};
  return {
    retryBackOffWaitMinimum: seconds(baseMs, 1),
    retryBackOffRandomRange: seconds(baseMs * (reconnectJitter ?? 0)),
    retryBackOffRepeatTimes: Math.max(0, Math.round(Math.log2((maxMs ?? baseMs) / baseMs))),
  };
}

/** OCPP has whole seconds; what is not nothing must not become nothing. */
function seconds(ms: number, least = 0): number {
  return Math.max(least, ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0);
}
