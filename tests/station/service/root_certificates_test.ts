import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { RootCertificates } from "../../../src/station/service/root_certificates.ts";
import { FakeHost, TestCa } from "./support.ts";

const CSMS = "CSMSRootCertificate";
const MANUFACTURER = "ManufacturerRootCertificate";

Deno.test("the hashes of a root are those of OCSP (whitepaper §6.1, RFC 6960)", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make("CN=Root, O=ACME", { serialNumber: "0fff" });
  assert.equal(host.certificates.roots.install(CSMS, ca.pem), "Accepted");
  const { issuerName, publicKey } = ca.certificate;
  // The bits of an EC key are its point: the last 65 bytes of the key field.
  const point = new Uint8Array(publicKey.rawData).slice(-65);
  assert.deepEqual(host.certificates.roots.list(), [{
    type: CSMS,
    hash: {
      hashAlgorithm: "SHA256",
      issuerNameHash: sha256(new Uint8Array(issuerName.toArrayBuffer())),
      issuerKeyHash: sha256(point),
      serialNumber: "FFF",
    },
  }]);
});

Deno.test("the key hash of a root that another has signed is that of the other's key", async () => {
  const host = new FakeHost();
  const old = await TestCa.make("CN=Old");
  const cross = await old.makeSub("CN=New");
  const { roots } = host.certificates;
  assert.equal(roots.install(CSMS, cross.pem), "Rejected", "its issuer is not known yet");
  roots.install(CSMS, old.pem);
  assert.equal(roots.install(CSMS, cross.pem), "Accepted");
  const [first, second] = roots.list();
  assert.equal(second!.hash.issuerKeyHash, first!.hash.issuerKeyHash);
  assert.equal(second!.hash.issuerNameHash, first!.hash.issuerNameHash);
  assert.equal(roots.delete(first!.hash), "Accepted");
  assert.deepEqual(roots.list(), [second], "it is remembered without the other");
});

Deno.test("roots are listed by type (M03.FR.02 to 04)", async () => {
  const { certificates: { roots } } = new FakeHost();
  assert.deepEqual(roots.list(), []);
  roots.install(CSMS, (await TestCa.make()).pem);
  assert.equal(roots.list([CSMS]).length, 1);
  assert.equal(roots.list([MANUFACTURER]).length, 0);
});

Deno.test("what is no root is rejected, with the reason in the log (M05.FR.06)", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  const { certificate } = await ca.makeSigner("ec");
  const expired = await TestCa.make("CN=Old", { from: -48, to: -24 });
  const wrong: [string, RegExp][] = [
    ["hello", /no PEM block/],
    ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", /cannot be read/],
    [ca.pem + ca.pem, /2 certificates/],
    [certificate, /not the certificate of an authority/],
    [expired.pem, /expired/],
  ];
  for (const [pem, reason] of wrong) {
    assert.equal(host.certificates.roots.install(CSMS, pem), "Rejected");
    assert.match(host.lines.at(-1)!, reason);
  }
  assert.deepEqual(host.deeds, []);
});

Deno.test("no more roots than CertificateStoreMaxLength are installed (M05.FR.03)", async () => {
  const host = new FakeHost();
  const { roots } = host.certificates;
  host.rules = { ...host.rules, storeMaxLength: 1 };
  const ca = await TestCa.make();
  assert.equal(roots.install(CSMS, ca.pem), "Accepted");
  assert.equal(roots.install(CSMS, ca.pem), "Accepted", "the same again takes no room");
  assert.equal(roots.install(MANUFACTURER, (await TestCa.make()).pem), "Rejected");
  assert.equal(roots.installed.length, 1);
});

Deno.test("with the additional check only what the old root signed replaces it (M05.FR.08 to 12)", async () => {
  const host = new FakeHost();
  const { roots } = host.certificates;
  host.rules = { ...host.rules, additionalRootCheck: true, storeMaxLength: 1 };
  const [first, stranger] = [await TestCa.make("CN=First"), await TestCa.make("CN=Stranger")];
  assert.equal(roots.install(CSMS, first.pem), "Accepted");
  assert.equal(roots.install(CSMS, stranger.pem), "Rejected");
  const second = await first.makeSub("CN=Second");
  assert.equal(roots.install(CSMS, second.pem), "Accepted");
  assert.deepEqual(roots.pems(CSMS), [first.pem, second.pem], "the old one is the fallback");
  const third = await second.makeSub("CN=Third");
  assert.equal(roots.install(CSMS, third.pem), "Accepted");
  assert.deepEqual(roots.pems(CSMS), [second.pem, third.pem], "there is one fallback");
  roots.dropFallback();
  assert.deepEqual(roots.pems(CSMS), [third.pem]);
  assert.equal(host.deeds.length, 4);
});

Deno.test("a root is deleted by its hash in any algorithm, but not while it is in use (M04)", async () => {
  const host = new FakeHost();
  const { roots } = host.certificates;
  const ca = await TestCa.make();
  roots.install(CSMS, ca.pem);
  const { hash } = roots.list()[0]!;
  assert.equal(roots.delete({ ...hash, serialNumber: "1" }), "NotFound");
  host.inUse = ca.pem;
  assert.equal(roots.delete(hash), "Failed");
  host.inUse = null;
  const lower = { ...hash, issuerNameHash: hash.issuerNameHash.toUpperCase() };
  assert.equal(roots.delete(lower), "Accepted");
  assert.equal(roots.delete(hash), "NotFound");
  roots.install(CSMS, ca.pem);
  const name = new Uint8Array(ca.certificate.issuerName.toArrayBuffer());
  const sha512 = {
    ...hash,
    hashAlgorithm: "SHA512" as const,
    issuerNameHash: createHash("sha512").update(name).digest("hex"),
    issuerKeyHash: createHash("sha512")
      .update(new Uint8Array(ca.certificate.publicKey.rawData).slice(-65)).digest("hex"),
  };
  assert.equal(roots.delete(sha512), "Accepted");
});

Deno.test("what is installed survives a restart", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  host.certificates.roots.install(CSMS, ca.pem);
  await host.memory.saved();
  const restored = new RootCertificates(host, host.memory);
  assert.deepEqual(restored.list(), host.certificates.roots.list());
});

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
