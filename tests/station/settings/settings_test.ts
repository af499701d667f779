import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Secret } from "../../../src/log/mod.ts";
import { Memories } from "../../../src/station/memory/memories.ts";
import type { SettingName } from "../../../src/station/settings/definitions.ts";
import { SETTINGS } from "../../../src/station/settings/definitions.ts";
import { parse, spell } from "../../../src/station/settings/kinds.ts";
import { type SettingDefaults, Settings } from "../../../src/station/settings/settings.ts";
import { FakeStore } from "../../support/fake_store.ts";

const KEY = "0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF";

function setUp(defaults: SettingDefaults = {}, refusal: string | null = null) {
  const changed: SettingName[] = [];
  const asked: unknown[] = [];
  const settings = new Settings({
    settingChanged: (name) => changed.push(name),
    settingRefusal: (name, value) => {
      asked.push(name, value);
      return refusal;
    },
  }, defaults);
  function write(name: SettingName, text: string): string {
    const written = settings.write(name, text);
    return written.verdict === "rejected" ? written.reason : written.verdict;
  }
  return { settings, changed, asked, write };
}

Deno.test("every default is a value that could be written", () => {
  for (const [name, definition] of Object.entries(SETTINGS)) {
    if (definition.default === null) continue;
    assert.deepEqual(
      parse(definition, spell(definition.default)),
      { value: definition.default },
      name,
    );
  }
});

Deno.test("a station has the defaults of its config, else those of the table", () => {
  const { settings } = setUp({ numberOfConnectors: 3, localPreAuthorize: true });
  assert.equal(settings.get("numberOfConnectors"), 3);
  assert.equal(settings.get("localPreAuthorize"), true);
  assert.equal(settings.get("connectionTimeOut"), 60);
  assert.deepEqual(settings.get("meterValuesSampledData"), ["Energy.Active.Import.Register"]);
  assert.equal(settings.get("authorizationKey"), null);
});

Deno.test("what one station writes, another of the same defaults does not see", () => {
  const defaults = { meterValueSampleInterval: 10 };
  const [one, other] = [setUp(defaults), setUp(defaults)];
  assert.equal(one.write("meterValueSampleInterval", "20"), "accepted");
  assert.equal(one.settings.get("meterValueSampleInterval"), 20);
  assert.equal(other.settings.get("meterValueSampleInterval"), 10);
});

Deno.test("a written value is kept at once, and its owner hears of it when it is announced", () => {
  const { settings, changed } = setUp();
  const written = settings.write("heartbeatInterval", "300");
  assert(written.verdict === "accepted");
  assert.equal(settings.get("heartbeatInterval"), 300);
  assert.deepEqual(changed, []);
  written.announce();
  assert.deepEqual(changed, ["heartbeatInterval"]);
});

Deno.test("writing the value that is there already is accepted and announces nothing", () => {
  const { settings, changed } = setUp({ webSocketPingInterval: 45 });
  const written = settings.write("webSocketPingInterval", "45");
  assert(written.verdict === "accepted");
  written.announce();
  assert.deepEqual(changed, []);
});

Deno.test("a value that is wrong changes nothing, and the reason says what is right", () => {
  const { settings, write } = setUp();
  const cases: readonly (readonly [SettingName, string, string])[] = [
    ["lightIntensity", "101", 'it must be a whole number from 0 to 100 %, found: "101"'],
    ["heartbeatInterval", "1.5", 'it must be a whole number from 1 to 2147483647 s, found: "1.5"'],
    ["heartbeatInterval", "", 'it must be a whole number from 1 to 2147483647 s, found: ""'],
    ["localPreAuthorize", "yes", 'it must be true or false, found: "yes"'],
    ["localPreAuthorize", "toString", 'it must be true or false, found: "toString"'],
    [
      "supportedFileTransferProtocols",
      "HTTP,SCP",
      'it is made of FTP, FTPS, HTTP, HTTPS, SFTP, found: "SCP"',
    ],
    ["cpoName", "x".repeat(501), "it must have at most 500 characters, found: 501 of them"],
  ];
  for (const [name, text, problem] of cases) {
    const before = settings.read(name);
    assert.equal(write(name, text), `Cannot set "${name}": ${problem}`);
    assert.equal(settings.read(name), before);
  }
});

Deno.test("1.6 §9: booleans in any case, blanks around numbers and words do not count", () => {
  const { settings, write } = setUp();
  assert.equal(write("localPreAuthorize", "TRUE"), "accepted");
  assert.equal(settings.read("localPreAuthorize"), "true");
  assert.equal(write("connectionTimeOut", " 90 "), "accepted");
  assert.equal(settings.get("connectionTimeOut"), 90);
  assert.equal(write("stopTxnSampledData", "voltage.l1, SoC ,SoC"), "accepted");
  assert.deepEqual(settings.get("stopTxnSampledData"), ["Voltage.L1", "SoC"]);
});

Deno.test("1.6 §9.1.17: measurands with a phase where they have one, an empty list for none", () => {
  const { settings, write } = setUp();
  assert.equal(write("meterValuesSampledData", "Current.Import.L1,Voltage.L1-N"), "accepted");
  assert.match(write("meterValuesSampledData", "SoC.L1"), /found: "SoC.L1"$/);
  assert.match(write("meterValuesSampledData", "Energy"), /found: "Energy"$/);
  assert.match(write("meterValuesSampledData", "Voltage,"), /found: ""$/);
  assert.equal(settings.read("meterValuesSampledData"), "Current.Import.L1,Voltage.L1-N");
  assert.equal(write("meterValuesSampledData", ""), "accepted");
  assert.deepEqual(settings.get("meterValuesSampledData"), []);
});

