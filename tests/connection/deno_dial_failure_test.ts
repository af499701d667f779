import assert from "node:assert/strict";
import { Secret } from "../../src/log/mod.ts";
import type { TlsOptions } from "../../src/connection/mod.ts";
import { makeCa } from "../support/certs.ts";
import { eventually, realHarness, within } from "../support/connection_harness.ts";
import { startDialling } from "../support/dialling.ts";
import { type Answer, RawPeer, refusedUrl } from "../support/raw_peer.ts";

/** A peer over ws or wss, and what it takes to trust it. */
async function start(
  scheme: "ws" | "wss",
  answer: Answer,
): Promise<{ peer: RawPeer; tls: TlsOptions | null }> {
  if (scheme === "ws") return { peer: await RawPeer.start({ answer }), tls: null };
  const ca = await makeCa();
  const peer = await RawPeer.start({ answer, tls: await ca.issue() });
  const tls = { caCert: ca.certPem, clientCert: null, clientKey: null, insecureSkipVerify: false };
  return { peer, tls };
}

const http = (status: number, headers: Record<string, string> = {}): Answer => ({
  type: "http",
  status,
  headers,
  body: "<html>no</html>",
});

const ANSWERS = [
  ["HTTP 401", http(401), { kind: "http", status: 401 }, /refuses the credentials.*\(HTTP 401\)$/],
  [
    "HTTP 404",
    http(404),
    { kind: "http", status: 404 },
    /does not know this station.*\(HTTP 404\)$/,
  ],
  [
    "HTTP 503 with Retry-After",
    http(503, { "Retry-After": "120" }),
    { kind: "http", status: 503, retryAfterMs: 120_000 },
    /is not available \(HTTP 503\); it asks to wait 120 s$/,
  ],
  ["HTTP 503 without Retry-After", http(503), { kind: "http", status: 503 }, /\(HTTP 503\)$/],
  ["a plain page", http(200), { kind: "http", status: 200 }, /not as a WebSocket server does/],
  [
    "a redirect",
    http(302, { location: "https://elsewhere.example/" }),
    { kind: "http", status: 302 },
    /redirects.* which a WebSocket does not follow \(HTTP 302\)$/,
  ],
  [
    "garbage",
    { type: "bytes", bytes: "SSH-2.0-x\r\n\r\n" },
    { kind: "handshake" },
    /WebSocket server/,
  ],
  ["a hang-up", { type: "end" }, { kind: "handshake" }, /ended the connection before it answered/],
] as const satisfies readonly (readonly [string, Answer, object, RegExp])[];

for (const scheme of ["ws", "wss"] as const) {
  for (const [what, answer, facts, message] of ANSWERS) {
    Deno.test(`over ${scheme}, ${what} is told as it is`, async () => {
      using dialling = startDialling();
      const { peer, tls } = await start(scheme, answer);
      await using _ = peer;
      const failure = await dialling.failure({ url: `${peer.url}/CP1`, tls });
      assert.partialDeepStrictEqual(failure, facts);
      assert.match(failure.message, message);
      assert(failure.message.includes(`127.0.0.1:${peer.port}`), failure.message);
    });
  }

  Deno.test(`over ${scheme}, a port where nothing listens is told as refused`, async () => {
    using dialling = startDialling();
    const url = refusedUrl().replace("ws", scheme);
    const { kind, message } = await dialling.failure({ url: `${url}/CP1` });
    assert.equal(kind, "refused", message);
    assert.equal(message, `nothing listens at ${new URL(url).host}: is the CSMS running?`);
  });

  Deno.test(`over ${scheme}, a name without an address is told as such`, async () => {
    using dialling = startDialling();
    const { kind, message } = await dialling.failure({
      url: `${scheme}://no-such-host.invalid/CP1`,
    });
    assert.equal(kind, "dns", message);
    assert.equal(message, "no-such-host.invalid has no address: is the name right?");
  });
}

Deno.test("a redirect over wss says where to", async () => {
  using dialling = startDialling();
  const { peer, tls } = await start("wss", http(301, { location: "wss://elsewhere.example/" }));
  await using _ = peer;
  const { message } = await dialling.failure({ url: peer.url, tls });
  assert.match(message, /redirects to wss:\/\/elsewhere\.example\/, which/);
});

