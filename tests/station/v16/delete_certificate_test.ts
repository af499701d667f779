import assert from "node:assert/strict";
import { deleteCertificate } from "../../../src/station/v16/delete_certificate.ts";
import { FakeHost, TestCa } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("DeleteCertificate deletes by hash what is not in use (whitepaper M04)", async () => {
  const host = new FakeHost();
  const charger = fakeCharger({ certificates: host.certificates });
  const { pem } = await TestCa.make();
  host.certificates.roots.install("CSMSRootCertificate", pem);
  const certificateHashData = host.certificates.roots.list()[0]!.hash;
  const remove = async () => {
    const request = { certificateHashData };
    return (await obey("DeleteCertificate", deleteCertificate, charger, request)).payload.status;
  };
  host.inUse = pem;
  assert.equal(await remove(), "Failed");
  host.inUse = null;
  assert.equal(await remove(), "Accepted");
  assert.equal(await remove(), "NotFound");
});
