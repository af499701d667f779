import assert from "node:assert/strict";
import { Secret } from "../../../src/log/mod.ts";
import { refit } from "../../../src/station/fleet/refit.ts";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { TestCa } from "../service/support.ts";

const SECURE = {
  url: "wss://csms.example/ocpp",
  auth: { type: "basic", password: "correct horse battery" },
  tls: { enabled: true },
};

/** A station that has a root and a certificate of its CSMS. */
async function equipped(): Promise<StationHarness> {
  const harness = await (await stationHarness({ version: "2.0.1", station: SECURE })).boot();
  const decades = 24 * 365 * 20;
  const { pem } = await TestCa.make("CN=Root", { from: -decades, to: decades });
  await harness.call("InstallCertificate", {
    certificateType: "CSMSRootCertificate",
    certificate: pem,
  });
  await harness.station.network.adopt({ certificate: "OWN", key: new Secret("KEY") });
  return harness;
}

/** The user wants something otherwise. */
function change({ station }: StationHarness, change: object): void {
  const settings = { before: {}, after: {} };
  refit(station, { ...station.config, ...change }, settings);
}

Deno.test("after a change of the URL by hand the roots that the CSMS installed are trusted there too", async () => {
  const harness = await equipped();
  const [root] = harness.station.services.certificates.roots.pems("CSMSRootCertificate");
  change(harness, { url: "wss://new.example" });
  const { url, tls } = harness.station.network.target();
  assert.equal(url, "wss://new.example");
  assert.equal(tls?.caCert, root);
  assert.equal(tls?.clientCert, "OWN");
  await harness.over();
});

Deno.test("a change of the TLS settings by hand takes the place of the certificate that the CSMS had signed", async () => {
  const harness = await equipped();
  const { tls } = harness.station.config;
  change(harness, { tls: { ...tls, clientCert: "MINE", clientKey: new Secret("K") } });
  assert.equal(harness.station.network.target().tls?.clientCert, "MINE");
  await harness.over();
});

Deno.test("a change of the URL by hand ends the network profiles of the CSMS, one of the password does not", async () => {
  const harness = await equipped();
  const { station } = harness;
  const profile = {
    url: "wss://other.example",
    securityProfile: 2,
    messageTimeoutS: 45,
    interface: "Any",
    versions: null,
    password: null,
  };
  assert.equal(station.network.slots.set(2, profile), null);
  station.settings.set("networkConfigurationPriority", ["2"]);
  station.network.wentDown("RemoteReset");
  assert.equal(station.network.nextTarget(0)?.url, profile.url);
  change(harness, { auth: { ...station.config.auth, password: new Secret("another password") } });
  const { url, credentials } = station.network.target();
  assert.equal(url, profile.url);
  assert.equal(credentials.type === "basic" && credentials.password?.reveal(), "another password");
  change(harness, { url: "wss://new.example" });
  assert.equal(station.network.target().url, "wss://new.example");
  assert.equal(station.network.active, 1);
  assert.deepEqual(station.settings.get("networkConfigurationPriority"), ["1"]);
  station.network.wentDown("RemoteReset");
  assert.equal(station.network.nextTarget(0), null);
  await harness.over();
});
