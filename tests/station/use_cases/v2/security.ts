import assert from "node:assert/strict";
import { serve, TestCa } from "../../service/support.ts";
import { setVariable, valueOf } from "../../v2/device_harness.ts";
import { answers, untilSaid } from "../support.ts";
import { configure, realTime, story } from "./support.ts";
import { useCase } from "./use_case.ts";

const DAY_MS = 86_400_000;

const PASSWORD = "the password of CP1";
const NEW_PASSWORD = "another password";
const BASIC = { station: { auth: { type: "basic", password: PASSWORD } } };

useCase(
  ["A01"],
  "a new password is used at once, is told to nobody, and must be one",
  async (h) => {
    await configure(h, { "SecurityCtrlr.BasicAuthPassword": NEW_PASSWORD });
    await h.clock.settle();
    const { credentials } = h.csms.retargets[0] as {
      credentials: { password: { reveal(): string } };
    };
    assert.equal(credentials.password.reveal(), NEW_PASSWORD);
    assert.equal(await setVariable(h, "SecurityCtrlr.BasicAuthPassword", "short"), "Rejected");
    assert.equal(await valueOf(h, "SecurityCtrlr.BasicAuthPassword"), "[Rejected]");
    assert(!h.lines.join().includes(NEW_PASSWORD), "it is in no log line");
    assert(!h.csms.sent.join().includes(NEW_PASSWORD), "it is in no message");
  },
  BASIC,
);

useCase(
  ["A02"],
  "the station has its own fresh key certified when it is asked to",
  async (h) => {
    const ca = await TestCa.make();
    const trigger = { requestedMessage: "SignChargingStationCertificate" };
    await answers(h, "Rejected", "TriggerMessage", trigger);
    await configure(h, { "SecurityCtrlr.OrganizationName": "ACME Charging" });
    await answers(h, "Accepted", "TriggerMessage", trigger);
    await untilSaid(h, "SignCertificate");
    const { csr, certificateType } = h.only("SignCertificate");
    assert([undefined, "ChargingStationCertificate"].includes(certificateType as string));
    const certificateChain = await ca.signRequest(String(csr));
    const type = { certificateType: "ChargingStationCertificate" };
    await answers(h, "Accepted", "CertificateSigned", { ...type, certificateChain });
    const stranger = (await ca.makeSigner("ec")).certificate;
    await answers(h, "Rejected", "CertificateSigned", { ...type, certificateChain: stranger });
  },
  { station: { serial_number: "SN-1" } },
);

useCase(
  ["A03"],
  "a certificate that is about to run out is renewed unasked",
  async (h) => {
    const ca = await TestCa.make();
    await configure(h, { "SecurityCtrlr.OrganizationName": "ACME Charging" });
    const requestedMessage = "SignChargingStationCertificate";
    await answers(h, "Accepted", "TriggerMessage", { requestedMessage });
    await untilSaid(h, "SignCertificate");
    const certificateChain = await ca.signRequest(String(h.only("SignCertificate").csr), {
      to: 90 * 24,
    });
    await answers(h, "Accepted", "CertificateSigned", { certificateChain });
    h.forget();
    await h.clock.advance(58 * DAY_MS);
    assert(!story(h).includes("SignCertificate"), "it is good for a month and more");
    await h.clock.advance(2.5 * DAY_MS);
    await untilSaid(h, "SignCertificate");
  },
  {
    station: { serial_number: "SN-1" },
    replies: { BootNotification: realTime },
  },
);

useCase(
  ["A04"],
  "a security event is told once the CSMS can be reached, and is in the security log",
  async (h) => {
    await configure(h, { "SecurityCtrlr.OrganizationName": "ACME Charging" });
    h.replies.SecurityEventNotification = "silence";
    await answers(h, "Rejected", "CertificateSigned", { certificateChain: "nonsense" });
    await h.clock.settle();
    await h.lose();
    delete h.replies.SecurityEventNotification;
    h.forget();
    await h.open();
    await h.clock.settle();
    const { type, timestamp } = h.only("SecurityEventNotification");
    assert.equal(type, "InvalidChargingStationCertificate");
    assert(Number.isFinite(Date.parse(String(timestamp))));
    await using files = serve(() => new Response(null, { status: 201 }));
    await answers(h, "Accepted", "GetLog", {
      logType: "SecurityLog",
      requestId: 1,
      log: { remoteLocation: `${files.url}/logs` },
    });
    await untilSaid(h, "LogStatusNotification Uploaded");
    assert.match(files.requests[0]!.body, /InvalidChargingStationCertificate/);
  },
);
