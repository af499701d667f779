import assert from "node:assert/strict";
import { makeCertificateRequest } from "../../../src/station/service/certificate_request.ts";
import { signCertificate } from "../../../src/station/v16/sign_certificate.ts";
import { spell } from "./support.ts";

Deno.test("SignCertificate sends the request, and knows whether it is taken (whitepaper A02.FR.03, 11, 12)", async () => {
  const { csr } = await makeCertificateRequest({ commonName: "SN-1", organization: "ACME" });
  assert.deepEqual(spell(signCertificate, { csr }), { csr });
  assert.equal(signCertificate.answer({ status: "Accepted" }), true);
  assert.equal(signCertificate.answer({ status: "Rejected" }), false);
});
