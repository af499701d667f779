import assert from "node:assert/strict";
import { FirmwareUpdates } from "../../../src/station/service/firmware_updates.ts";
import { signedUpdateFirmware } from "../../../src/station/v16/signed_update_firmware.ts";
import { FakeHost, TestCa } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("SignedUpdateFirmware is answered as its certificate is, and begins afterwards (whitepaper L01)", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  const { certificate } = await ca.makeSigner("ec");
  const charger = fakeCharger({ firmware: new FirmwareUpdates(host) });
  const request = {
    requestId: 7,
    firmware: {
      location: "http://127.0.0.1:1/fw.bin",
      retrieveDateTime: "2100-01-01T00:00:00Z",
      installDateTime: "2100-01-02T00:00:00Z",
      signingCertificate: certificate,
      signature: "AA==",
    },
  };
  const ask = () => obey("SignedUpdateFirmware", signedUpdateFirmware, charger, request);
  assert.deepEqual((await ask()).payload, { status: "InvalidCertificate" });
  host.certificates.roots.install("ManufacturerRootCertificate", ca.pem);
  const { payload, after } = await ask();
  assert.deepEqual([payload, host.statuses()], [{ status: "Accepted" }, []]);
  after();
  await host.clock.settle();
  assert.deepEqual(host.statuses(), ["DownloadScheduled"]);
  assert.deepEqual(charger.services.firmware.job!.request, {
    requestId: 7,
    location: "http://127.0.0.1:1/fw.bin",
    retrieveAt: Date.UTC(2100, 0, 1),
    installAt: Date.UTC(2100, 0, 2),
    retries: null,
    retryIntervalMs: null,
    signing: { certificate, signature: "AA==" },
  });
  assert.deepEqual((await ask()).payload, { status: "AcceptedCanceled" });
  charger.services.firmware.stop();
});
