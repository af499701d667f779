import assert from "node:assert/strict";
import { getInstalledCertificateIds } from "../../../src/station/v16/get_installed_certificate_ids.ts";
import { FakeHost, TestCa } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("GetInstalledCertificateIds lists the hashes of one type (whitepaper M03)", async () => {
  const host = new FakeHost();
  const charger = fakeCharger({ certificates: host.certificates });
  host.certificates.roots.install("ManufacturerRootCertificate", (await TestCa.make()).pem);
  const list = async (
    certificateType: "CentralSystemRootCertificate" | "ManufacturerRootCertificate",
  ) => {
    const request = { certificateType };
    const command = getInstalledCertificateIds;
    return (await obey("GetInstalledCertificateIds", command, charger, request)).payload;
  };
  assert.deepEqual(await list("CentralSystemRootCertificate"), { status: "NotFound" });
  assert.deepEqual(await list("ManufacturerRootCertificate"), {
    status: "Accepted",
    certificateHashData: host.certificates.roots.list().map(({ hash }) => hash),
  });
});
