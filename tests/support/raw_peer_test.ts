import assert from "node:assert/strict";
import { describeError } from "../../src/log/mod.ts";
import { makeCa } from "./certs.ts";
import { Inbox } from "./inbox.ts";
import { startMtlsServer } from "./mtls_server.ts";
import { RawPeer, refusedUrl } from "./raw_peer.ts";

Deno.test("a handshake is answered with the first subprotocol, and texts cross both ways", async () => {
  await using peer = await RawPeer.start();
  const client = dial(`${peer.url}/ocpp/RDAM%20123?x=1`, ["ocpp1.6", "ocpp2.1"], {
    Authorization: "Basic QQ==",
  });
  const session = await peer.next();
  assert.equal(await client.opened, "ocpp1.6");
  assert.equal(session.request.path, "/ocpp/RDAM%20123?x=1");
  assert.equal(session.request.headers.get("authorization"), "Basic QQ==");
  assert.equal(session.request.headers.get("sec-websocket-protocol"), "ocpp1.6, ocpp2.1");

  for (const text of ["short", "m".repeat(200), "\u00df".repeat(40_000)]) {
    client.socket.send(text);
    assert.equal(await session.nextText(), text);
    session.sendText(text);
    assert.equal(await client.texts.take(), text);
  }
  client.socket.close(3001, "done");
  const close = await session.next("close");
  assert.equal(close.code, 3001);
  assert.equal(close.text, "done");
  assert.deepEqual(await client.closed, { code: 3001, reason: "done", wasClean: true });
  await session.ended;
  assert.equal(peer.connections, 1);
});

for (
  const [what, subprotocol, seen] of [
    ["none", null, ""],
    ["one that nobody offered", "bogus9", "bogus9"],
  ] as const
) {
  Deno.test(`a peer can choose ${what} as subprotocol`, async () => {
    await using peer = await RawPeer.start({ answer: { type: "accept", subprotocol } });
    const client = dial(peer.url);
    assert.equal(await client.opened, seen);
    (await peer.next()).close();
    assert.equal((await client.closed).code, 1005);
  });
}

Deno.test("a peer can refuse with any HTTP answer, request by request", async () => {
  await using peer = await RawPeer.start();
  for (const status of [200, 302, 401, 404, 503]) {
    peer.answer = () => ({ type: "http", status, headers: { "Retry-After": "7" }, body: "no" });
    const client = dial(peer.url);
    await client.closed;
    assert.match(client.error, new RegExp(`Invalid status code: ${status}`));
  }
  const answer = await fetch(peer.url.replace("ws", "http"));
  assert.equal(answer.headers.get("retry-after"), "7");
  assert.equal(await answer.text(), "no");
});

for (
  const [type, expected] of [
    ["bytes", /invalid HTTP version/],
    ["end", /connection closed before message completed/],
    ["reset", /connection error/],
  ] as const
) {
  Deno.test(`a handshake can be answered with ${type}`, async () => {
    await using peer = await RawPeer.start({ answer: { type, bytes: "what?\r\n\r\n" } });
    const client = dial(peer.url);
    await client.closed;
    assert.match(client.error, expected);
    await peer.nextRequest();
  });
}

Deno.test("a silent peer holds the connection and says nothing", async () => {
  await using peer = await RawPeer.start({ answer: { type: "silence" } });
  const client = dial(peer.url);
  await peer.nextRequest();
  assert.equal(peer.open, 1);
  assert.equal(client.socket.readyState, WebSocket.CONNECTING);
  client.socket.close();
  await client.closed;
});

Deno.test("a session can break every rule of RFC 6455, and the client sees each as it is", async (t) => {
  await using peer = await RawPeer.start();
  const breakages = {
    sendInvalidUtf8: /Invalid UTF-8/,
    sendReservedBits: /Reserved bits are not zero/,
    sendUnknownOpcode: /Invalid value/,
    sendOversize: /Frame too large/,
    reset: /reset by peer/,
    end: /Unexpected EOF/,
  } as const;
  for (const [breakage, expected] of Object.entries(breakages)) {
    await t.step(breakage, async () => {
      const client = dial(peer.url);
      await client.opened;
      const session = await peer.next();
      await session[breakage as keyof typeof breakages]();
      assert.equal((await client.closed).code, 0);
      assert.match(client.error, expected);
      await session.ended;
    });
  }
});

Deno.test("close codes arrive as they were sent, and pings are answered", async () => {
  await using peer = await RawPeer.start();
  const client = dial(peer.url);
  const session = await peer.next();
  session.ping("are you there");
  assert.equal((await session.next("pong")).text, "are you there");
  session.close(1012, "Service restart");
  assert.deepEqual(await client.closed, { code: 1012, reason: "Service restart", wasClean: true });
});

Deno.test("a close may stay unanswered", async () => {
  await using peer = await RawPeer.start({ manners: { answersClose: false } });
  const client = dial(peer.url);
  const session = await peer.next();
  await client.opened;
  client.socket.close(1000, "bye");
  await session.next("close");
  session.sendText("still here");
  assert.equal(await client.texts.take(), "still here");
  assert.equal(client.socket.readyState, WebSocket.CLOSING);
  session.end();
  await client.closed;
});

