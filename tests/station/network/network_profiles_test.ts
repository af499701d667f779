import assert from "node:assert/strict";
import { FakeStore } from "../../support/fake_store.ts";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../../support/station_harness.ts";
import { TestCa } from "../service/support.ts";

const PASSWORD = "correct horse battery";
const BASIC = { auth: { type: "basic", password: PASSWORD } };

/** A profile as a CSMS sends it; 2.0.1 has to name the version. */
function profile(change: object = {}) {
  return {
    ocppVersion: "OCPP20",
    ocppTransport: "JSON",
    ocppInterface: "Wired0",
    ocppCsmsUrl: "ws://other.example/ocpp",
    messageTimeout: 45,
    securityProfile: 1,
    ...change,
  };
}

async function booted(options: HarnessOptions = {}): Promise<StationHarness> {
  return await (await stationHarness({ version: "2.0.1", station: BASIC, ...options })).boot();
}

async function set(harness: StationHarness, slot: number, change: object = {}) {
  const answer = await harness.call("SetNetworkProfile", {
    configurationSlot: slot,
    connectionData: profile(change),
  }) as { status: string; statusInfo?: { reasonCode: string; additionalInfo: string } };
  return [answer.status, answer.statusInfo?.reasonCode, answer.statusInfo?.additionalInfo];
}

async function write(
  harness: StationHarness,
  variable: string,
  attributeValue: string,
  component = "OCPPCommCtrlr",
): Promise<string> {
  const { setVariableResult } = await harness.call("SetVariables", {
    setVariableData: [{
      component: { name: component },
      variable: { name: variable },
      attributeValue,
    }],
  }) as { setVariableResult: { attributeStatus: string }[] };
  return setVariableResult[0]!.attributeStatus;
}

async function read(harness: StationHarness, variable: string, component = "OCPPCommCtrlr") {
  const { getVariableResult } = await harness.call("GetVariables", {
    getVariableData: [{ component: { name: component }, variable: { name: variable } }],
  }) as { getVariableResult: { attributeValue?: string }[] };
  return getVariableResult[0]!.attributeValue;
}

/** The CSMS resets the station, which is away afterwards. */
async function reset(harness: StationHarness): Promise<void> {
  assert.equal((await harness.call("Reset", { type: "Immediate" })).status, "Accepted");
  await harness.clock.settle();
  await harness.lose();
}

/** The hosts of the next dials if none of them succeeds; `-`: as before. */
function dials({ station }: StationHarness, count: number): string {
  return Array.from({ length: count }, (_, failures) => {
    const url = station.network.nextTarget(failures)?.url;
    return url === undefined ? "-" : new URL(url).hostname.split(".")[0];
  }).join(" ");
}

for (const version of ["2.0.1", "2.1"] as const) {
  Deno.test(`${version}: a profile is kept in its slot, and dialled after the next reboot (B09.FR.01, B10.FR.04)`, async () => {
    const harness = await booted({ version });
    assert.deepEqual((await set(harness, 2))[0], "Accepted");
    assert.equal(await write(harness, "NetworkConfigurationPriority", "2,1"), "RebootRequired");
    assert.equal(dials(harness, 3), "- - -", "nothing changes before the reboot");
    assert.equal(await read(harness, "ActiveNetworkProfile"), "1");
    await reset(harness);
    assert.equal(dials(harness, 1), "other");
    await harness.open();
    assert.equal(await read(harness, "ActiveNetworkProfile"), "2");
    assert.equal(await read(harness, "SecurityProfile", "SecurityCtrlr"), "1");
    assert.equal(harness.station.settings.get("messageTimeout"), 45);
    await harness.over();
  });
}

Deno.test("each entry gets NetworkProfileConnectionAttempts dials, then the next, round and round (B10.FR.03)", async () => {
  const harness = await booted();
  await set(harness, 2);
  await set(harness, 3, { ocppCsmsUrl: "ws://third.example" });
  await write(harness, "NetworkConfigurationPriority", "3,2,1");
  await write(harness, "NetworkProfileConnectionAttempts", "2");
  await reset(harness);
  assert.equal(dials(harness, 8), "third - other - csms - third -");
  assert.equal(harness.station.network.spareDials, 4);
  await harness.over();
});

Deno.test("when every entry has failed, the profile that worked last has its turn (B10.FR.07)", async () => {
  const harness = await booted();
  await set(harness, 2);
  await write(harness, "NetworkConfigurationPriority", "2");
  await write(harness, "NetworkProfileConnectionAttempts", "1");
  await reset(harness);
  assert.equal(dials(harness, 4), "other csms other csms");
  await harness.over();
});

Deno.test("the profile in use may be overwritten: it is dialled until the reboot, and is the last resort after it (B09)", async () => {
  const harness = await booted();
  await set(harness, 2);
  await write(harness, "NetworkConfigurationPriority", "2");
  await write(harness, "NetworkProfileConnectionAttempts", "1");
  await reset(harness);
  assert.equal(dials(harness, 1), "other");
  await harness.open();
  await set(harness, 2, { ocppCsmsUrl: "ws://new.example" });
  assert.equal(dials(harness, 1), "-");
  await reset(harness);
  assert.equal(dials(harness, 4), "new other new other");
  await harness.over();
});

