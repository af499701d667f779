import assert from "node:assert/strict";
import { TestCa } from "../../service/support.ts";
import { answers, driven, type Payload } from "../support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["M03", "M04", "M05"],
  "root certificates are installed, listed by their hash and deleted",
  async (h) => {
    const certificate = (await TestCa.make()).pem;
    const type = { certificateType: "ManufacturerRootCertificate" };
    const listed = { certificateType: ["ManufacturerRootCertificate"] };
    await answers(h, "NotFound", "GetInstalledCertificateIds", listed);
    await answers(h, "Rejected", "InstallCertificate", { ...type, certificate: "nonsense" });
    await answers(h, "Accepted", "InstallCertificate", { ...type, certificate });
    const { certificateHashDataChain } = await h.call("GetInstalledCertificateIds", listed);
    const [{ certificateHashData }] = certificateHashDataChain as [Payload];
    await answers(h, "Accepted", "DeleteCertificate", { certificateHashData });
    await answers(h, "NotFound", "DeleteCertificate", { certificateHashData });
  },
);

const HASH = {
  hashAlgorithm: "SHA256",
  issuerNameHash: "00",
  issuerKeyHash: "00",
  serialNumber: "1",
};

/** What a car would make a station ask for, sent by its user. */
const FOR_A_CAR = [
  ["M01", "Get15118EVCertificate", {
    iso15118SchemaVersion: "urn:iso:15118:2:2013:MsgDef",
    action: "Install",
    exiRequest: "AA==",
  }, { status: "Accepted", exiResponse: "BB==" }],
  ["M02", "Get15118EVCertificate", {
    iso15118SchemaVersion: "urn:iso:15118:2:2013:MsgDef",
    action: "Update",
    exiRequest: "AA==",
  }, { status: "Failed", exiResponse: "" }],
  ["M06", "GetCertificateStatus", {
    ocspRequestData: { ...HASH, responderURL: "http://ocsp.example" },
  }, { status: "Accepted", ocspResult: "AA==" }],
  ["M07", "GetCertificateChainStatus", {
    certificateStatusRequests: [{
      certificateHashData: HASH,
      source: "OCSP",
      urls: ["http://ocsp.example"],
    }],
  }, {
    certificateStatus: [{
      certificateHashData: HASH,
      source: "OCSP",
      status: "Good",
      nextUpdate: "2026-02-01T00:00:00Z",
    }],
  }],
] as const;

for (const [number, action, payload, reply] of FOR_A_CAR) {
  useCase(
    [number],
    `${action} is asked when the user wants it, and the answer handed back`,
    async (h) => {
      h.replies[action] = { ...reply };
      const deed = await driven(h, h.station.driver.call(action, { ...payload }));
      assert.deepEqual(h.only(action), payload);
      assert(deed.kind === "done");
      assert.deepEqual(deed.csms, { action, payload: reply });
    },
  );
}
