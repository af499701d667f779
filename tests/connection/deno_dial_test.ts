import assert from "node:assert/strict";
import { authorization } from "../../src/connection/authorization.ts";
import { stationUrl } from "../../src/connection/station_url.ts";
import { Secret } from "../../src/log/mod.ts";
import { eventually, realHarness, within } from "../support/connection_harness.ts";
import { hangUp, startDialling } from "../support/dialling.ts";
import { RawPeer } from "../support/raw_peer.ts";

for (const subprotocol of ["ocpp1.6", "ocpp2.0.1", "ocpp2.1"]) {
  Deno.test(`the subprotocol ${subprotocol} is offered, chosen and carries text both ways`, async () => {
    using dialling = startDialling();
    await using peer = await RawPeer.start();
    const transport = await dialling.open({ url: peer.url, subprotocols: [subprotocol] });
    const session = await peer.next();
    assert.equal(session.request.headers.get("sec-websocket-protocol"), subprotocol);
    assert.equal(transport.subprotocol, subprotocol);
    transport.send('[2,"1","Heartbeat",{}]');
    assert.equal(await session.nextText(), '[2,"1","Heartbeat",{}]');
    session.sendText('[3,"1",{"\u00df":"\u{1f600}"}]');
    assert.equal(await dialling.texts.take(), '[3,"1",{"\u00df":"\u{1f600}"}]');
    assert.equal((await hangUp(transport)).kind, "asked");
    assert.equal((await session.next("close")).code, 1000);
  });
}

Deno.test("several subprotocols are offered in order of preference, and any of them will do", async () => {
  using dialling = startDialling();
  const answer = { type: "accept", subprotocol: "ocpp1.6" } as const;
  await using peer = await RawPeer.start({ answer });
  const subprotocols = ["ocpp2.1", "ocpp2.0.1", "ocpp1.6"];
  const transport = await dialling.open({ url: peer.url, subprotocols });
  const { headers } = (await peer.next()).request;
  assert.equal(headers.get("sec-websocket-protocol"), "ocpp2.1, ocpp2.0.1, ocpp1.6");
  assert.equal(transport.subprotocol, "ocpp1.6");
  await hangUp(transport);
});

for (
  const [what, subprotocol, message] of [
    ["chooses none", null, "the CSMS speaks none of the offered subprotocols: ocpp1.6"],
    [
      "chooses another",
      "ocpp2.1",
      'the CSMS chose subprotocol "ocpp2.1", which was not offered: ocpp1.6',
    ],
  ] as const
) {
  Deno.test(`a server that ${what} is left with a close frame, and dialled again later`, async () => {
    await using peer = await RawPeer.start({ answer: { type: "accept", subprotocol } });
    await using real = realHarness();
    real.add({ url: peer.url });
    real.manager.connect("CP1");
    const { to } = await real.reaches("reconnecting");
    assert("cause" in to);
    assert.equal(to.cause.kind, "subprotocol");
    assert.equal(to.cause.message, message);
    const close = await (await peer.next()).next("close");
    assert.deepEqual([close.code, close.text], [1000, "no common subprotocol"]);
    peer.answer = { type: "accept" };
    await real.reaches("connected");
    assert(!real.path().includes("connected>reconnecting"));
  });
}

Deno.test("the id is percent-encoded on the wire, the query kept", async () => {
  using dialling = startDialling();
  await using peer = await RawPeer.start();
  const transport = await dialling.open({
    url: stationUrl(`${peer.url}/o?x=1`, "RDAM 123|\u00df"),
  });
  assert.equal((await peer.next()).request.path, "/o/RDAM%20123%7C%C3%9F?x=1");
  await hangUp(transport);
});

const secret = (text: string | null) => text === null ? null : new Secret(text);
const CREDENTIALS = [
  ["no header without credentials", { type: "none" }, null],
  [
    "Basic with a UTF-8 password",
    { type: "basic", username: null, password: secret("gr\u00fcn"), authorizationKey: null },
    "Basic Q1AxOmdyw7xu",
  ],
  [
    "Basic with the bytes of a hex key",
    {
      type: "basic",
      username: "AL1000",
      password: null,
      authorizationKey: secret("0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF"),
    },
    "Basic QUwxMDAwOgABAgMEBQYH////////////////",
  ],
  ["Bearer", { type: "bearer", token: new Secret("abc.def") }, "Bearer abc.def"],
] as const;