Deno.test("a lost connection is dialled again where it was, before the others (B10.FR.03)", async () => {
  const harness = await booted();
  await set(harness, 2);
  await write(harness, "NetworkConfigurationPriority", "2,1");
  await write(harness, "NetworkProfileConnectionAttempts", "1");
  await reset(harness);
  assert.equal(dials(harness, 2), "other csms");
  await harness.open();
  await harness.lose();
  assert.equal(dials(harness, 3), "- other csms");
  await harness.over();
});

Deno.test("whoever is reached over another profile hears a boot, though nothing was reset (B10.FR.10)", async () => {
  const harness = await booted();
  await set(harness, 2);
  await write(harness, "NetworkConfigurationPriority", "2,1");
  await write(harness, "NetworkProfileConnectionAttempts", "1");
  await reset(harness);
  dials(harness, 1);
  await harness.open();
  await harness.lose();
  dials(harness, 2);
  harness.forget();
  await harness.open();
  assert.equal(harness.only("BootNotification").reason, "Unknown");
  assert(!harness.said.includes("SecurityEventNotification"), "nothing was reset");
  await harness.over();
});

Deno.test("what a slot holds, its priority and the last resort survive a restart", async () => {
  const store = new FakeStore();
  const first = await booted({ store });
  await set(first, 2);
  await first.station.memory.saved();
  await first.over();
  const next = await booted({ store });
  assert.equal(await write(next, "NetworkConfigurationPriority", "2"), "RebootRequired");
  await reset(next);
  assert.equal(dials(next, 1), "other");
  await next.open();
  await next.station.memory.saved();
  await next.over();
  const last = await stationHarness({ version: "2.0.1", station: BASIC, store });
  assert.equal(last.station.network.slots.priorityRefusal(["2"]), null);
  await last.over();
});

Deno.test("B09.FR.02, FR.04, FR.05: a profile that cannot be is rejected, with the reason", async () => {
  const harness = await booted();
  const cases: readonly (readonly [object, string, RegExp])[] = [
    [{ ocppTransport: "SOAP" }, "InvalidNetworkConf", /there is JSON only/],
    [
      { ocppVersion: "OCPP15" },
      "InvalidNetworkConf",
      /wants OCPP15, and the station speaks 2\.0\.1/,
    ],
    [{ ocppVersion: "OCPP16" }, "InvalidNetworkConf", /speaks 2\.0\.1/],
    [{ ocppInterface: "Wired3" }, "InvalidNetworkConf", /station has Any, Wired0/],
    [{ ocppInterface: "Wireless0" }, "InvalidNetworkConf", /station has Any, Wired0/],
    [{ ocppCsmsUrl: "http://other" }, "InvalidNetworkConf", /must start ws:\/\/ or wss:/],
    [
      { ocppCsmsUrl: "wss://other" },
      "InvalidNetworkConf",
      /must start ws:\/\/ for security profile 1/,
    ],
    [{ securityProfile: 2 }, "InvalidNetworkConf", /must start wss:\/\/ for security profile 2/],
    [{ securityProfile: 4 }, "InvalidNetworkConf", /there are 1, 2 and 3/],
    [{ securityProfile: 0 }, "NoSecurityDowngrade", /lowers the security profile from 1 to 0/],
    [{ messageTimeout: 0 }, "InvalidNetworkConf", /at least 1 s/],
    [{ apn: { apn: "internet", apnAuthentication: "AUTO" } }, "InvalidNetworkConf", /APN/],
    [
      { vpn: { server: "v", user: "u", password: "p", key: "k", type: "IPSec" } },
      "InvalidNetworkConf",
      /VPN/,
    ],
  ];
  for (const [change, reasonCode, why] of cases) {
    const [status, code, info] = await set(harness, 2, change);
    assert.deepEqual([status, code], ["Rejected", reasonCode], JSON.stringify(change));
    assert.match(info!, why);
  }
  const [status, code, info] = await set(harness, 10);
  assert.deepEqual([status, code], ["Rejected", "InvalidConfSlot"]);
  assert.match(info!, /no configuration slot 10/);
  assert.equal(
    await write(harness, "NetworkConfigurationPriority", "2,1"),
    "Rejected",
    "2 is empty",
  );
  assert.equal(await write(harness, "NetworkConfigurationPriority", "77"), "Rejected");
  assert.equal(await write(harness, "NetworkConfigurationPriority", ""), "Rejected");
  await harness.over();
});

