import assert from "node:assert/strict";
import { certificateSigned } from "../../../src/station/v16/certificate_signed.ts";
import { FakeHost, TestCa } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("CertificateSigned is answered first, and then the station connects anew (whitepaper A02)", async () => {
  const host = new FakeHost();
  const charger = fakeCharger({ certificates: host.certificates });
  const ca = await TestCa.make();
  host.certificates.own.request();
  await host.heard("signCertificate");
  const { csr } = host.said[0]!.event as { csr: string };
  const certificateChain = await ca.signRequest(csr);
  const send = () => obey("CertificateSigned", certificateSigned, charger, { certificateChain });
  const { payload, after } = await send();
  assert.deepEqual([payload, host.adopted.length], [{ status: "Accepted" }, 0]);
  after();
  assert.equal(host.adopted.length, 1);
  assert.deepEqual((await send()).payload, { status: "Rejected" });
});
