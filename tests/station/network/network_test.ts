import assert from "node:assert/strict";
import { Secret } from "../../../src/log/mod.ts";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { TestCa } from "../service/support.ts";

const KEY = "0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF";
const NEW_KEY = "00112233445566778899aabbccddeeff";
const BASIC = { auth: { type: "basic", authorization_key: KEY } };
const LOST = { kind: "http", message: "The CSMS answered 401" } as never;

async function set(harness: StationHarness, key: string, value: string) {
  return (await harness.call("ChangeConfiguration", { key, value })).status;
}

/** The hex key that a change of the credentials brings. */
function keyOf({ csms }: StationHarness): string | undefined {
  const { credentials } = csms.retargets.at(-1)!;
  return credentials?.type === "basic" ? credentials.authorizationKey?.reveal() : undefined;
}

Deno.test("a new AuthorizationKey reconnects with it at once, after the answer (whitepaper §4, A01)", async () => {
  const harness = await (await stationHarness({ station: BASIC })).boot();
  assert.equal(await set(harness, "AuthorizationKey", NEW_KEY), "Accepted");
  assert.equal(harness.csms.retargets.length, 1);
  assert.equal(keyOf(harness), NEW_KEY);
  assert.equal(harness.station.settings.get("authorizationKey")?.reveal(), NEW_KEY);
  await harness.over();
});

Deno.test("a key that fails is forgotten, and the one before is in force (whitepaper §4)", async () => {
  const harness = await (await stationHarness({ station: BASIC })).boot();
  harness.csms.retargeted = LOST;
  await set(harness, "AuthorizationKey", NEW_KEY);
  assert.equal(harness.station.settings.get("authorizationKey")?.reveal(), KEY);
  harness.csms.retargeted = null;
  await set(harness, "AuthorizationKey", NEW_KEY);
  assert.equal(harness.csms.retargets.length, 2, "it can be tried again");
  await harness.over();
});

Deno.test("without Basic a key waits for the profile that uses it (whitepaper §4)", async () => {
  const harness = await (await stationHarness()).boot();
  assert.equal(await set(harness, "SecurityProfile", "1"), "Rejected");
  await set(harness, "AuthorizationKey", NEW_KEY);
  assert.equal(harness.csms.retargets.length, 0);
  assert.equal(await set(harness, "SecurityProfile", "1"), "Accepted");
  assert.equal(keyOf(harness), NEW_KEY);
  await harness.over();
});

Deno.test("profile 2 needs a root, and dials wss with it (whitepaper §5, A05)", async () => {
  const harness = await (await stationHarness({ station: BASIC })).boot();
  assert.equal(await set(harness, "SecurityProfile", "2"), "Rejected");
  assert(harness.lines.some((line) => line.includes("needs a root certificate")));
  const { certificate } = await root();
  const installed = await harness.call("InstallCertificate", {
    certificateType: "CentralSystemRootCertificate",
    certificate,
  });
  assert.deepEqual(installed, { status: "Accepted" });
  assert.equal(await set(harness, "SecurityProfile", "2"), "Accepted");
  const { url, tls, credentials } = harness.csms.retargets[0]!;
  assert.equal(url, "wss://csms.example/ocpp");
  assert.equal(tls?.caCert?.trim(), certificate.trim());
  assert.equal(credentials?.type, "basic");
  assert.equal(await set(harness, "SecurityProfile", "1"), "Rejected", "it is never lowered");
  await harness.over();
});

Deno.test("a profile that fails is gone back from, whole (whitepaper §5)", async () => {
  const harness = await (await stationHarness({ station: BASIC })).boot();
  const { certificate } = await root();
  await harness.call("InstallCertificate", {
    certificateType: "CentralSystemRootCertificate",
    certificate,
  });
  harness.csms.retargeted = LOST;
  await set(harness, "AuthorizationKey", "ff".repeat(16));
  await set(harness, "SecurityProfile", "2");
  assert.equal(harness.station.settings.get("securityProfile"), 1);
  assert.equal(keyOf(harness), KEY, "a key that failed is not tried again");
  const [pem] = harness.station.services.certificates.roots.pems("CSMSRootCertificate");
  assert(!harness.station.network.isInUse(pem!), "it dials ws again");
  harness.csms.retargeted = null;
  await set(harness, "AuthorizationKey", NEW_KEY);
  assert.deepEqual(Object.keys(harness.csms.retargets.at(-1)!), ["credentials"]);
  assert.equal(await set(harness, "SecurityProfile", "2"), "Accepted");
  assert.equal(harness.csms.retargets.at(-1)!.url, "wss://csms.example/ocpp");
  await harness.over();
});

Deno.test("profile 3 needs a certificate of the station (whitepaper §5)", async () => {
  const harness = await (await stationHarness({ station: BASIC })).boot();
  const { certificate } = await root();
  await harness.call("InstallCertificate", {
    certificateType: "CentralSystemRootCertificate",
    certificate,
  });
  assert.equal(await set(harness, "SecurityProfile", "3"), "Rejected");
  await harness.station.network.adopt({ certificate: "OWN", key: new Secret("KEY") });
  assert.equal(harness.csms.retargets.length, 0, "profile 1 does not show it");
  assert.equal(await set(harness, "SecurityProfile", "3"), "Accepted");
  const { tls, credentials } = harness.csms.retargets[0]!;
  assert.deepEqual([tls?.clientCert, tls?.clientKey?.reveal()], ["OWN", "KEY"]);
  assert.deepEqual(credentials, { type: "none" });
  harness.csms.retargeted = LOST;
  await harness.station.network.adopt({ certificate: "BAD", key: new Secret("KEY") });
  assert.equal(harness.csms.retargets.length, 2, "now the connection shows it");
  harness.csms.retargeted = null;
  await harness.station.network.rootsChanged();
  assert.equal(harness.csms.retargets.at(-1)!.tls?.clientCert, "OWN", "the bad one is dropped");
  await harness.over();
});

Deno.test("a target that cannot be dialled at all is logged, and nothing has changed", async () => {
  const harness = await (await stationHarness({ station: BASIC })).boot();
  harness.csms.retarget = () => Promise.reject(new TypeError("Cannot use it"));
  await set(harness, "AuthorizationKey", NEW_KEY);
  assert.equal(harness.station.settings.get("authorizationKey")?.reveal(), KEY);
  assert(harness.lines.some((line) => line.includes("cannot be changed as the CSMS wants it")));
  await harness.over();
});

Deno.test("WebSocketPingInterval is in force at once, 0 for none (1.6 §9.1.34)", async () => {
  const harness = await (await stationHarness({ csms: { ping_interval: "45s" } })).boot();
  assert.deepEqual(harness.csms.pingIntervals, [45_000]);
  await set(harness, "WebSocketPingInterval", "0");
  assert.deepEqual(harness.csms.pingIntervals, [45_000, 0]);
  await harness.over();
});

Deno.test("no line of the log shows a key", async () => {
  const harness = await (await stationHarness({ station: BASIC })).boot();
  await set(harness, "AuthorizationKey", NEW_KEY);
  assert(!harness.lines.some((line) => line.includes(NEW_KEY)));
  await harness.over();
});

/** A root certificate that is valid on the harness's day. */
async function root(): Promise<{ certificate: string }> {
  const decades = 24 * 365 * 20;
  const ca = await TestCa.make("CN=Root", { from: -decades, to: decades });
  return { certificate: ca.pem };
}
