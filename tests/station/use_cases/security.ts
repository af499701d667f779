import assert from "node:assert/strict";
import { createSign } from "node:crypto";
import { serve, TestCa } from "../service/support.ts";
import { answers, configure, fromNow, type Payload, untilSaid, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

const DAY_MS = 86_400_000;

const KEY = "0001020304050607FFFFFFFFFFFFFFFF";
const NEW_KEY = "FFEEDDCCBBAA99887766554433221100";
/** Certificates that are made now are not valid at any other time. */
const realTime = () => {
  const currentTime = new Date().toISOString();
  return { status: "Accepted", currentTime, interval: 3600 };
};

const BASIC = { station: { auth: { type: "basic", authorization_key: KEY } } };

useCase(
  ["A01"],
  "a new AuthorizationKey is used at once, and the old one stays when it is refused",
  () =>
    withStation(async (h) => {
      await configure(h, { AuthorizationKey: NEW_KEY });
      await h.clock.settle();
      const [retarget] = h.csms.retargets;
      const { credentials } = retarget as {
        credentials: { authorizationKey: { reveal(): string } };
      };
      assert.equal(credentials.authorizationKey.reveal(), NEW_KEY);
      await answers(h, "Rejected", "ChangeConfiguration", {
        key: "AuthorizationKey",
        value: "short",
      });
      assert(!h.lines.join().includes(NEW_KEY), "it is in no log line");
    }, BASIC),
);

useCase(
  ["A02"],
  "the station has its own fresh key certified, and shows the certificate from then on",
  async () => {
    const ca = await TestCa.make();
    await withStation(async (h) => {
      const trigger = { requestedMessage: "SignChargePointCertificate" };
      await answers(h, "Rejected", "ExtendedTriggerMessage", trigger);
      await configure(h, { CpoName: "ACME Charging" });
      await answers(h, "Accepted", "ExtendedTriggerMessage", trigger);
      await untilSaid(h, "SignCertificate");
      const certificateChain = await ca.signRequest(String(h.only("SignCertificate").csr));
      await answers(h, "Accepted", "CertificateSigned", { certificateChain });
      const stranger = (await ca.makeSigner("ec")).certificate;
      await answers(h, "Rejected", "CertificateSigned", { certificateChain: stranger });
    }, { station: { serial_number: "SN-1" } });
  },
);

useCase(
  ["A03"],
  "a certificate that is about to run out is renewed unasked",
  async () => {
    const ca = await TestCa.make();
    await withStation(async (h) => {
      await configure(h, { CpoName: "ACME Charging" });
      const requestedMessage = "SignChargePointCertificate";
      await answers(h, "Accepted", "ExtendedTriggerMessage", { requestedMessage });
      await untilSaid(h, "SignCertificate");
      const csr = String(h.only("SignCertificate").csr);
      const certificateChain = await ca.signRequest(csr, { to: 90 * 24 });
      await answers(h, "Accepted", "CertificateSigned", { certificateChain });
      h.forget();
      await h.clock.advance(58 * DAY_MS);
      assert(!h.said.includes("SignCertificate"), "it is good for a month and more");
      await h.clock.advance(2.5 * DAY_MS);
      await untilSaid(h, "SignCertificate");
    }, { station: { serial_number: "SN-1" }, replies: { BootNotification: realTime } });
  },
);

useCase(
  ["A04", "A02"],
  "a certificate that is none is refused, and told as a security event",
  async () => {
    await withStation(async (h) => {
      await configure(h, { CpoName: "ACME Charging" });
      await answers(h, "Rejected", "CertificateSigned", { certificateChain: "nonsense" });
      await h.clock.settle();
      assert.equal(h.only("SecurityEventNotification").type, "InvalidChargePointCertificate");
    });
  },
);

useCase(
  ["A05"],
  "a security profile is only raised, and only with what it needs",
  () =>
    withStation(async (h) => {
      const profile = (value: string) => ({ key: "SecurityProfile", value });
      await answers(h, "Rejected", "ChangeConfiguration", profile("0"));
      await answers(h, "Rejected", "ChangeConfiguration", profile("2"));
      const certificate = (await TestCa.make()).pem;
      await answers(h, "Accepted", "InstallCertificate", {
        certificateType: "CentralSystemRootCertificate",
        certificate,
      });
      await answers(h, "Accepted", "ChangeConfiguration", profile("2"));
      await h.clock.settle();
      assert.match(String(h.csms.retargets.at(-1)?.url), /^wss:/);
    }, BASIC),
);

useCase(
  ["M03", "M04", "M05"],
  "root certificates are installed, listed by their hash and deleted",
  async () => {
    const certificate = (await TestCa.make()).pem;
    await withStation(async (h) => {
      const type = { certificateType: "ManufacturerRootCertificate" };
      await answers(h, "NotFound", "GetInstalledCertificateIds", type);
      await answers(h, "Rejected", "InstallCertificate", { ...type, certificate: "nonsense" });
      await answers(h, "Accepted", "InstallCertificate", { ...type, certificate });
      const { certificateHashData } = await h.call("GetInstalledCertificateIds", type);
      const [hash] = certificateHashData as Payload[];
      await answers(h, "Accepted", "DeleteCertificate", { certificateHashData: hash });
      await answers(h, "NotFound", "DeleteCertificate", { certificateHashData: hash });
    });
  },
);

useCase(
  ["L01", "A04"],
  "firmware with a wrong signature is not installed, and told as a security event",
  async () => {
    const root = await TestCa.make();
    const signer = await root.makeSigner("ec");
    await using files = serve(() => new Response("another firmware"));
    await withStation(async (h) => {
      const firmware = {
        location: `${files.url}/firmware.bin`,
        retrieveDateTime: fromNow(h, 0),
        signingCertificate: signer.certificate,
        signature: createSign("SHA256").update("the firmware").sign(signer.key, "base64"),
      };
      const update = { requestId: 3, firmware };
      await answers(h, "InvalidCertificate", "SignedUpdateFirmware", update);
      await answers(h, "Accepted", "InstallCertificate", {
        certificateType: "ManufacturerRootCertificate",
        certificate: root.pem,
      });
      await answers(h, "Accepted", "SignedUpdateFirmware", update);
      await untilSaid(h, "SignedFirmwareStatusNotification InvalidSignature");
      const types = h.payloads("SecurityEventNotification").map(({ type }) => type);
      assert.deepEqual(types, ["InvalidFirmwareSigningCertificate", "InvalidFirmwareSignature"]);
      // Whitepaper L01.FR.20: from now on nothing unsigned.
      const plain = { location: firmware.location, retrieveDate: fromNow(h, 0) };
      assert.deepEqual(await h.call("UpdateFirmware", plain), { error: "NotSupported" });
    }, { replies: { BootNotification: realTime } });
  },
);

useCase(["N01", "A04"], "the security log is uploaded under its request", async () => {
  await using files = serve(() => new Response(null, { status: 201 }));
  await withStation(async (h) => {
    await h.call("CertificateSigned", { certificateChain: "nonsense" });
    await answers(h, "Accepted", "GetLog", {
      logType: "SecurityLog",
      requestId: 11,
      log: { remoteLocation: `${files.url}/logs` },
    });
    await untilSaid(h, "LogStatusNotification Uploaded");
    assert.deepEqual(h.payloads("LogStatusNotification"), [
      { status: "Uploading", requestId: 11 },
      { status: "Uploaded", requestId: 11 },
    ]);
    assert.match(files.requests[0]!.body, /InvalidCharg(ePoint|ingStation)Certificate/);
  });
});
