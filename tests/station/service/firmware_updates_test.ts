import assert from "node:assert/strict";
import { constants, createSign } from "node:crypto";
import type { FirmwareRequest } from "../../../src/station/service/fetch_firmware.ts";
import { FirmwareUpdates } from "../../../src/station/service/firmware_updates.ts";
import { answered, FakeHost, OFFLINE, serve, TestCa } from "./support.ts";

const INSTALL_MS = 5_000;

/** As plain 1.6 asks for it. */
function plain(location: string, more: Partial<FirmwareRequest> = {}): FirmwareRequest {
  return {
    requestId: null,
    location,
    retrieveAt: 0,
    installAt: null,
    retries: 0,
    retryIntervalMs: 10_000,
    signing: null,
    ...more,
  };
}

/** Begins an update and lets it run up to `last`. */
async function run(
  host: FakeHost,
  request: FirmwareRequest,
  last: string,
): Promise<FirmwareUpdates> {
  const firmware = new FirmwareUpdates(host);
  const { status, begin } = firmware.prepare(request);
  assert.equal(status, "Accepted");
  assert.deepEqual(host.said, [], "nothing is said before the answer");
  begin();
  if (last === "Installed") {
    await host.heard("Installing");
    await host.clock.advance(INSTALL_MS);
  }
  await host.heard(last);
  await host.clock.settle();
  return firmware;
}

Deno.test("a firmware is fetched, installed and booted, and each step is said (1.6 §5.19, L01.FR.01)", async () => {
  const host = new FakeHost();
  await using server = serve(() => new Response("firmware"));
  const firmware = await run(host, plain(`${server.url}/fw-2.1.0.bin`), "Installed");
  assert.deepEqual(host.statuses(), [
    "Downloading",
    "Downloaded",
    "Installing",
    "InstallRebooting",
    "Installed",
  ]);
  assert.deepEqual(host.deeds, ["close", "install 8", "reboot 2.1.0", "open"]);
  assert.deepEqual(host.events(), ["FirmwareUpdated"]);
  assert.deepEqual(firmware.current, { status: "Idle", requestId: null });
  assert.equal(firmware.job!.status, "Installed");
  await host.memory.saved();
  assert.equal(host.clock.pending, 0);
});

Deno.test("a firmware whose location names no version leaves the version as it is", async () => {
  const host = new FakeHost();
  await using server = serve(() => new Response("firmware"));
  await run(host, plain(`${server.url}/latest.bin`), "Installed");
  assert(host.deeds.includes("reboot null"));
});

Deno.test("download and installation wait for their times (L01.FR.13, 16)", async () => {
  const host = new FakeHost();
  await using server = serve(() => new Response("firmware"));
  const firmware = new FirmwareUpdates(host);
  const [retrieveAt, installAt] = [host.now() + 60_000, host.now() + 120_000];
  firmware.prepare(plain(server.url, { requestId: 7, retrieveAt, installAt })).begin();
  await host.clock.advance(59_999);
  assert.deepEqual(host.statuses(), ["DownloadScheduled"]);
  assert.deepEqual(firmware.current, { status: "DownloadScheduled", requestId: 7 });
  await host.clock.advance(1);
  await host.heard("InstallScheduled");
  await host.clock.advance(59_999);
  assert.equal(host.statuses().at(-1), "InstallScheduled");
  assert.deepEqual(host.deeds, []);
  await host.clock.advance(1);
  assert.equal(host.statuses().at(-1), "Installing");
  firmware.stop();
  await host.clock.settle();
});

Deno.test("the installation waits until nothing charges, with the connectors closed (L01.FR.06, 07)", async () => {
  const host = new FakeHost();
  const idle = Promise.withResolvers<void>();
  host.idle = idle.promise;
  await using server = serve(() => new Response("firmware"));
  const firmware = await run(host, plain(server.url), "Downloaded");
  await host.clock.settle();
  assert.deepEqual(host.deeds, ["close"]);
  assert.deepEqual(host.statuses(), ["Downloading", "Downloaded"]);
  idle.resolve();
  await host.heard("Installing");
  firmware.stop();
  await host.clock.settle();
  assert.deepEqual(host.deeds, ["close", "open"]);
});

Deno.test("a download that fails is tried again as often and as late as asked (1.6 §5.19)", async () => {
  const host = new FakeHost();
  const asked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await using server = serve((_request, count) => {
    asked[count - 1]?.resolve();
    return count < 3 ? new Response(null, { status: 503 }) : new Response("firmware");
  });
  const firmware = new FirmwareUpdates(host);
  firmware.prepare(plain(server.url, { retries: 2 })).begin();
  for (const [tries, one] of asked.entries()) {
    await one.promise;
    while (host.clock.untilNext !== 10_000) await host.clock.settle(); // The answer is on its way.
    await host.clock.advance(9_999);
    assert.equal(server.requests.length, tries + 1);
    await host.clock.advance(1);
  }
  await host.heard("Downloaded");
  assert.deepEqual(host.statuses().slice(0, 2), ["Downloading", "Downloaded"]);
  firmware.stop();
  await host.clock.settle();
});

