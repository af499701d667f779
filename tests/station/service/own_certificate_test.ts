import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { FakeHost, OFFLINE, TestCa } from "./support.ts";

const HOUR_MS = 3_600_000;

/** The request that the station sends. */
async function ask(host: FakeHost): Promise<string> {
  const count = host.said.filter(({ kind }) => kind === "signCertificate").length;
  assert(host.certificates.own.request());
  await host.heard("signCertificate", count + 1);
  await host.clock.settle();
  return (host.said.at(-1)!.event as { csr: string }).csr;
}

/** That a certificate is rejected, for this reason. */
function assertRejected(host: FakeHost, pem: string, reason: RegExp): void {
  const outcome = host.certificates.own.signed(pem);
  outcome.adopt();
  assert.equal(outcome.status, "Rejected");
  assert.match(host.lines.join("\n"), reason);
  assert.equal(host.events().at(-1), "InvalidChargingStationCertificate");
  assert.equal(host.adopted.length, 0);
}

Deno.test("a signed certificate is put to use with its key after the answer (A02)", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  const pem = await ca.signRequest(await ask(host));
  const { status, adopt } = host.certificates.own.signed(pem);
  assert.equal(status, "Accepted");
  assert.equal(host.adopted.length, 0);
  adopt();
  const { certificate, key } = host.adopted.at(0)!;
  assert.equal(certificate, pem);
  assert(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key.reveal())));
  assert.equal(host.certificates.own.signed(pem).status, "Rejected", "it is no longer asked for");
});

Deno.test("a chain is checked link by link, and up to the CPO's root if it is known (A02.FR.06)", async () => {
  const host = new FakeHost();
  const root = await TestCa.make();
  const sub = await root.makeSub("CN=Sub");
  const csr = await ask(host);
  const leaf = await sub.signRequest(csr);
  const stranger = await TestCa.make("CN=Stranger");
  assertRejected(host, leaf + stranger.pem, /certificate 2 has not issued the one before it/);
  host.certificates.roots.install("CSMSRootCertificate", stranger.pem);
  assertRejected(host, leaf + sub.pem, /no installed CSMSRootCertificate has issued it/);
  host.certificates.roots.install("CSMSRootCertificate", root.pem);
  const { status, adopt } = host.certificates.own.signed(leaf + sub.pem);
  adopt();
  assert.equal(status, "Accepted");
  assert.equal(host.adopted[0]!.certificate, leaf + sub.pem);
});

Deno.test("a certificate that is not right is discarded with a security event (A02.FR.07)", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  assertRejected(host, ca.pem, /has not asked for one/);
  const csr = await ask(host);
  assertRejected(host, "hello", /no PEM block/);
  assertRejected(host, (await ca.makeSigner("ec")).certificate, /another key/);
  assertRejected(host, await ca.signRequest(csr, { subject: "CN=Other" }), /should be "SN-1"/);
  assertRejected(host, await ca.signRequest(csr, { from: -48, to: -1 }), /expired/);
  host.rules = { ...host.rules, maxChainSize: 100 };
  assertRejected(host, await ca.signRequest(csr), /more than 100/);
  host.rules = { ...host.rules, maxChainSize: 10_000 };
  assert.equal(host.certificates.own.signed(await ca.signRequest(csr)).status, "Accepted");
});

Deno.test("a certificate that is not valid yet is put to use when it is (A02.FR.08)", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  const pem = await ca.signRequest(await ask(host), { from: 1 });
  host.certificates.own.signed(pem).adopt();
  await host.clock.advance(HOUR_MS / 2);
  assert.equal(host.adopted.length, 0);
  await host.clock.advance(HOUR_MS);
  assert.equal(host.adopted.length, 1);
});

Deno.test("a certificate that waits is forgotten when the station stops", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  host.certificates.own.signed(await ca.signRequest(await ask(host), { from: 1 })).adopt();
  host.certificates.own.stop();
  await host.clock.advance(2 * HOUR_MS);
  assert.equal(host.adopted.length, 0);
  assert.equal(host.clock.pending, 0);
});

Deno.test("only the newest request counts, and one that the CSMS refused does not", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  const [old, csr] = [await ask(host), await ask(host)];
  assertRejected(host, await ca.signRequest(old), /another key/);
  assert.equal(host.certificates.own.signed(await ca.signRequest(csr)).status, "Accepted");
  host.answer = () => ({
    kind: "error",
    action: "",
    code: "NotSupported",
    description: "",
    details: {},
  });
  assertRejected(host, await ca.signRequest(await ask(host)), /has not asked for one/);
});

Deno.test("a certificate may come although the answer to the request was lost", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  host.answer = () => OFFLINE;
  const csr = await ask(host);
  assert.equal(host.certificates.own.signed(await ca.signRequest(csr)).status, "Accepted");
});

Deno.test("without CpoName there is no request (A02, prerequisites)", () => {
  const host = new FakeHost();
  host.rules = { ...host.rules, cpoName: "" };
  assert(!host.certificates.own.request());
  assert.match(host.lines[0]!, /CpoName is not set/);
});

Deno.test("a certificate is renewed in the last third of a short life, and daily until there is another (A03)", async () => {
  const host = new FakeHost();
  const ca = await TestCa.make();
  const asked = () => host.said.filter(({ kind }) => kind === "signCertificate").length;
  // It lives for 96 hours, of which one is over.
  host.certificates.own.signed(await ca.signRequest(await ask(host), { to: 95 })).adopt();
  await host.clock.advance(62 * HOUR_MS);
  assert.equal(asked(), 1);
  await host.clock.advance(2 * HOUR_MS);
  await host.heard("signCertificate", 2);
  await host.clock.advance(24 * HOUR_MS);
  await host.heard("signCertificate", 3);
  const { csr } = host.said.at(-1)!.event as { csr: string };
  host.certificates.own.signed(await ca.signRequest(csr, { to: 24 * 365 })).adopt();
  assert.equal(host.adopted.length, 2);
  await host.clock.advance(300 * 24 * HOUR_MS);
  assert.equal(asked(), 3);
  host.certificates.own.stop();
  assert.equal(host.clock.pending, 0);
});
