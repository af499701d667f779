/**
 * What concerns keys and firmware, as a station of 2.x and ocpp-rpc's server in strict mode say it to
 * each other: a signed firmware, and a certificate that takes the place of another.
 */
import assert from "node:assert/strict";
import { createSign, X509Certificate } from "node:crypto";
import { serve, TestCa } from "../station/service/support.ts";
import { makeCa } from "../support/certs.ts";
import { eventually } from "../support/connection_harness.ts";
import { Sequence } from "../support/sequence.ts";
import { TlsFront } from "../support/tls_front.ts";

const IMAGE = "the new firmware";

for (const version of ["2.0.1", "2.1"]) {
  Deno.test(`${version}: L01: a signed firmware that waits for its time`, async () => {
    const root = await TestCa.make();
    const signer = await root.makeSigner("ec");
    await using files = serve(() => new Response(IMAGE));
    await using sequence = await Sequence.start({ protocol_version: version });
    await sequence.until("station: StatusNotification 1 Available");
    sequence.forget();
    await sequence.call("InstallCertificate", {
      certificateType: "ManufacturerRootCertificate",
      certificate: root.pem,
    });
    await sequence.call("UpdateFirmware", {
      requestId: 42,
      firmware: {
        location: `${files.url}/firmware-2.0.0.bin`,
        retrieveDateTime: new Date().toISOString(),
        installDateTime: new Date(Date.now() + 10_000).toISOString(),
        signingCertificate: signer.certificate,
        signature: createSign("SHA256").update(IMAGE).sign(signer.key, "base64"),
      },
    });
    await sequence.is([
      "csms: InstallCertificate → Accepted",
      "csms: UpdateFirmware → Accepted",
      "station: FirmwareStatusNotification Downloading",
      "station: FirmwareStatusNotification Downloaded",
      "station: FirmwareStatusNotification SignatureVerified",
      "station: FirmwareStatusNotification InstallScheduled",
      "station: StatusNotification 1 Unavailable", // nobody begins to charge now
      "station: FirmwareStatusNotification Installing",
      "station: FirmwareStatusNotification InstallRebooting",
      "station: BootNotification FirmwareUpdate → Accepted",
      "station: StatusNotification 1 Unavailable",
      "station: SecurityEventNotification FirmwareUpdated", // A04
      "station: FirmwareStatusNotification Installed",
      "station: StatusNotification 1 Available",
    ]);
    const { chargingStation } = sequence.last("BootNotification") as {
      chargingStation: { firmwareVersion: string };
    };
    assert.equal(chargingStation.firmwareVersion, "2.0.0");
  });

  Deno.test(`${version}: A02: a station asks for a certificate and comes back with it, booting nothing again (B04)`, async () => {
    const server = await makeCa("CSMS");
    const stations = await TestCa.make("CN=Stations");
    const first = await stations.makeSigner("ec", { subject: "CN=CP1, O=ACME" });
    let front: TlsFront | null = null;
    await using sequence = await Sequence.start(async (behind) => {
      front = await TlsFront.start(behind, server, stations.pem);
      return {
        protocol_version: version,
        url: front.url,
        tls: { enabled: true, ca_cert: "/ca", client_cert: "/cert", client_key: "/key" },
      };
    }, { "/ca": server.certPem, "/cert": first.certificate, "/key": first.key });
    await using _ = front!;
    await sequence.until(
      "station: SecurityEventNotification StartupOfTheDevice",
      "station: StatusNotification 1 Available",
    );
    sequence.forget();
    const organization = {
      component: { name: "SecurityCtrlr" },
      variable: { name: "OrganizationName" },
      attributeValue: "ACME",
    };
    await sequence.call("SetVariables", { setVariableData: [organization] });
    await sequence.call("TriggerMessage", { requestedMessage: "SignChargingStationCertificate" });
    await sequence.until("station: SignCertificate → Accepted");
    const { csr } = sequence.last("SignCertificate");
    const certificate = await stations.signRequest(String(csr), { subject: "CN=CP1, O=ACME" });
    await sequence.call("CertificateSigned", { certificateChain: certificate });
    const { serialNumber } = new X509Certificate(certificate);
    await eventually("the new connection", () => sequence.connections === 2);
    await sequence.call("TriggerMessage", { requestedMessage: "Heartbeat" });
    await sequence.is([
      "csms: SetVariables → Accepted",
      "csms: TriggerMessage → Accepted",
      "station: SignCertificate → Accepted",
      "csms: CertificateSigned → Accepted",
      "csms: TriggerMessage → Accepted",
    ]);
    assert.deepEqual(
      front!.shown.map((serial) => serial === serialNumber),
      [false, true],
      "each certificate opened one connection",
    );
  });
}