for (const [what, credentials, expected] of CREDENTIALS) {
  Deno.test(`on the wire: ${what}`, async () => {
    using dialling = startDialling();
    await using peer = await RawPeer.start();
    const transport = await dialling.open({
      url: peer.url,
      authorization: authorization(credentials, "CP1"),
    });
    assert.equal((await peer.next()).request.headers.get("authorization"), expected);
    await hangUp(transport);
  });
}

Deno.test("frames that come right behind the handshake are not lost", async () => {
  await using peer = await RawPeer.start();
  await using real = realHarness();
  const { diary } = real.add({ url: peer.url });
  real.manager.connect("CP1");
  const session = await peer.next();
  for (const text of ["one", "two", "three"]) session.sendText(text);
  for (const text of ["one", "two", "three"]) {
    assert.equal(await within(`"${text}"`, diary.inbox.take()), text);
  }
});

Deno.test("a binary frame is ignored with a warning, and the connection stays", async () => {
  using dialling = startDialling();
  await using peer = await RawPeer.start();
  const transport = await dialling.open({ url: peer.url });
  const session = await peer.next();
  session.sendFrame({ kind: "binary", payload: new Uint8Array(5) });
  session.sendFrame({ kind: "binary", payload: new Uint8Array(6) });
  session.sendText("after");
  assert.equal(await dialling.texts.take(), "after");
  assert.equal(dialling.logLines.length, 1);
  assert.match(
    dialling.logLines[0]!,
    /WARN {2}The CSMS sent a binary frame, which OCPP-J does not know: they are ignored url=ws.* bytes=5$/,
  );
  await hangUp(transport);
});

Deno.test("a silent server is left at the connection timeout, and its socket is really closed", async () => {
  await using peer = await RawPeer.start({ answer: { type: "silence" } });
  await using real = realHarness({ connectionTimeoutMs: 100 });
  real.add({ url: peer.url });
  real.manager.connect("CP1");
  const { to } = await real.reaches("reconnecting");
  assert("cause" in to);
  assert.deepEqual(to.cause, {
    kind: "timeout",
    message: `127.0.0.1:${peer.port} did not answer within 0.1 s`,
  });
  await real.reaches("reconnecting", "CP1", 3);
  await real.manager.disconnect("CP1");
  await eventually("the peer to see the connection go", () => peer.open === 0);
});

Deno.test("disconnect calls a dial off, and its socket is really closed", async () => {
  await using peer = await RawPeer.start({ answer: { type: "silence" } });
  await using real = realHarness();
  real.add({ url: peer.url });
  real.manager.connect("CP1");
  await peer.nextRequest();
  await within("the disconnect", real.manager.disconnect("CP1"));
  await eventually("the peer to see the connection go", () => peer.open === 0);
});

Deno.test("a dial that was called off before it began leaves no socket", async () => {
  using dialling = startDialling();
  await using peer = await RawPeer.start();
  await dialling.failure({ url: peer.url }, AbortSignal.abort());
  await hangUp(await dialling.open({ url: peer.url }));
  await eventually("all sockets to be gone", () => peer.open === 0);
});

Deno.test("a URL, header or TLS material that cannot be used is told as such, not thrown", async () => {
  using dialling = startDialling();
  const tls = { caCert: null, clientCert: "no PEM", clientKey: new Secret("geheim") };
  const { kind, message } = await dialling.failure({
    url: "wss://127.0.0.1:1/CP1",
    tls: { ...tls, insecureSkipVerify: false },
  });
  assert.equal(kind, "invalid");
  assert.match(message, /^wss:\/\/127\.0\.0\.1:1\/CP1 cannot be dialled as configured: /);
  assert(!message.includes("geheim"));
  const both = await dialling.failure({
    url: "wss://127.0.0.1:1/CP1",
    tls: { ...tls, insecureSkipVerify: true },
  });
  assert.match(both.message, /skipping verification excludes a client certificate$/);
});
