import assert from "node:assert/strict";
import { loadConfig, type StationConfig } from "../../../src/config/mod.ts";
import { settingDefaults } from "../../../src/station/fleet/setting_defaults.ts";
import { SETTINGS } from "../../../src/station/settings/definitions.ts";
import { Settings } from "../../../src/station/settings/settings.ts";

const SHARED = { heartbeatIntervalMs: 60_000, pingIntervalMs: 30_000, callTimeoutMs: 20_000 };

/** A station as config.yaml has it. */
function station(given: object = {}): StationConfig {
  const { stations } = loadConfig({
    file: null,
    environment: {
      OCPP_EMU_STATIONS: JSON.stringify([{ id: "CP1", url: "ws://csms.example", ...given }]),
    },
    flags: {},
    readFile: () => assert.fail("no file is read"),
    workingFolder: "/nowhere",
  });
  return stations[0]!;
}

Deno.test("what the config says of a station is what its settings begin with", () => {
  const defaults = settingDefaults(SHARED)(station({
    connectors: [{ id: 1 }, { id: 2 }],
    meter_values: { interval: "15s", aligned_interval: "15m", measurands: ["SoC", "Voltage.L1"] },
  }));
  assert.deepEqual(defaults, {
    heartbeatInterval: 60,
    webSocketPingInterval: 30,
    numberOfConnectors: 2,
    meterValueSampleInterval: 15,
    meterValuesSampledData: ["SoC", "Voltage.L1"],
    clockAlignedDataInterval: 900,
    meterValuesAlignedData: ["SoC", "Voltage.L1"],
    stopTxnIntervalsFollow: true,
    stopTxnSampledData: [],
    txStopPoint: ["Authorized"],
    messageTimeout: 20,
    securityProfile: 0,
  });
});

Deno.test("2.x tells the energy of a transaction at its end (TxEndedMeasurands), 1.6 has meterStop", () => {
  const of = settingDefaults(SHARED);
  const ended = (version: string) => of(station({ protocol_version: version })).stopTxnSampledData;
  assert.deepEqual(ended("1.6"), []);
  assert.deepEqual(ended("2.0.1"), ["Energy.Active.Import.Register"]);
});

Deno.test("1.6 §9.1: seconds are whole, 0 stays off, and what is not nothing does not become it", () => {
  const of = settingDefaults({ ...SHARED, heartbeatIntervalMs: 0, pingIntervalMs: 400 });
  const defaults = of(station({ meter_values: { interval: "0s", aligned_interval: "1500ms" } }));
  assert.equal(defaults.heartbeatInterval, 1, "a heartbeat there must be");
  assert.equal(defaults.webSocketPingInterval, 1);
  assert.equal(defaults.meterValueSampleInterval, 0);
  assert.equal(defaults.clockAlignedDataInterval, 2);
});

Deno.test("every default is a value that its setting allows", () => {
  const defaults = settingDefaults(SHARED)(station());
  const owner = { settingChanged: () => {}, settingRefusal: () => null };
  for (const [name, value] of Object.entries(defaults)) {
    assert(name in SETTINGS, name);
    const text = Array.isArray(value) ? value.join(",") : String(value);
    const written = new Settings(owner).write(name as keyof typeof SETTINGS, text);
    assert.notEqual(written.verdict, "rejected", name);
  }
});

Deno.test("ten thousand stations that are configured alike share one object", () => {
  const of = settingDefaults(SHARED);
  assert.equal(of(station({ id: "CP1" })), of(station({ id: "CP2" })));
  assert.notEqual(of(station()), of(station({ meter_values: { interval: "7s" } })));
  assert.notEqual(of(station()), of(station({ connectors: [{ id: 1 }, { id: 2 }] })));
});

Deno.test("the RetryBackOff variables begin as a likeness of the configured ladder (2.0.1 part 4 §5.3)", () => {
  const ladder = {
    reconnectBackoffMs: 10_000,
    reconnectMaxBackoffMs: 60_000,
    reconnectJitter: 0.2,
  };
  const defaults = settingDefaults({ ...SHARED, ...ladder })(station());
  assert.equal(defaults.retryBackOffWaitMinimum, 10);
  assert.equal(defaults.retryBackOffRandomRange, 2);
  assert.equal(defaults.retryBackOffRepeatTimes, 3);
});