Deno.test("2.0.1 says what is spoken over a profile, 2.1 leaves it to the handshake (B09)", async () => {
  const both = { ...BASIC, protocol_version: ["2.0.1", "1.6"] };
  const harness = await booted({ station: both });
  assert.equal((await set(harness, 1, { ocppVersion: "OCPP16" }))[0], "Accepted");
  await reset(harness);
  assert.deepEqual(harness.station.network.nextTarget(0)?.subprotocols, ["ocpp1.6"]);
  await harness.over();
  const newer = await booted({ version: "2.1" });
  assert.equal((await set(newer, 1, { ocppVersion: "OCPP16", identity: "CP1" }))[0], "Accepted");
  assert.match((await set(newer, 1, { identity: "CP2" }))[2]!, /wants identity "CP2"/);
  await reset(newer);
  assert.deepEqual(newer.station.network.nextTarget(0)?.subprotocols, ["ocpp2.1"]);
  await newer.over();
});

Deno.test("2.1: a password of the profile's own is the station's once it is in use (B09.FR.28), until another is set (FR.27)", async () => {
  const harness = await booted({ version: "2.1" });
  assert.equal((await set(harness, 2, { basicAuthPassword: "short" }))[0], "Rejected");
  const basicAuthPassword = "a password of its own";
  await set(harness, 2, { basicAuthPassword });
  await write(harness, "NetworkConfigurationPriority", "2");
  await reset(harness);
  const { credentials } = harness.station.network.nextTarget(0)!;
  assert(credentials?.type === "basic");
  assert.equal(credentials.password?.reveal(), basicAuthPassword);
  await harness.open();
  assert.equal(harness.station.settings.get("basicAuthPassword")?.reveal(), basicAuthPassword);
  await write(harness, "BasicAuthPassword", "and now yet another", "SecurityCtrlr");
  const target = harness.station.network.target();
  assert(target.credentials.type === "basic");
  assert.equal(target.credentials.password?.reveal(), "and now yet another");
  assert(!harness.lines.some((line) => line.includes(basicAuthPassword)), "no log line shows it");
  await harness.over();
});

Deno.test("A05.FR.02: a higher profile needs its root and its certificate before it is given a priority", async () => {
  const harness = await booted();
  const secure = { ocppCsmsUrl: "wss://other.example", securityProfile: 2 };
  assert.equal((await set(harness, 2, secure))[0], "Accepted");
  assert.equal((await set(harness, 3, { ...secure, securityProfile: 3 }))[0], "Accepted");
  assert.equal(await write(harness, "NetworkConfigurationPriority", "2,1"), "Rejected");
  const [status, , why] = await set(harness, 1, secure);
  assert.equal(status, "Rejected", "it has a priority already");
  assert.match(why!, /needs a root certificate/);
  await installRoot(harness);
  assert.equal(await write(harness, "NetworkConfigurationPriority", "3,1"), "Rejected");
  assert(harness.lines.some((line) => line.includes("needs a certificate of the station")));
  assert.equal(await write(harness, "NetworkConfigurationPriority", "2,1"), "RebootRequired");
  await harness.over();
});

Deno.test("A05.FR.06: once a CSMS accepted a safer profile, those less so are gone for good", async () => {
  const harness = await booted();
  await installRoot(harness);
  await set(harness, 3);
  await set(harness, 2, { ocppCsmsUrl: "wss://safe.example", securityProfile: 2 });
  await write(harness, "NetworkConfigurationPriority", "2,3,1");
  await reset(harness);
  assert.equal(dials(harness, 1), "safe");
  assert.notEqual(harness.station.network.target().tls?.caCert, null);
  await harness.open();
  assert.equal(await read(harness, "NetworkConfigurationPriority"), "2");
  assert.equal(await read(harness, "SecurityProfile", "SecurityCtrlr"), "2");
  assert.equal((await set(harness, 3))[1], "NoSecurityDowngrade", "never to 1 (B09.FR.31)");
  await write(harness, "AllowSecurityProfileDowngrade", "true", "SecurityCtrlr");
  assert.equal((await set(harness, 3))[1], "NoSecurityDowngrade", "never to 1 (B09.FR.31)");
  await harness.lose();
  assert.equal(dials(harness, 6), "- - - - - -");
  await harness.over();
});

Deno.test("B09.FR.31: from 3 to 2 is a step down that may be allowed", async () => {
  const harness = await booted();
  await installRoot(harness);
  harness.station.settings.set("securityProfile", 3);
  const down = { ocppCsmsUrl: "wss://other.example", securityProfile: 2 };
  assert.equal((await set(harness, 2, down))[1], "NoSecurityDowngrade");
  await write(harness, "AllowSecurityProfileDowngrade", "true", "SecurityCtrlr");
  assert.equal((await set(harness, 2, down))[0], "Accepted");
  await harness.over();
});

Deno.test("a station without profiles asks for no other target, and holds none", async () => {
  const harness = await booted();
  assert.equal(dials(harness, 4), "- - - -");
  assert.equal(harness.station.network.spareDials, 0);
  await reset(harness);
  assert.equal(dials(harness, 4), "- - - -");
  await harness.over();
});

async function installRoot(harness: StationHarness): Promise<void> {
  const decades = 24 * 365 * 20;
  const { pem: certificate } = await TestCa.make("CN=Root", { from: -decades, to: decades });
  const certificateType = "CSMSRootCertificate";
  const answer = await harness.call("InstallCertificate", { certificateType, certificate });
  assert.equal(answer.status, "Accepted");
}