Deno.test("1.6 §5.3: a measurand that the meter cannot read is refused, not accepted in vain", () => {
  assert.match(setUp().write("meterValuesSampledData", "RPM"), /^Cannot set/);
});

Deno.test("a list that is too long is refused", () => {
  const { write } = setUp();
  const phases = ["L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1"];
  const words = ["Voltage", "Current.Import"].flatMap((one) => phases.map((p) => `${one}.${p}`));
  assert.match(
    write("meterValuesAlignedData", words.join()),
    /at most \d+ words, found: 20 of them$/,
  );
});

Deno.test("1.6 §9.1.7: phase rotations name connector and rotation, and need a reboot", () => {
  const { settings, write } = setUp();
  assert.equal(write("connectorPhaseRotation", "0.RST, 1.rts,02.Unknown"), "reboot-required");
  assert.equal(settings.read("connectorPhaseRotation"), "0.RST,1.RTS,2.Unknown");
  for (const wrong of ["RST", "1.RSS", "-1.RST", "1.RST.2"]) {
    assert.match(write("connectorPhaseRotation", wrong), /^Cannot set/);
  }
});

Deno.test("whitepaper §4: an authorization key is hex of 16 to 20 bytes, and is never told", () => {
  const { settings, write } = setUp();
  for (const wrong of ["", KEY.slice(0, 30), `${KEY}00`, KEY.slice(1), KEY.replace("F", "G")]) {
    const reason = write("authorizationKey", wrong);
    assert.equal(
      reason,
      'Cannot set "authorizationKey": it must be 32 to 40 hex digits, an even number of them',
    );
  }
  assert.equal(write("authorizationKey", KEY.slice(0, 32)), "accepted");
  assert.equal(write("authorizationKey", KEY), "accepted");
  assert.equal(settings.get("authorizationKey")?.reveal(), KEY);
  assert.equal(settings.read("authorizationKey"), null);
  assert(!JSON.stringify(settings.get("authorizationKey")).includes(KEY));
});

Deno.test("whitepaper §3: a CSMS may raise the security profile and never lower it", () => {
  const { settings, write } = setUp({ securityProfile: 1 });
  assert.equal(write("securityProfile", "2"), "accepted");
  assert.equal(
    write("securityProfile", "1"),
    'Cannot set "securityProfile": it may only be raised, from 2, found: 1',
  );
  assert.match(write("securityProfile", "4"), /from 0 to 3/);
  settings.set("securityProfile", 1);
  assert.equal(settings.get("securityProfile"), 1, "the station itself may go back");
});

Deno.test("the owner is asked for values that are right, and its refusal is the reason", () => {
  const { settings, asked, write } = setUp({}, "it needs a client certificate");
  write("securityProfile", "7");
  assert.deepEqual(asked, []);
  assert.equal(
    write("securityProfile", "3"),
    'Cannot set "securityProfile": it needs a client certificate',
  );
  assert.deepEqual(asked, ["securityProfile", 3]);
  assert.equal(settings.get("securityProfile"), 0);
});

Deno.test("what the station sets itself is checked and not announced; null is the default again", () => {
  const { settings, changed } = setUp({ heartbeatInterval: 60 });
  settings.set("heartbeatInterval", 300);
  assert.equal(settings.get("heartbeatInterval"), 300);
  settings.set("authorizationKey", new Secret(KEY));
  assert.equal(settings.get("authorizationKey")?.reveal(), KEY);
  settings.set("authorizationKey", null);
  settings.set("heartbeatInterval", null);
  assert.equal(settings.get("authorizationKey"), null);
  assert.equal(settings.get("heartbeatInterval"), 60);
  assert.deepEqual(changed, []);
  assert.throws(() => settings.set("heartbeatInterval", -5), {
    name: "RangeError",
    message:
      'Cannot set "heartbeatInterval": it must be a whole number from 1 to 2147483647 s, found: "-5"',
  });
});

Deno.test("a text that is not set reads as nothing", () => {
  const { settings, write } = setUp();
  assert.equal(settings.read("cpoName"), null);
  assert.equal(write("cpoName", "Power & Co"), "accepted");
  assert.equal(settings.read("cpoName"), "Power & Co");
});

Deno.test("what a CSMS wrote is there after a restart, and what a boot said is not", async () => {
  const store = new FakeStore();
  const memory = () => new Memories(store, new VirtualClock()).of("CP1");
  const owner = { settingChanged: () => {}, settingRefusal: () => null };
  const kept = memory();
  const settings = new Settings(owner, {}, kept);
  settings.write("authorizationKey", KEY);
  settings.write("connectionTimeOut", "90");
  settings.setForNow("heartbeatInterval", 300);
  assert.equal(settings.get("heartbeatInterval"), 300);
  await kept.saved();
  const after = new Settings(owner, {}, memory());
  assert.equal(after.get("authorizationKey")?.reveal(), KEY);
  assert.equal(after.get("connectionTimeOut"), 90);
  assert.equal(after.get("heartbeatInterval"), 60);
});

Deno.test("what is written goes before what a boot said", () => {
  const { settings, write } = setUp();
  settings.setForNow("heartbeatInterval", 300);
  assert.equal(write("heartbeatInterval", "120"), "accepted");
  assert.equal(settings.get("heartbeatInterval"), 120);
  settings.setForNow("heartbeatInterval", 10);
  assert.equal(settings.get("heartbeatInterval"), 10);
  assert.throws(() => settings.setForNow("heartbeatInterval", 0), RangeError);
});
