import assert from "node:assert/strict";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { SettingName } from "../../../src/station/settings/definitions.ts";
import { Settings } from "../../../src/station/settings/settings.ts";
import { changeConfiguration } from "../../../src/station/v16/change_configuration.ts";
import { CONFIGURATION_KEYS } from "../../../src/station/v16/configuration_keys.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

const KEY = "00112233445566778899AABBCCDDEEFF";

function setUp(refusal: string | null = null) {
  const changed: SettingName[] = [];
  const sink = memorySink();
  const settings = new Settings({
    settingChanged: (name) => changed.push(name),
    settingRefusal: () => refusal,
  }, { securityProfile: 1 });
  const log = createLog({ level: "debug", format: "json", sink, clock: new VirtualClock() });
  const station = fakeCharger({ settings, log });
  return {
    station,
    settings,
    changed,
    lines: sink.lines,
    async change(key: string, value: string) {
      const request = { key, value };
      const answer = await obey("ChangeConfiguration", changeConfiguration, station, request);
      return { status: answer.payload.status, after: answer.after };
    },
  };
}

Deno.test("§5.3: a change is Accepted, and takes effect once the answer is out", async () => {
  const { settings, changed, change } = setUp();
  const { status, after } = await change("websocketpinginterval", "15");
  assert.equal(status, "Accepted");
  assert.equal(settings.get("webSocketPingInterval"), 15);
  assert.deepEqual(changed, []);
  after();
  assert.deepEqual(changed, ["webSocketPingInterval"]);
});

Deno.test("§5.3: what works after a reboot only is RebootRequired", async () => {
  const { settings, change } = setUp();
  assert.equal((await change("ConnectorPhaseRotation", "1.RTS")).status, "RebootRequired");
  assert.deepEqual(settings.get("connectorPhaseRotation"), ["1.RTS"]);
});

Deno.test("§5.3: a key that is not known is NotSupported", async () => {
  for (const key of ["Colour", "authorizationCacheLifetime", "toString"]) {
    assert.equal((await setUp().change(key, "1")).status, "NotSupported");
  }
});

Deno.test("§9: a read-only key is Rejected, and the log says why", async () => {
  const { change, lines } = setUp();
  const readOnly = CONFIGURATION_KEYS.filter(({ isReadOnly }) => isReadOnly);
  for (const { key } of readOnly) assert.equal((await change(key, "5")).status, "Rejected", key);
  assert.equal(lines.length, readOnly.length);
  assert.match(lines[1]!, /Cannot set \\"GetConfigurationMaxKeys\\": it is read-only/);
});

Deno.test("§5.3: a value that does not fit is Rejected and changes nothing", async () => {
  const { settings, changed, change } = setUp();
  const cases = [
    ["WebSocketPingInterval", "-1"], // §9.1.34
    ["HeartbeatInterval", "soon"],
    ["LocalPreAuthorize", "1"],
    ["MeterValuesSampledData", "Energy.Active.Import.Register,Weather"],
    ["LightIntensity", "120"],
    ["SecurityProfile", "0"],
    ["AuthorizationKey", KEY.slice(2)],
  ] as const;
  const before = CONFIGURATION_KEYS.map(({ setting }) => settings.read(setting));
  for (const [key, value] of cases) {
    const { status, after } = await change(key, value);
    assert.equal(status, "Rejected", key);
    after();
  }
  assert.deepEqual(CONFIGURATION_KEYS.map(({ setting }) => settings.read(setting)), before);
  assert.deepEqual(changed, []);
});

Deno.test("whitepaper §3: a profile that the station cannot have is Rejected with its reason", async () => {
  const { settings, change, lines } = setUp("it needs a URL that begins with wss:");
  assert.equal((await change("SecurityProfile", "2")).status, "Rejected");
  assert.equal(settings.get("securityProfile"), 1);
  assert.match(lines[0]!, /it needs a URL that begins with wss:/);
});

Deno.test("whitepaper §4: a key that is wrong does not end up in the log", async () => {
  const { change, lines } = setUp();
  assert.equal((await change("AuthorizationKey", `${KEY}XX`)).status, "Rejected");
  assert.equal((await change("AuthorizationKey", KEY)).status, "Accepted");
  assert.equal(lines.length, 1);
  assert(!lines.join().includes(KEY));
});

Deno.test("a lenient station takes a number for the text that it should be", async () => {
  const { station, settings } = setUp();
  const request = { key: "ConnectionTimeOut", value: 45 };
  await obeyAnything("ChangeConfiguration", changeConfiguration, station, request);
  assert.equal(settings.get("connectionTimeOut"), 45);
});

Deno.test("§5.3: odd requests get a proper answer", async () => {
  for (const { key } of CONFIGURATION_KEYS) {
    for (const odd of oddPayloads({ key, value: "1" })) {
      await obeyAnything("ChangeConfiguration", changeConfiguration, setUp().station, odd);
    }
  }
});
