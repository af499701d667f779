import assert from "node:assert/strict";
import type { DialFailure, TlsOptions } from "../../src/connection/mod.ts";
import { HttpClients } from "../../src/connection/http_clients.ts";
import { Secret } from "../../src/log/mod.ts";
import { type Ca, type Issued, makeCa } from "../support/certs.ts";
import { hangUp, startDialling } from "../support/dialling.ts";
import { startMtlsServer } from "../support/mtls_server.ts";
import { RawPeer } from "../support/raw_peer.ts";

const DAY_MS = 86_400_000;
const day = (offset: number) => new Date(Date.now() + offset * DAY_MS);

function trusting(ca: Ca | null, own?: Issued): TlsOptions {
  return {
    caCert: ca?.certPem ?? null,
    clientCert: own?.certPem ?? null,
    clientKey: own === undefined ? null : new Secret(own.keyPem),
    insecureSkipVerify: false,
  };
}

const INSECURE: TlsOptions = {
  caCert: null,
  clientCert: null,
  clientKey: null,
  insecureSkipVerify: true,
};

/** Through the door and out again. */
async function visit(url: string, tls: TlsOptions): Promise<string> {
  using dialling = startDialling();
  const transport = await dialling.open({ url: `${url}/CP1`, tls });
  await hangUp(transport);
  return transport.subprotocol;
}

async function refusal(url: string, tls: TlsOptions | null): Promise<DialFailure> {
  using dialling = startDialling();
  return await dialling.failure({ url: `${url}/CP1`, tls });
}

Deno.test("TLS: a certificate of the given CA is trusted", async () => {
  const ca = await makeCa();
  await using peer = await RawPeer.start({ tls: await ca.issue() });
  assert.equal(await visit(peer.url, trusting(ca)), "ocpp1.6");
});

Deno.test("TLS: an unknown CA is told as such, with the setting that helps", async () => {
  const ca = await makeCa();
  await using peer = await RawPeer.start({ tls: await ca.issue() });
  const host = `127.0.0.1:${peer.port}`;
  const expected = {
    kind: "certificate",
    message: `the certificate of ${host} was signed by an unknown CA: give its CA as tls.ca_cert`,
  } as const;
  assert.deepEqual(await refusal(peer.url, null), expected);
  assert.deepEqual(await refusal(peer.url, trusting(await makeCa("Another"))), expected);
});

const BROKEN = [
  ["expired", { notBefore: day(-3), notAfter: day(-1) }, /has expired: .*verification time/],
  ["not yet valid", { notBefore: day(1), notAfter: day(3) }, /is not valid yet: /],
  ["for another name", { names: ["other.example"] }, /for another name: .*other\.example/],
] as const;

for (const [what, options, message] of BROKEN) {
  Deno.test(`TLS: a certificate that is ${what} is told as such`, async () => {
    const ca = await makeCa();
    await using peer = await RawPeer.start({ tls: await ca.issue(options) });
    const failure = await refusal(peer.url, trusting(ca));
    assert.equal(failure.kind, "certificate");
    assert.match(failure.message, message);
    assert.match(failure.message, new RegExp(`^the certificate of 127.0.0.1:${peer.port} `));
  });

  Deno.test(`TLS: skip-verify lets in a server whose certificate is ${what}`, async () => {
    await using peer = await RawPeer.start({ tls: await (await makeCa()).issue(options) });
    assert.equal(await visit(peer.url, INSECURE), "ocpp1.6");
  });
}

Deno.test("mTLS: a client certificate of the right CA gets in", async () => {
  const ca = await makeCa();
  await using peer = await startMtlsServer(ca);
  const own = await ca.issue({ client: true, commonName: "CP1" });
  assert.equal(await visit(peer.url, trusting(ca, own)), "ocpp1.6");
});

Deno.test("mTLS: a missing client certificate is told as such, with the settings that help", async () => {
  const ca = await makeCa();
  await using peer = await startMtlsServer(ca);
  const { kind, message } = await refusal(peer.url, trusting(ca));
  assert.equal(kind, "client-certificate");
  assert.match(message, /wants a client certificate: give tls\.client_cert and tls\.client_key$/);
});

Deno.test("mTLS: a client certificate of another CA is refused, and it is never a mystery", async () => {
  const ca = await makeCa();
  await using peer = await startMtlsServer(ca);
  const own = await (await makeCa("Stranger")).issue({ client: true });
  const { kind, message } = await refusal(peer.url, trusting(ca, own));
  assert(["client-certificate", "tls", "handshake"].includes(kind), kind);
  assert(!/HTTP\/2/.test(message), message);
});

Deno.test("TLS: a plain server behind wss:// is told as such", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(),
  );
  const { kind, message } = await refusal(`wss://127.0.0.1:${server.addr.port}`, null);
  assert.equal(kind, "tls", message);
  assert.match(message, /does not speak TLS: should it be ws:\/\/\?$/);
});

Deno.test("TLS: a TLS server behind ws:// is told as such", async () => {
  await using peer = await RawPeer.start({ tls: await (await makeCa()).issue() });
  const { kind, message } = await refusal(peer.url.replace("wss:", "ws:"), null);
  assert.equal(kind, "handshake", message);
  assert.match(message, /should it be wss:\/\/\?$/);
});

Deno.test("one HttpClient serves all with the same TLS settings, as one object or as equal ones", async () => {
  const ca = await makeCa();
  const other = await makeCa("Another");
  using clients = new HttpClients();
  const loans = [trusting(ca), trusting(ca), trusting(other), null, null].map((tls) =>
    clients.borrow(tls)
  );
  assert.equal(clients.size, 3);
  assert.equal(loans[0]!.client, loans[1]!.client);
  for (const loan of loans) loan[Symbol.dispose]();
  assert.equal(clients.size, 3);
});

Deno.test("HttpClients that nobody uses do not pile up, those in use stay", async () => {
  const ca = await makeCa();
  using clients = new HttpClients();
  const kept = clients.borrow(trusting(ca));
  for (let n = 0; n < 100; n++) {
    clients.borrow({ ...trusting(ca), caCert: `${ca.certPem}${"\n".repeat(n + 1)}` })
      [Symbol.dispose]();
  }
  assert.equal(clients.size, 33);
  assert.equal(clients.borrow(trusting(ca)).client, kept.client);
});
