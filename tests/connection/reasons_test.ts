import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import {
  createDenoDial,
  DialError,
  type DialFailure,
  type Target,
  type TlsOptions,
} from "../../src/connection/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import { makeCa } from "../support/certs.ts";
import { within } from "../support/connection_harness.ts";
import { type Answer, RawPeer, refusedUrl } from "../support/raw_peer.ts";

const SHARE_MS = 10_000;

/** A fleet that dials one host on a clock that stands still. */
function fleet(url: string, tls: TlsOptions | null) {
  const clock = new VirtualClock();
  const dialler = createDenoDial({ clock, log: silentLog, shareReasonMs: SHARE_MS });
  const targets = new Map<string, Target>();
  return {
    clock,
    /** A station's target is one and the same until it changes. */
    failure(id: string): Promise<DialFailure> {
      const target = targets.get(id) ??
        { url: `${url}/${id}`, subprotocols: ["ocpp1.6"], authorization: null, tls };
      targets.set(id, target);
      const dial = dialler.dial(target, () => {}, new AbortController().signal).then(
        () => Promise.reject(new Error("it was let in")),
        (error: DialError) => error.failure,
      );
      return within(`the dial of ${id} to fail`, dial);
    },
    [Symbol.dispose]: () => dialler[Symbol.dispose](),
  };
}

async function startTls(answer: RawPeer["answer"]) {
  const ca = await makeCa();
  const peer = await RawPeer.start({ tls: await ca.issue() });
  peer.answer = answer;
  const tls = { caCert: ca.certPem, clientCert: null, clientKey: null, insecureSkipVerify: false };
  return { peer, tls };
}

const http = (status: number): Answer => ({ type: "http", status });

Deno.test("a fleet of 50 that fails on one wss host asks its reason once per share window", async () => {
  const { peer, tls } = await startTls(http(503));
  await using _ = peer;
  using ours = fleet(peer.url, tls);
  const stations = Array.from({ length: 50 }, (_, n) => `CP${n}`);
  for (const failure of await Promise.all(stations.map((id) => ours.failure(id)))) {
    assert.equal(failure.status, 503, failure.message);
  }
  assert.equal(peer.requests.length, 50 + 1);
  await ours.clock.advance(SHARE_MS - 1);
  await Promise.all(stations.map((id) => ours.failure(id)));
  assert.equal(peer.requests.length, 2 * 50 + 1);
  await ours.clock.advance(1);
  await Promise.all(stations.map((id) => ours.failure(id)));
  assert.equal(peer.requests.length, 3 * 50 + 2);
});

Deno.test("a certificate that nobody knows is looked at twice by the first, once by the others", async () => {
  await using peer = await RawPeer.start({ tls: await (await makeCa()).issue() });
  using ours = fleet(peer.url, null);
  for (let n = 0; n < 10; n++) {
    assert.match((await ours.failure(`CP${n}`)).message, /unknown CA/);
  }
  assert.equal(peer.connections, 10 + 1);
});

Deno.test("a fleet that is refused asks once, and all hear that it was refused", async () => {
  using ours = fleet(refusedUrl(), null);
  const all = await Promise.all(["a", "b", "c"].map((id) => ours.failure(id)));
  assert.deepEqual(all.map(({ kind }) => kind), ["refused", "refused", "refused"]);
});

Deno.test("a 401 of one station is not told as the truth about another, over wss", async () => {
  const { peer, tls } = await startTls(http(401));
  await using _ = peer;
  using ours = fleet(peer.url, tls);
  const own = await ours.failure("CP1");
  const heard = await ours.failure("CP2");
  assert.match(own.message, /check auth \(HTTP 401\)$/);
  assert.match(heard.message, /\(HTTP 401\); so it said to another station of this host$/);
});

Deno.test("a 503 of one station with its Retry-After is not told to one that got a 404, over ws", async () => {
  await using peer = await RawPeer.start();
  peer.answer = ({ path }) =>
    path === "/CP1"
      ? { type: "http", status: 503, headers: { "Retry-After": "9" } }
      : { type: "http", status: path === "/CP2" ? 404 : 429 };
  using ours = fleet(peer.url, null);
  assert.equal((await ours.failure("CP1")).retryAfterMs, 9_000);
  const known = await ours.failure("CP2");
  assert.deepEqual([known.status, known.retryAfterMs], [404, undefined]);
  const busy = await ours.failure("CP3");
  assert.deepEqual([busy.status, busy.retryAfterMs], [429, undefined]);
});

Deno.test("that one station got in when it asked does not send all the others back at once", async () => {
  const { peer, tls } = await startTls(({ path }) =>
    path === "/CP1" && peer.requests.length > 1 ? { type: "accept" } : http(403)
  );
  await using _ = peer;
  using ours = fleet(peer.url, tls);
  assert.equal((await ours.failure("CP1")).recovered, true);
  const other = await ours.failure("CP2");
  assert.equal(other.recovered, undefined);
  assert.match(other.message, /^the WebSocket handshake with .* failed: /);
});

Deno.test("a host that says nothing when asked is given up after 5 s", async () => {
  const { peer, tls } = await startTls(() =>
    peer.requests.length === 1 ? http(503) : { type: "silence" }
  );
  await using _ = peer;
  using ours = fleet(peer.url, tls);
  const failing = ours.failure("CP1");
  await peer.nextRequest();
  await peer.nextRequest();
  await ours.clock.advance(5_000);
  const { kind, message } = await failing;
  assert.equal(kind, "handshake");
  assert(!/HTTP\/2/.test(message), message);
  assert.equal(ours.clock.pending, 0);
});