Deno.test("what cannot be fetched ends in DownloadFailed, and the log says why", async () => {
  await using server = serve(({ url }) =>
    new Response(null, { status: url.endsWith("empty") ? 200 : 404 })
  );
  const wrong: [string, RegExp][] = [
    ["ftp://me:secret@example.org/fw.bin", /HTTP and HTTPS only, the location is \\"ftp:\\"/],
    ["fw.bin", /not a URL/],
    [`${server.url}/none`, /answers 404/],
    [`${server.url}/empty`, /The file is empty/],
  ];
  for (const [location, reason] of wrong) {
    const host = new FakeHost();
    const firmware = await run(host, plain(location), "DownloadFailed");
    assert.deepEqual(host.statuses(), ["Downloading", "DownloadFailed"]);
    assert.match(host.lines.join("\n"), reason);
    assert(!host.lines.join().includes("secret"));
    assert.equal(firmware.current.status, "DownloadFailed", "the last status (L01.FR.29)");
  }
});

Deno.test("a signature by RSA-PSS, RSA or ECDSA over the file is verified (L01.FR.04)", async () => {
  const ca = await TestCa.make();
  const image = "x".repeat(100_000);
  await using server = serve(() => new Response(image));
  const [rsa, ec] = [await ca.makeSigner("rsa"), await ca.makeSigner("ec")];
  const sign = (key: string, padding?: number) =>
    createSign("SHA256").update(image).sign(padding ? { key, padding } : key, "base64");
  const good = [
    { certificate: rsa.certificate, signature: sign(rsa.key, constants.RSA_PKCS1_PSS_PADDING) },
    { certificate: rsa.certificate, signature: sign(rsa.key) },
    { certificate: ec.certificate, signature: sign(ec.key) },
  ];
  for (const signing of good) {
    const host = new FakeHost();
    host.certificates.roots.install("ManufacturerRootCertificate", ca.pem);
    await run(host, plain(server.url, { requestId: 7, signing }), "Installed");
    assert.deepEqual(host.statuses(), [
      "Downloading",
      "Downloaded",
      "SignatureVerified",
      "Installing",
      "InstallRebooting",
      "Installed",
    ]);
    const ids = host.said.filter(({ kind }) => kind === "firmwareStatus")
      .map(({ event }) => (event as { requestId: number }).requestId);
    assert.deepEqual(new Set(ids), new Set([7]), "L01.FR.10");
  }
});

Deno.test("a wrong signature ends the update with a security event (L01.FR.03)", async () => {
  const ca = await TestCa.make();
  await using server = serve(() => new Response("firmware"));
  const { certificate, key } = await ca.makeSigner("ec");
  const other = createSign("SHA256").update("other").sign(key, "base64");
  for (const signature of [other, "not base64!", ""]) {
    const host = new FakeHost();
    host.certificates.roots.install("ManufacturerRootCertificate", ca.pem);
    const signing = { certificate, signature };
    await run(host, plain(server.url, { requestId: 7, signing }), "InvalidSignature");
    assert.deepEqual(host.statuses(), ["Downloading", "Downloaded", "InvalidSignature"]);
    assert.deepEqual(host.events(), ["InvalidFirmwareSignature"]);
    assert.deepEqual(host.deeds, []);
  }
});

Deno.test("a certificate that the manufacturer's root has not issued is refused (L01.FR.02, 23, 24)", async () => {
  const [ca, stranger] = [await TestCa.make(), await TestCa.make()];
  const wrong: [string, RegExp][] = [
    ["hello", /no PEM block/],
    [(await stranger.makeSigner("ec")).certificate, /has issued it/],
    [(await ca.makeSigner("ec", { to: 0 })).certificate, /expired/],
    [(await ca.makeSigner("ec", { from: 1 })).certificate, /not valid before/],
  ];
  const host = new FakeHost();
  await host.clock.advance(1000);
  const firmware = new FirmwareUpdates(host);
  const ask = (certificate: string) => {
    const { status, begin } = firmware.prepare(
      plain("http://127.0.0.1:1", { signing: { certificate, signature: "" } }),
    );
    begin();
    return status;
  };
  const { certificate } = await ca.makeSigner("ec");
  assert.equal(ask(certificate), "InvalidCertificate");
  assert.match(host.lines.at(-1)!, /no ManufacturerRootCertificate is installed/);
  host.certificates.roots.install("ManufacturerRootCertificate", ca.pem);
  for (const [pem, reason] of wrong) {
    assert.equal(ask(pem), "InvalidCertificate");
    assert.match(host.lines.at(-1)!, reason);
  }
  await host.clock.settle();
  assert.deepEqual(new Set(host.events()), new Set(["InvalidFirmwareSigningCertificate"]));
  assert.equal(host.events().length, 5);
  assert.deepEqual(host.statuses(), []);
});

