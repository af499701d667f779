import assert from "node:assert/strict";
import { installCertificate } from "../../../src/station/v16/install_certificate.ts";
import { FakeHost, TestCa } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("InstallCertificate installs the roots of both kinds, and rejects what is none (whitepaper M05)", async () => {
  const host = new FakeHost();
  const charger = fakeCharger({ certificates: host.certificates });
  const { pem } = await TestCa.make();
  const install = async (
    certificateType: "CentralSystemRootCertificate" | "ManufacturerRootCertificate",
    certificate: string,
  ) => {
    const request = { certificateType, certificate };
    return (await obey("InstallCertificate", installCertificate, charger, request)).payload.status;
  };
  assert.equal(await install("CentralSystemRootCertificate", pem), "Accepted");
  assert.equal(await install("ManufacturerRootCertificate", pem), "Accepted");
  assert.equal(await install("ManufacturerRootCertificate", "hello"), "Rejected");
  assert.deepEqual(host.certificates.roots.list().map(({ type }) => type), [
    "CSMSRootCertificate",
    "ManufacturerRootCertificate",
  ]);
});
