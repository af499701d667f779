/** Real TLS: a station that shows a certificate which its CSMS had signed. */
import assert from "node:assert/strict";
import { makeCa } from "../../support/certs.ts";
import { eventually, within } from "../../support/connection_harness.ts";
import { startApp } from "../../support/real_app.ts";
import { TlsFront } from "../../support/tls_front.ts";
import { TestCa } from "../service/support.ts";
import { PickyCsms } from "./picky_csms.ts";

const SUBJECT = { subject: "CN=CP1, O=ACME" };

Deno.test("A02.FR.28: a new certificate that does not connect gives way to the one before, and the CSMS hears of it", async () => {
  const authority = await makeCa("CSMS");
  const stations = await TestCa.make("CN=Stations");
  const first = await stations.makeSigner("ec", SUBJECT);
  await using csms = new PickyCsms("ocpp2.0.1");
  await using front = await TlsFront.start(csms.url, authority, stations.pem);
  const folder = await Deno.makeTempDir();
  const files = { ca: authority.certPem, cert: first.certificate, key: first.key };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  await using app = await startApp({
    csms: { default_url: front.url, reconnect_backoff: "100ms", max_reconnect_attempts: 0 },
    stations: [{
      id: "CP1",
      protocol_version: "2.0.1",
      tls: {
        enabled: true,
        ca_cert: `${folder}/ca`,
        client_cert: `${folder}/cert`,
        client_key: `${folder}/key`,
      },
    }],
  });
  await Deno.remove(folder, { recursive: true });
  await within("the boot", csms.heard("StatusNotification"));
  csms.call("SetVariables", {
    setVariableData: [{
      component: { name: "SecurityCtrlr" },
      variable: { name: "OrganizationName" },
      attributeValue: "ACME",
    }],
  });
  csms.call("TriggerMessage", { requestedMessage: "SignChargingStationCertificate" });
  await within("a request", csms.heard("SignCertificate"));
  const { csr } = csms.calls.find(({ action }) => action === "SignCertificate")!.payload;
  await eventually("its acceptance", () => app.lines.some((line) => line.includes("is asked for")));
  const strangers = await TestCa.make("CN=Strangers");
  const certificateChain = await strangers.signRequest(String(csr), SUBJECT);
  csms.call("CertificateSigned", { certificateChain });
  await eventually("the way back", () => csms.connects === 2);
  await within("a word of it", csms.heard("SecurityEventNotification"));
  assert.deepEqual(csms.calls.map(({ action, payload }) => [action, payload.type]), [
    ["SecurityEventNotification", "DiscardedRenewedClientCertificate"],
  ], "nothing was booted again");
  assert.equal(new Set(front.shown).size, 1, "only the first certificate opened connections");
  assert(app.lines.some((line) => line.includes("Cannot change the TLS settings")));
});
