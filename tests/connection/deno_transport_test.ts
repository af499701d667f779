import assert from "node:assert/strict";
import type { CloseCause } from "../../src/connection/cause.ts";
import type { Transport } from "../../src/connection/transport.ts";
import { makeCa } from "../support/certs.ts";
import { eventually, within } from "../support/connection_harness.ts";
import { type Dialling, hangUp, startDialling } from "../support/dialling.ts";
import { RawPeer, type RawSession } from "../support/raw_peer.ts";

async function meet(
  dialling: Dialling,
  peer: RawPeer,
): Promise<{ transport: Transport; session: RawSession }> {
  const transport = await dialling.open({ url: `${peer.url}/CP1` });
  return { transport, session: await peer.next() };
}

type Act = (session: RawSession) => void | Promise<void>;

const ENDS: readonly (readonly [string, Act, Partial<CloseCause>, RegExp])[] = [
  [
    "a clean close",
    (session) => session.close(1000, "bye"),
    { kind: "peer-closed", code: 1000, reason: "bye" },
    /^the CSMS closed it with 1000: bye$/,
  ],
  [
    "a close that says that the service restarts",
    (session) => session.close(1012),
    { kind: "peer-closed", code: 1012, reason: "" },
    /^the CSMS closed it with 1012$/,
  ],
  [
    "an empty close",
    (session) => session.close(),
    { kind: "peer-closed", code: 1005 },
    /without a code$/,
  ],
  ["a reset", (session) => session.reset(), { kind: "lost" }, /reset the connection$/],
  [
    "an end without a close frame",
    (session) => session.end(),
    { kind: "lost" },
    /without a close frame$/,
  ],
  ["bad UTF-8", (session) => session.sendInvalidUtf8(), { kind: "protocol" }, /not UTF-8$/],
  [
    "reserved bits",
    (session) => session.sendReservedBits(),
    { kind: "protocol" },
    /is it compressed\?\)$/,
  ],
  [
    "an unknown opcode",
    (session) => session.sendUnknownOpcode(),
    { kind: "protocol" },
    /broke the WebSocket protocol/,
  ],
  [
    "garbage",
    (session) => session.sendBytes(new TextEncoder().encode("HTTP/1.1 500 Oops\r\n\r\n")),
    { kind: "protocol" },
    /./,
  ],
  [
    "an invalid close code",
    (session) => session.close(999),
    { kind: "protocol" },
    /close frame with an invalid code$/,
  ],
  [
    "a close frame of one byte",
    (session) => session.sendFrame({ kind: "close", payload: Uint8Array.of(3) }),
    { kind: "protocol" },
    /close frame/,
  ],
  [
    "a continuation of nothing",
    (session) => session.sendFrame({ kind: "continuation", payload: Uint8Array.of(65) }),
    { kind: "protocol" },
    /protocol/,
  ],
  [
    "a ping that is too long",
    (session) => session.sendFrame({ kind: "ping", payload: new Uint8Array(126) }),
    { kind: "protocol" },
    /protocol/,
  ],
  [
    "a ping in pieces",
    (session) => session.sendFrame({ kind: "ping", final: false }),
    { kind: "protocol" },
    /protocol/,
  ],
  [
    "an oversize frame",
    (session) => session.sendOversize(),
    { kind: "protocol" },
    /more than 64 MiB$/,
  ],
];

for (const [what, act, facts, message] of ENDS) {
  Deno.test(`${what} ends a connection as ${facts.kind}, and frees the socket`, async () => {
    using dialling = startDialling();
    await using peer = await RawPeer.start();
    const { transport, session } = await meet(dialling, peer);
    await act(session);
    const cause = await within("the end", transport.closed);
    assert.partialDeepStrictEqual(cause, facts, cause.message);
    assert.match(cause.message, message);
    await within("the end of the TCP connection", session.ended);
    transport.send("into the void");
    transport.close(1000, "");
    transport.abandon({ kind: "stalled", message: "too late" });
    assert.equal(await transport.closed, cause);
    assert.equal(transport.bufferedBytes, 0);
  });
}

Deno.test("over TLS an end without a close frame is a lost connection too", async () => {
  using dialling = startDialling();
  const ca = await makeCa();
  await using peer = await RawPeer.start({ tls: await ca.issue() });
  const tls = { caCert: ca.certPem, clientCert: null, clientKey: null, insecureSkipVerify: false };
  const transport = await dialling.open({ url: peer.url, tls });
  (await peer.next()).end();
  assert.equal((await within("the end", transport.closed)).kind, "lost");
});

Deno.test("a large frame below the limit arrives whole", async () => {
  using dialling = startDialling();
  await using peer = await RawPeer.start();
  const { transport, session } = await meet(dialling, peer);
  const text = "\u00df".repeat(2 * 1024 * 1024);
  session.sendText(text);
  assert.equal(await within("the frame", dialling.texts.take()), text);
  await hangUp(transport);
});

Deno.test("a close that we asked for says so, whatever the peer answers", async (t) => {
  const answers: Record<string, Act> = {
    "the same code": (session) => session.close(1000),
    "another code": (session) => session.close(1008, "no"),
    "the end of the stream": (session) => session.end(),
  };
  for (const [what, answer] of Object.entries(answers)) {
    await t.step(what, async () => {
      using dialling = startDialling();
      await using peer = await RawPeer.start({ manners: { answersClose: false } });
      const { transport, session } = await meet(dialling, peer);
      transport.close(1000, "done");
      const close = await session.next("close");
      assert.deepEqual([close.code, close.text], [1000, "done"]);
      await answer(session);
      assert.equal((await within("the end", transport.closed)).kind, "asked");
    });
  }
});

Deno.test("an abandoned socket is freed at once, silent or talking, and delivers nothing more", async () => {
  using dialling = startDialling();
  await using peer = await RawPeer.start({ manners: { answersClose: false } });
  const { transport, session } = await meet(dialling, peer);
  const cause = { kind: "stalled", message: "it did not read" } as const;
  session.sendText("in flight");
  transport.abandon(cause);
  assert.equal(await transport.closed, cause);
  await within("the end of the TCP connection", session.ended);
  transport.abandon({ kind: "lost", message: "too late" });
  assert.equal(await transport.closed, cause);
});

Deno.test("a text is heard, and so is the pong that answers a ping", async () => {
  using dialling = startDialling();
  await using peer = await RawPeer.start();
  const { transport, session } = await meet(dialling, peer);
  let heardAt = transport.heardAt;
  session.sendText("hello");
  await eventually("a frame to be heard", () => transport.heardAt > heardAt);
  heardAt = transport.heardAt;
  assert.equal(transport.ping(), true);
  await within("a ping", session.next("ping"));
  await eventually("a frame to be heard", () => transport.heardAt > heardAt);
  await hangUp(transport);
});