const INSECURE = { caCert: null, clientCert: null, clientKey: null, insecureSkipVerify: true };

for (const [what, answer, facts, message] of ANSWERS) {
  Deno.test(`over wss with skip-verify, ${what} is told as it is`, async () => {
    using dialling = startDialling();
    const { peer } = await start("wss", answer);
    await using _ = peer;
    const failure = await dialling.failure({ url: `${peer.url}/CP1`, tls: INSECURE });
    assert.match(failure.message, what === "garbage" ? /WebSocket/ : message);
    assert.partialDeepStrictEqual(failure, facts);
  });
}

Deno.test("over wss with skip-verify, a port where nothing listens is told as refused", async () => {
  using dialling = startDialling();
  const url = refusedUrl().replace("ws", "wss");
  const { kind, message } = await dialling.failure({ url, tls: INSECURE });
  assert.equal(kind, "refused", message);
});

Deno.test("over wss with skip-verify, a server that is back when asked is known to be", async () => {
  using dialling = startDialling();
  const { peer } = await start("wss", http(503));
  await using _ = peer;
  peer.answer = () => peer.requests.length === 1 ? http(503) : { type: "accept" };
  assert.equal((await dialling.failure({ url: peer.url, tls: INSECURE })).recovered, true);
});

Deno.test("the question why carries what the dial carried, and not one visit more", async () => {
  using dialling = startDialling();
  const { peer, tls } = await start("wss", http(401));
  await using _ = peer;
  const authorization = new Secret("Basic QQ==");
  await dialling.failure({ url: `${peer.url}/CP1?x=1`, tls, authorization });
  assert.equal(peer.requests.length, 2);
  const [dial, question] = peer.requests;
  assert.equal(question!.path, dial!.path);
  for (
    const name of ["authorization", "sec-websocket-protocol", "upgrade", "sec-websocket-version"]
  ) {
    assert.equal(question!.headers.get(name), dial!.headers.get(name), name);
  }
});

Deno.test("what a failed status over ws says is enough: no question is asked for a 404", async () => {
  using dialling = startDialling();
  const { peer } = await start("ws", http(404));
  await using _ = peer;
  await dialling.failure({ url: `${peer.url}/CP1` });
  assert.equal(peer.requests.length, 1);
});

Deno.test("a server that is back when asked why is redialled at once", async () => {
  const { peer, tls } = await start("wss", http(503));
  await using _ = peer;
  const accept = { type: "accept" } as const;
  peer.answer = () => peer.requests.length === 1 ? http(503) : accept;
  await using real = realHarness();
  real.add({ url: peer.url, tls });
  real.manager.connect("CP1");
  const { to, at } = await real.reaches("reconnecting");
  assert(to.name === "reconnecting" && "recovered" in to.cause && to.retryAt === at, `${at}`);
  assert.match(to.cause.message, /failed, but it answers now$/);
  await real.reaches("connected");
  assert.equal(peer.requests.length, 3);
});

Deno.test("a disconnect during the question why does not wait for its answer", async () => {
  await using peer = await RawPeer.start();
  peer.answer = () => peer.requests.length === 1 ? http(503) : { type: "silence" };
  await using real = realHarness();
  real.add({ url: peer.url });
  real.manager.connect("CP1");
  await peer.nextRequest();
  await peer.nextRequest();
  await within("the disconnect", real.manager.disconnect("CP1"), 2_000);
});

Deno.test("the connection timeout ends the question why too, and the visit ends with the dialler", async () => {
  await using peer = await RawPeer.start();
  peer.answer = () => peer.requests.length % 2 === 1 ? http(503) : { type: "silence" };
  {
    await using real = realHarness({ connectionTimeoutMs: 200 });
    real.add({ url: peer.url });
    real.manager.connect("CP1");
    await within("the timeout", real.reaches("reconnecting"), 2_000);
    await real.manager.disconnect("CP1");
  }
  await within("the visit to end", eventually("it", () => peer.open === 0), 2_000);
});
