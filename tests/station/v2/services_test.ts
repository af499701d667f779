/**
 * Firmware, logs and certificates: what the commands hand on, and what they answer.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import type { Certificates } from "../../../src/station/service/certificates.ts";
import type { FirmwareUpdates } from "../../../src/station/service/firmware_updates.ts";
import type { LogUploads } from "../../../src/station/service/log_uploads.ts";
import { certificateSigned } from "../../../src/station/v2/certificate_signed.ts";
import { deleteCertificate } from "../../../src/station/v2/delete_certificate.ts";
import {
  getInstalledCertificateIds201,
  getInstalledCertificateIds21,
} from "../../../src/station/v2/get_installed_certificate_ids.ts";
import { getLog } from "../../../src/station/v2/get_log.ts";
import { installCertificate } from "../../../src/station/v2/install_certificate.ts";
import { updateFirmware } from "../../../src/station/v2/update_firmware.ts";
import { FakeHost, TestCa } from "../service/support.ts";
import { fakeCharger, NOON } from "../v16/fake_charger.ts";
import { obey, reasonOf, type Version } from "./support.ts";

/** A service that answers with a status, and writes down what it was asked for. */
function service(status: string) {
  const asked: unknown[] = [];
  let begun = 0;
  const prepare = (request: unknown) => {
    asked.push(request);
    return { status, fileName: "cp.log", begin: () => void begun++ };
  };
  return { asked, begun: () => begun, prepare };
}

const FIRMWARE = {
  location: "https://example.org/a.bin",
  retrieveDateTime: "2026-01-31T12:00:00Z",
};

for (const status of ["Accepted", "AcceptedCanceled", "Rejected", "InvalidCertificate"]) {
  Deno.test(`L01: an update is answered ${status}, and begins after that`, async () => {
    const firmware = service(status);
    const station = fakeCharger({ firmware: firmware as unknown as FirmwareUpdates });
    const signed = { signingCertificate: "PEM", signature: "c2ln" };
    const installDateTime = "2026-01-31T13:00:00Z";
    const request = {
      requestId: 5,
      retries: 1,
      retryInterval: 10,
      firmware: { ...FIRMWARE, ...signed, installDateTime },
    };
    const { payload, after } = await obey("UpdateFirmware", updateFirmware, station, request);
    assert.deepEqual(payload, { status });
    assert.deepEqual(firmware.asked, [{
      requestId: 5,
      retries: 1,
      retryIntervalMs: 10_000,
      location: FIRMWARE.location,
      retrieveAt: NOON,
      installAt: NOON + 3_600_000,
      signing: { certificate: "PEM", signature: "c2ln" },
    }]);
    assert.equal(firmware.begun(), 0);
    after();
    assert.equal(firmware.begun(), 1);
  });
}

Deno.test("L02: firmware need not be signed, but not by halves", async () => {
  const firmware = service("Accepted");
  const station = fakeCharger({ firmware: firmware as unknown as FirmwareUpdates });
  const update = async (rest: Partial<v21.FirmwareType>) => {
    const request = { requestId: 5, firmware: { ...FIRMWARE, ...rest } };
    return (await obey("UpdateFirmware", updateFirmware, station, request)).payload;
  };
  assert.equal((await update({})).status, "Accepted");
  assert.equal((firmware.asked[0] as { signing: unknown }).signing, null);
  assert.equal(reasonOf(await update({ signature: "c2ln" })), "MissingParam");
  assert.equal(reasonOf(await update({ signingCertificate: "PEM" })), "MissingParam");
  assert.equal(firmware.asked.length, 1);
});

const LOG = { remoteLocation: "https://example.org/logs/" };

for (const status of ["Accepted", "AcceptedCanceled"]) {
  for (const logType of ["DiagnosticsLog", "SecurityLog"] as const) {
    Deno.test(`N01: a ${logType} is ${status} with its file name, and uploaded after that`, async () => {
      const logs = service(status);
      const station = fakeCharger({ logs: logs as unknown as LogUploads });
      const log = { ...LOG, oldestTimestamp: "2026-01-31T12:00:00Z" };
      const request = { requestId: 5, logType, log };
      const { payload, after } = await obey("GetLog", getLog, station, request);
      assert.deepEqual(payload, { status, filename: "cp.log" });
      after();
      assert.equal(logs.begun(), 1);
      assert.deepEqual(logs.asked, [{
        requestId: 5,
        retries: null,
        retryIntervalMs: null,
        kind: logType,
        location: LOG.remoteLocation,
        from: NOON,
        to: null,
      }]);
    });
  }
}