Deno.test("a session that stops reading lets the client's data pile up", async () => {
  await using peer = await RawPeer.start();
  const client = dial(peer.url);
  await client.opened;
  const session = await peer.next();
  session.stopReading();
  const megabyte = "x".repeat(1024 * 1024);
  for (let sent = 0; sent < 24; sent++) client.socket.send(megabyte);
  session.sendText("look");
  await client.texts.take();
  assert(client.socket.bufferedAmount > 4 * 1024 * 1024);
  session.resumeReading();
  for (let got = 0; got < 24; got++) {
    assert.equal((await session.nextText()).length, megabyte.length);
  }
  client.socket.close();
  await client.closed;
});

Deno.test("a peer counts connections, those open at once too", async () => {
  await using peer = await RawPeer.start();
  const clients = [dial(peer.url), dial(peer.url)];
  for (const client of clients) await client.opened;
  assert.equal(peer.open, 2);
  for (const client of clients) client.socket.close();
  for (const session of [await peer.next(), await peer.next()]) await session.ended;
  await dial(peer.url).opened;
  assert.equal(peer.connections, 3);
  assert.equal(peer.mostOpen, 2);
  assert.equal(peer.open, 1);
  await (await peer.next()).reset();
});

Deno.test("over TLS a client that trusts the CA gets in", async () => {
  const ca = await makeCa();
  await using peer = await RawPeer.start({ tls: await ca.issue() });
  using http = Deno.createHttpClient({ caCerts: [ca.certPem], http2: false });
  const client = dial(peer.url, ["ocpp1.6"], {}, http);
  assert.equal(await client.opened, "ocpp1.6");
  assert.equal(peer.open, 1);
  const session = await peer.next();
  session.close(1000);
  assert.equal((await client.closed).code, 1000);
  await session.ended;
  assert.equal(peer.open, 0);
});

Deno.test("a peer with TLS can be stopped while a client has not begun its handshake", async () => {
  const peer = await RawPeer.start({ tls: await (await makeCa()).issue() });
  using _idle = await Deno.connect({ port: peer.port, hostname: "127.0.0.1" });
  await peer[Symbol.asyncDispose]();
});

Deno.test("the mTLS server lets in those with a certificate of its CA only", async () => {
  const ca = await makeCa();
  const stranger = await makeCa("Stranger");
  await using peer = await startMtlsServer(ca);
  const asClient = async (issuer = ca) => {
    const { certPem, keyPem } = await issuer.issue({ client: true, commonName: "CP001" });
    return { cert: certPem, key: keyPem };
  };
  {
    const caCerts = [ca.certPem];
    using http = Deno.createHttpClient({ caCerts, http2: false, ...await asClient() });
    const client = dial(peer.url, ["ocpp1.6"], {}, http);
    assert.equal(await client.opened, "ocpp1.6");
    client.socket.close();
    await client.closed;
  }
  // A foreign certificate gets no alert from this runtime's server: it hangs up after the handshake.
  const refusals = [[{}, /CertificateRequired/], [
    await asClient(stranger),
    /close_notify/,
  ]] as const;
  for (const [own, expected] of refusals) {
    using http = Deno.createHttpClient({ caCerts: [ca.certPem], http2: false, ...own });
    await dial(peer.url, ["ocpp1.6"], {}, http).closed;
    const answer = fetch(peer.url.replace("wss", "https"), { client: http });
    const refused = await answer.catch(describeError);
    assert.match(String(refused), expected);
  }
  assert.equal(peer.sessions.length, 1);
});

Deno.test("a waiting test is told when what it waits for can no longer come", async () => {
  const peer = await RawPeer.start();
  const client = dial(peer.url);
  const session = await peer.next();
  await client.opened;
  const text = session.nextText();
  const another = peer.next();
  const told = Promise.all([
    assert.rejects(text, /connection ended before such a frame/),
    assert.rejects(another, /stopped before such a session/),
  ]);
  await peer[Symbol.asyncDispose]();
  await told;
  await client.closed;
});

Deno.test("a dial to the refused URL is refused", async () => {
  const client = dial(refusedUrl());
  await client.closed;
  assert.match(client.error, /tcp connect error/);
});

interface Client {
  readonly socket: WebSocket;
  /** The subprotocol; never resolves when the dial fails. */
  readonly opened: Promise<string>;
  readonly closed: Promise<{ code: number; reason: string; wasClean: boolean }>;
  readonly texts: Inbox<string>;
  readonly error: string;
}

function dial(
  url: string,
  protocols: string[] = [],
  headers: Record<string, string> = {},
  client?: Deno.HttpClient,
): Client {
  const socket = new WebSocket(url, { protocols, headers, client });
  const texts = new Inbox<string>();
  let error = "";
  socket.onmessage = ({ data }) => texts.put(data);
  socket.onerror = (event) => error = event instanceof ErrorEvent ? event.message : "?";
  return {
    socket,
    opened: new Promise((resolve) => socket.onopen = () => resolve(socket.protocol)),
    closed: new Promise((resolve) => {
      socket.onclose = ({ code, reason, wasClean }) => resolve({ code, reason, wasClean });
    }),
    texts,
    get error() {
      return error;
    },
  };
}
