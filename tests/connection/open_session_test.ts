import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { openSession } from "../../src/connection/open_session.ts";
import type { Dial } from "../../src/connection/transport.ts";
import { FakeDial, FakeTransport, refused } from "../support/fake_transport.ts";

function opening(dial: Dial, subprotocols = ["ocpp2.0.1", "ocpp1.6"]) {
  const clock = new VirtualClock();
  const target = { url: "ws://csms/CP1", subprotocols, authorization: null, tls: null };
  const session = {
    clock,
    sendQueue: 1,
    pingIntervalMs: 0,
    closeTimeoutMs: 3_000,
    goodAfterMs: 5_000,
    probe: () => false,
    onSent: () => {},
  };
  const signal = new AbortController().signal;
  const dialNow = (onText: (text: string) => void) => dial(target, onText, signal);
  return { clock, opened: openSession({ dial: dialNow, target, session }) };
}

Deno.test("frames that come before the subprotocol is checked are kept, in order", async () => {
  const network = new FakeDial();
  const { opened } = opening(network.dial);
  const heard: string[] = [];
  network.last.say("first");
  network.last.accept();
  network.last.say("second");
  const got = await opened;
  assert("session" in got);
  got.deliver((text) => heard.push(text));
  network.last.say("third");
  assert.deepEqual(heard, ["first", "second", "third"]);
});

for (const chosen of ["ocpp1.6", "ocpp2.0.1"]) {
  Deno.test(`a server may choose ${chosen}: it was offered`, async () => {
    const { opened } = opening(new FakeDial(() => new FakeTransport(chosen)).dial);
    const got = await opened;
    assert("session" in got && got.session.subprotocol === chosen);
  });
}

const REFUSALS = [
  ["", "the CSMS speaks none of the offered subprotocols: ocpp2.0.1, ocpp1.6"],
  [
    "ocpp2.1",
    'the CSMS chose subprotocol "ocpp2.1", which was not offered: ocpp2.0.1, ocpp1.6',
  ],
  [
    "ocpp1.6, ocpp2.0.1",
    'the CSMS chose subprotocol "ocpp1.6, ocpp2.0.1", which was not offered: ocpp2.0.1, ocpp1.6',
  ],
] as const;

for (const [chosen, message] of REFUSALS) {
  Deno.test(`a server that chooses "${chosen}" is closed politely and counts as failed`, async () => {
    const transport = new FakeTransport(chosen);
    const { clock, opened } = opening(new FakeDial(() => transport).dial);
    assert.deepEqual(await opened, { failure: { kind: "subprotocol", message } });
    assert.deepEqual(transport.closes, [{ code: 1000, reason: "no common subprotocol" }]);
    assert.equal(clock.pending, 0);
  });
}

Deno.test("a wrong server that ignores the close is left by force", async () => {
  const transport = new FakeTransport("");
  transport.answersClose = false;
  const { clock, opened } = opening(new FakeDial(() => transport).dial);
  await clock.advance(3_000);
  assert("failure" in await opened);
  assert.equal(transport.abandonedWith?.kind, "close-timeout");
});

Deno.test("a dial that fails hands on its failure, and a surprise is a failure too", async () => {
  assert.deepEqual(await opening(new FakeDial(refused).dial).opened, { failure: refused() });
  const surprise = () => Promise.reject(new RangeError("out of luck"));
  assert.deepEqual(await opening(surprise).opened, {
    failure: { kind: "invalid", message: "the dial failed unexpectedly: out of luck" },
  });
});