Deno.test("2.1: there is no DataCollectorLog", async () => {
  const request = { requestId: 5, logType: "DataCollectorLog", log: LOG } as const;
  const { payload } = await obey("GetLog", getLog, fakeCharger(), request, ["2.1"]);
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "UnsupportedParam");
});

const ROOTS = [
  "CSMSRootCertificate",
  "ManufacturerRootCertificate",
  "MORootCertificate",
  "V2GRootCertificate",
] as const;

for (const certificateType of ROOTS) {
  Deno.test(`M03 to M05: a ${certificateType} is installed, listed and deleted`, async () => {
    const { certificates } = new FakeHost();
    const station = fakeCharger({ certificates });
    const certificate = (await TestCa.make()).pem;
    const install = { certificateType, certificate };
    const installed = await obey("InstallCertificate", installCertificate, station, install);
    assert.equal(installed.payload.status, "Accepted");

    for (const list of [getInstalledCertificateIds201, getInstalledCertificateIds21]) {
      const request = { certificateType: [certificateType] };
      const { payload } = await obey("GetInstalledCertificateIds", list, station, request);
      assert.equal(payload.status, "Accepted");
      assert.deepEqual(payload.certificateHashDataChain?.map((one) => one.certificateType), [
        certificateType,
      ]);
      const others = ROOTS.filter((type) => type !== certificateType);
      const other = { certificateType: others };
      const missing = await obey("GetInstalledCertificateIds", list, station, other);
      assert.deepEqual(missing.payload, { status: "NotFound" });
      const all = await obey("GetInstalledCertificateIds", list, station, {});
      assert.deepEqual(all.payload, payload);
    }

    const [root] = certificates.roots.list();
    const request = { certificateHashData: root!.hash };
    const first = await obey("DeleteCertificate", deleteCertificate, station, request);
    assert.deepEqual(first.payload, { status: "Accepted" });
    const again = await obey("DeleteCertificate", deleteCertificate, station, request);
    assert.deepEqual(again.payload, { status: "NotFound" });
    const none = getInstalledCertificateIds201;
    const listed = await obey("GetInstalledCertificateIds", none, station, {});
    assert.deepEqual(listed.payload, { status: "NotFound" });
  });
}

Deno.test("M05: what is no certificate is Rejected", async () => {
  const { certificates } = new FakeHost();
  const request = { certificateType: "CSMSRootCertificate", certificate: "hello" } as const;
  const station = fakeCharger({ certificates });
  const { payload } = await obey("InstallCertificate", installCertificate, station, request);
  assert.deepEqual(payload, { status: "Rejected" });
});

Deno.test("M03: a root that only 2.1 has a word for is not told to 2.0.1", async () => {
  const { certificates } = new FakeHost();
  const station = fakeCharger({ certificates });
  const request = {
    certificateType: "OEMRootCertificate",
    certificate: (await TestCa.make()).pem,
  } as const;
  await obey("InstallCertificate", installCertificate, station, request, ["2.1"]);
  const list = async (command: typeof getInstalledCertificateIds21, versions: Version[]) =>
    (await obey("GetInstalledCertificateIds", command, station, {}, versions)).payload.status;
  assert.equal(await list(getInstalledCertificateIds21, ["2.1"]), "Accepted");
  assert.equal(await list(getInstalledCertificateIds201, ["2.0.1"]), "NotFound");
});

Deno.test("M03: a chain of the vehicle's side is never installed", async () => {
  const { certificates } = new FakeHost();
  const station = fakeCharger({ certificates });
  const list = getInstalledCertificateIds201;
  const request = { certificateType: ["V2GCertificateChain"] } as const;
  const asked = { certificateType: [...request.certificateType] };
  const { payload } = await obey("GetInstalledCertificateIds", list, station, asked);
  assert.deepEqual(payload, { status: "NotFound" });
});

for (const status of ["Accepted", "Rejected"] as const) {
  Deno.test(`A02: a certificate that was signed is ${status}, and taken over after that`, async () => {
    const seen: string[] = [];
    const own = {
      signed: (pem: string) => ({ status, adopt: () => void seen.push(pem) }),
    };
    const station = fakeCharger({ certificates: { own } as unknown as Certificates });
    const request = { certificateChain: "PEM" };
    const { payload, after } = await obey("CertificateSigned", certificateSigned, station, request);
    assert.deepEqual(payload, { status });
    assert.deepEqual(seen, []);
    after();
    assert.deepEqual(seen, ["PEM"]);
  });
}

Deno.test("A02: a certificate for the vehicle's side was never asked for", async () => {
  const request = { certificateChain: "PEM", certificateType: "V2GCertificate" } as const;
  const { payload } = await obey("CertificateSigned", certificateSigned, fakeCharger(), request);
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "UnsupportedParam");
});