Deno.test("a newer request ends an older one, which is silent from then on (L01.FR.26)", async () => {
  const host = new FakeHost();
  const firmware = new FirmwareUpdates(host);
  const retrieveAt = host.now() + 60_000;
  const at = (requestId: number) => plain("ftp://x", { requestId, retrieveAt });
  firmware.prepare(at(1)).begin();
  await host.clock.settle();
  const { status, begin } = firmware.prepare(at(2));
  assert.equal(status, "AcceptedCanceled");
  begin();
  await host.clock.advance(60_000);
  assert.deepEqual(host.said.map(({ event }) => event), [
    { status: "DownloadScheduled", requestId: 1 },
    { status: "DownloadScheduled", requestId: 2 },
    { status: "Downloading", requestId: 2 },
    { status: "DownloadFailed", requestId: 2 },
  ]);
  assert.equal(firmware.prepare(at(3)).status, "Accepted", "there is nothing left to cancel");
  assert.equal(host.clock.pending, 0);
});

Deno.test("an update that is being fetched is cut off by a newer one", async () => {
  const host = new FakeHost();
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  await using server = serve(() => {
    asked.resolve();
    return answer.promise;
  });
  const firmware = new FirmwareUpdates(host);
  firmware.prepare(plain(server.url, { requestId: 1, retries: 5 })).begin();
  await asked.promise;
  firmware.prepare(plain("ftp://x", { requestId: 2 })).begin();
  await host.heard("DownloadFailed");
  await host.clock.settle();
  assert.deepEqual(host.said.at(-1)!.event, { status: "DownloadFailed", requestId: 2 });
  answer.resolve(new Response());
  assert.equal(host.clock.pending, 0);
});

Deno.test("an installation that has begun cannot be called off (L01.FR.27)", async () => {
  const host = new FakeHost();
  await using server = serve(() => new Response("firmware"));
  const firmware = await run(host, plain(server.url), "Installing");
  const { status, begin } = firmware.prepare(plain("ftp://x"));
  begin();
  assert.equal(status, "Rejected");
  await host.clock.advance(INSTALL_MS);
  await host.clock.settle();
  assert.equal(host.statuses().at(-1), "Installed");
});

Deno.test("an installation may fail, and the connectors are opened again", async () => {
  await using server = serve(() => new Response("firmware"));
  for (const outcome of ["InstallationFailed", "InstallVerificationFailed"] as const) {
    const host = new FakeHost();
    host.outcome = outcome;
    await run(host, plain(server.url), "Installing");
    await host.clock.advance(INSTALL_MS);
    assert.deepEqual(host.statuses().slice(-2), ["Installing", outcome]);
    assert.deepEqual(host.deeds, ["close", "install 8", "open"]);
    assert.deepEqual(host.events(), []);
  }
});

Deno.test("a reboot that fails is a failed installation, and the log has the error", async () => {
  const host = new FakeHost();
  host.reboot = () => Promise.reject(new Error("no power"));
  await using server = serve(() => new Response("firmware"));
  await run(host, plain(server.url), "Installing");
  await host.clock.advance(INSTALL_MS);
  assert.equal(host.statuses().at(-1), "InstallationFailed");
  assert.match(host.lines.join("\n"), /no power/);
});

Deno.test("an update goes on without a connection, and its status is said when there is one", async () => {
  const host = new FakeHost();
  host.answer = () => OFFLINE;
  await using server = serve(() => new Response("firmware"));
  const firmware = await run(host, plain(server.url), "Installed");
  host.said.length = 0;
  host.answer = () => answered();
  firmware.connected();
  await host.clock.settle();
  firmware.connected();
  assert.deepEqual(host.said.map(({ event }) => event), [{ status: "Installed", requestId: null }]);
});

Deno.test("a station that never updated says Idle, and a new connection says nothing", () => {
  const host = new FakeHost();
  const firmware = new FirmwareUpdates(host);
  firmware.connected();
  firmware.stop();
  assert.deepEqual(firmware.current, { status: "Idle", requestId: null });
  assert.deepEqual([firmware.job, host.said], [null, []]);
});
