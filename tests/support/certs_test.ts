import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { encryptedKeyPem, type Issued, makeCa } from "./certs.ts";

Deno.test("a client that trusts the CA reaches a server with an issued certificate", async () => {
  const ca = await makeCa();
  assert.equal(await greet(await ca.issue(), "localhost", ca.certPem), "hello");
});

Deno.test("a client that trusts another CA of the same name refuses it", async () => {
  const ca = await makeCa();
  const stranger = await makeCa();
  await assert.rejects(
    greet(await ca.issue(), "localhost", stranger.certPem),
    /BadSignature|UnknownIssuer/,
  );
});

Deno.test("a certificate for other names or times is refused with that reason", async () => {
  const ca = await makeCa();
  const other = await ca.issue({ names: ["other.example"] });
  await assert.rejects(greet(other, "localhost", ca.certPem), /not valid for name/);
  const expired = await ca.issue({ notAfter: new Date(Date.now() - 60_000) });
  await assert.rejects(greet(expired, "localhost", ca.certPem), /expired/);
});

Deno.test("a leaf is no CA, and a client certificate says that it is for clients", async () => {
  const ca = await makeCa("Root");
  assert.equal(new X509Certificate(ca.certPem).ca, true);
  const { certPem, keyPem } = await ca.issue({ client: true, commonName: "CP001" });
  const leaf = new X509Certificate(certPem);
  assert.equal(leaf.ca, false);
  assert.equal(leaf.subject, "CN=CP001");
  assert.equal(leaf.issuer, "CN=Root");
  assert.equal(createPrivateKey(keyPem).asymmetricKeyType, "ec");
});

Deno.test("an encrypted key opens with its passphrase only", () => {
  const pem = encryptedKeyPem("open sesame");
  assert.match(pem, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
  assert.equal(createPrivateKey({ key: pem, passphrase: "open sesame" }).type, "private");
  assert.throws(() => createPrivateKey({ key: pem, passphrase: "wrong" }));
});

/** What a TLS server with this certificate says, or why it cannot be trusted. */
async function greet(server: Issued, hostname: string, caPem: string): Promise<string> {
  const listener = Deno.listenTls({
    hostname: "127.0.0.1",
    port: 0,
    cert: server.certPem,
    key: server.keyPem,
  });
  const serving = (async () => {
    using connection = await listener.accept();
    // A handshake that the client breaks off is the client's to report.
    await connection.write(new TextEncoder().encode("hello")).catch(() => {});
  })();
  try {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
    using tls = await Deno.startTls(connection, { hostname, caCerts: [caPem] });
    await tls.handshake();
    const buffer = new Uint8Array(16);
    return new TextDecoder().decode(buffer.subarray(0, await tls.read(buffer) ?? 0));
  } finally {
    await serving;
    listener.close();
  }
}
