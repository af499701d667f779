import assert from "node:assert/strict";
import { httpFailure, spokenFailure } from "../../src/connection/failures.ts";

const URL = "wss://csms:9000/ocpp/CP1";
const WS = "NetworkError: failed to connect to WebSocket: ";

const SPOKEN = [
  ["dns error", "dns", "csms:9000 has no address: is the name right?"],
  ["tcp open error", "no-file-descriptors", /ulimit -n/],
  ["Connection refused (os error 111)", "refused", /^nothing listens at csms:9000/],
  ["tcp connect error", "unreachable", "csms:9000 cannot be reached: tcp connect error"],
  ["No route to host (os error 113)", "unreachable", /No route to host/],
  ["Connection timed out (os error 110)", "timeout", "csms:9000 did not answer"],
  [
    "invalid peer certificate: UnknownIssuer",
    "certificate",
    /unknown CA: give its CA as tls\.ca_cert/,
  ],
  [
    "invalid peer certificate: certificate expired: verification time 1",
    "certificate",
    /has expired/,
  ],
  [
    "invalid peer certificate: certificate not valid yet: verification",
    "certificate",
    /is not valid yet/,
  ],
  [
    'invalid peer certificate: certificate not valid for name "a"; only valid for DnsName("b")',
    "certificate",
    /is for another name: .*DnsName\("b"\)$/,
  ],
  ["invalid peer certificate: Other(CaUsedAsEndEntity)", "certificate", /CA:FALSE/],
  ["invalid peer certificate: BadSignature", "certificate", /is not accepted: .*BadSignature/],
  ["received fatal alert: CertificateRequired", "client-certificate", /tls\.client_cert/],
  ["received fatal alert: BadCertificate", "client-certificate", /unwelcome client certificate/],
  ["received fatal alert: ProtocolVersion", "tls", /TLS handshake with csms:9000 failed/],
  ["received corrupt message of type InvalidContentType", "tls", /should it be ws:\/\/\?$/],
  ["connection error", "handshake", "csms:9000 ended the connection before it answered"],
  ["invalid HTTP version parsed", "handshake", /does not answer like a WebSocket server/],
  ["message head is too large", "handshake", /does not answer like a WebSocket server/],
  ["Invalid upgrade header", "handshake", /does not answer like a WebSocket server/],
] as const;

for (const [said, kind, message] of SPOKEN) {
  Deno.test(`"${said}" means ${kind}`, () => {
    const failure = spokenFailure(WS + said, URL);
    assert.equal(failure?.kind, kind);
    if (typeof message === "string") assert.equal(failure.message, message);
    else assert.match(failure.message, message);
    assert(!failure.message.includes("NetworkError"), failure.message);
  });
}

for (const said of ["connection closed before message completed", "invalid HTTP version parsed"]) {
  Deno.test(`"${said}" asks over ws:// whether it should be wss://, and over wss:// does not`, () => {
    assert.match(spokenFailure(WS + said, "ws://csms/")!.message, /: should it be wss:\/\/\?$/);
    assert(!spokenFailure(WS + said, URL)!.message.includes("should"));
  });
}

for (
  const said of [
    "HTTP/2 not supported by this client",
    "received fatal alert: NoApplicationProtocol",
    "Didn't receive h2 alpn, aborting connection",
    "something new in the next version",
  ]
) {
  Deno.test(`"${said}" tells nothing`, () => assert.equal(spokenFailure(WS + said, URL), null));
}

const STATUSES = [
  [200, "csms:9000 answers, but not as a WebSocket server does (HTTP 200)"],
  [302, "csms:9000 redirects, which a WebSocket does not follow (HTTP 302)"],
  [401, "csms:9000 refuses the credentials: check auth (HTTP 401)"],
  [403, "csms:9000 forbids this station to connect (HTTP 403)"],
  [404, "csms:9000 does not know this station or path (HTTP 404)"],
  [429, "csms:9000 is asked too often (HTTP 429)"],
  [500, "csms:9000 has an internal problem (HTTP 500)"],
  [503, "csms:9000 is not available (HTTP 503)"],
] as const;

for (const [status, message] of STATUSES) {
  Deno.test(`status ${status} is told in one sentence`, () => {
    assert.deepEqual(spokenFailure(`${WS}Invalid status code: ${status}`, URL), {
      kind: "http",
      status,
      message,
    });
  });
}

const NOW = Date.UTC(2026, 0, 1);
const RETRY_AFTER = [
  ["120", 120_000],
  [" 7 ", 7_000],
  ["0", 0],
  [new Date(NOW + 30_000).toUTCString(), 30_000],
  [new Date(NOW - 30_000).toUTCString(), 0],
  ["soon", undefined],
] as const;

for (const [header, expected] of RETRY_AFTER) {
  Deno.test(`Retry-After "${header}" asks for ${expected ?? "nothing"}`, () => {
    const response = new Response(null, { status: 503, headers: { "retry-after": header } });
    const failure = httpFailure(response, URL, NOW);
    assert.equal(failure.retryAfterMs, expected);
    assert.equal(failure.status, 503);
    const said = expected === undefined ? /\(HTTP 503\)$/ : /it asks to wait \d+ s$/;
    assert.match(failure.message, said);
  });
}

Deno.test("a redirect says where to", () => {
  const response = new Response(null, { status: 301, headers: { location: "wss://other/" } });
  assert.match(httpFailure(response, URL, NOW).message, /redirects to wss:\/\/other\/, which/);
});
