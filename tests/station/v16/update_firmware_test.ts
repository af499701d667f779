import assert from "node:assert/strict";
import { CallRefused } from "../../../src/station/dialect.ts";
import { FirmwareUpdates } from "../../../src/station/service/firmware_updates.ts";
import { updateFirmware } from "../../../src/station/v16/update_firmware.ts";
import { FakeHost, TestCa } from "../service/support.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

function station(host: FakeHost) {
  return fakeCharger({
    certificates: host.certificates,
    firmware: new FirmwareUpdates(host),
  });
}

Deno.test("UpdateFirmware begins after its answer, at its time (1.6 §5.19)", async () => {
  const host = new FakeHost();
  const charger = station(host);
  const { payload, after } = await obey("UpdateFirmware", updateFirmware, charger, {
    location: "http://127.0.0.1:1/fw.bin",
    retrieveDate: "2100-01-01T00:00:00Z",
    retries: 3,
    retryInterval: 60,
  });
  assert.deepEqual([payload, host.said], [{}, []]);
  after();
  await host.clock.settle();
  assert.deepEqual(host.statuses(), ["DownloadScheduled"]);
  assert.deepEqual(charger.services.firmware.job!.request, {
    requestId: null,
    location: "http://127.0.0.1:1/fw.bin",
    retrieveAt: Date.UTC(2100, 0),
    installAt: null,
    retries: 3,
    retryIntervalMs: 60_000,
    signing: null,
  });
  charger.services.firmware.stop();
});

Deno.test("UpdateFirmware is not supported where signed firmware is asked for (whitepaper L01.FR.20)", async () => {
  const host = new FakeHost();
  const charger = station(host);
  host.certificates.roots.install("ManufacturerRootCertificate", (await TestCa.make()).pem);
  await assert.rejects(
    obey("UpdateFirmware", updateFirmware, charger, {
      location: "http://127.0.0.1:1/fw.bin",
      retrieveDate: "2026-01-01T00:00:00Z",
    }),
    (error) => error instanceof CallRefused && error.kind === "NotSupported",
  );
  assert.equal(charger.services.firmware.job, null);
});
