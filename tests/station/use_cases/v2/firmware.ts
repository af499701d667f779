import assert from "node:assert/strict";
import { createHash, createSign } from "node:crypto";
import { serve, TestCa } from "../../service/support.ts";
import { answers, driven, fromNow, untilSaid } from "../support.ts";
import { ANNA, charge, realTime, story } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["L01", "A04"],
  "firmware with a wrong signature is not installed, and told as a security event",
  async (h) => {
    const root = await TestCa.make();
    const signer = await root.makeSigner("ec");
    await using files = serve(() => new Response("another firmware"));
    const firmware = {
      location: `${files.url}/firmware.bin`,
      retrieveDateTime: fromNow(h, 0),
      signingCertificate: signer.certificate,
      signature: createSign("SHA256").update("the firmware").sign(signer.key, "base64"),
    };
    const update = { requestId: 3, firmware };
    await answers(h, "InvalidCertificate", "UpdateFirmware", update);
    await answers(h, "Accepted", "InstallCertificate", {
      certificateType: "ManufacturerRootCertificate",
      certificate: root.pem,
    });
    await answers(h, "Accepted", "UpdateFirmware", update);
    await untilSaid(h, "FirmwareStatusNotification InvalidSignature");
    const types = h.payloads("SecurityEventNotification").map(({ type }) => type);
    assert.deepEqual(types, ["InvalidFirmwareSigningCertificate", "InvalidFirmwareSignature"]);
    assert(h.payloads("FirmwareStatusNotification").every(({ requestId }) => requestId === 3));
  },
  { replies: { BootNotification: realTime } },
);

useCase(
  ["L01"],
  "signed firmware is fetched, verified, installed and booted with",
  async (h) => {
    const root = await TestCa.make();
    const signer = await root.makeSigner("ec");
    await using files = serve(() => new Response("the firmware"));
    await answers(h, "Accepted", "InstallCertificate", {
      certificateType: "ManufacturerRootCertificate",
      certificate: root.pem,
    });
    h.forget();
    await answers(h, "Accepted", "UpdateFirmware", {
      requestId: 4,
      firmware: {
        location: `${files.url}/firmware-2.1.0.bin`,
        retrieveDateTime: fromNow(h, 0),
        signingCertificate: signer.certificate,
        signature: createSign("SHA256").update("the firmware").sign(signer.key, "base64"),
      },
    });
    await untilSaid(h, "FirmwareStatusNotification SignatureVerified");
    await h.clock.advance(60_000);
    await h.lose();
    await h.open();
    await h.clock.settle();
    const statuses = h.payloads("FirmwareStatusNotification").map(({ status }) => status);
    assert.deepEqual(statuses.slice(0, 3), ["Downloading", "Downloaded", "SignatureVerified"]);
    assert.equal(statuses.at(-1), "Installed");
    const { chargingStation, reason } = h.only("BootNotification");
    assert.equal(reason, "FirmwareUpdate");
    assert.equal((chargingStation as { firmwareVersion: string }).firmwareVersion, "2.1.0");
  },
  { replies: { BootNotification: realTime } },
);

useCase(
  ["L02"],
  "firmware without a signature waits for its time and for the end of the transaction",
  async (h) => {
    await using files = serve(() => new Response("the firmware"));
    await charge(h);
    await answers(h, "Accepted", "UpdateFirmware", {
      requestId: 5,
      firmware: {
        location: `${files.url}/firmware-2.0.0.bin`,
        retrieveDateTime: fromNow(h, 0),
        installDateTime: fromNow(h, 120_000),
      },
    });
    await untilSaid(h, "FirmwareStatusNotification Downloaded");
    await h.clock.advance(60_000);
    assert(story(h).includes("FirmwareStatusNotification InstallScheduled"), story(h).join());
    await h.clock.advance(61_000);
    assert(!story(h).includes("FirmwareStatusNotification Installing"), "somebody charges");
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    await driven(h, h.station.driver.unplug(1));
    await h.clock.advance(10_000);
    assert(story(h).includes("FirmwareStatusNotification Installing"), story(h).join());
    await h.clock.advance(60_000);
    await h.lose();
    await h.open();
    await h.clock.settle();
    assert.equal(h.only("BootNotification").reason, "FirmwareUpdate");
    assert(story(h).includes("FirmwareStatusNotification Installed"));
  },
);

useCase(
  ["L02"],
  "firmware that cannot be had is told, with its request",
  async (h) => {
    await answers(h, "Accepted", "UpdateFirmware", {
      requestId: 6,
      retries: 0,
      firmware: { location: "ftp://files.example/a.bin", retrieveDateTime: fromNow(h, 0) },
    });
    await h.clock.advance(1_000);
    assert.deepEqual(h.payloads("FirmwareStatusNotification").at(-1), {
      status: "DownloadFailed",
      requestId: 6,
    });
  },
);

useCase(
  ["L03", "L04"],
  "firmware to publish is fetched and checked, and not published: the station is no local controller",
  async (h) => {
    await using files = serve(() => new Response("the firmware"));
    const checksum = createHash("md5").update("the firmware").digest("hex");
    const publish = { requestId: 7, location: `${files.url}/a.bin`, checksum, retries: 0 };
    await answers(h, "Accepted", "PublishFirmware", publish);
    await answers(h, "DownloadOngoing", "UnpublishFirmware", { checksum });
    await untilSaid(h, "PublishFirmwareStatusNotification PublishFailed");
    assert.deepEqual(story(h), [
      "PublishFirmwareStatusNotification Downloading",
      "PublishFirmwareStatusNotification Downloaded",
      "PublishFirmwareStatusNotification ChecksumVerified",
      "PublishFirmwareStatusNotification PublishFailed",
    ]);
    await answers(h, "NoFirmware", "UnpublishFirmware", { checksum });
  },
);
