import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { dialFor } from "../../src/connection/admission.ts";
import { DialError, type DialFailure } from "../../src/connection/cause.ts";
import { Gate } from "../../src/connection/gate.ts";
import { Run } from "../../src/connection/run.ts";
import type { Target } from "../../src/connection/transport.ts";
import { FakeDial, refused } from "../support/fake_transport.ts";

const target: Target = {
  url: "ws://csms:9000/CP1",
  subprotocols: ["ocpp1.6"],
  authorization: null,
  tls: null,
};

function admission(limit = 1) {
  const clock = new VirtualClock();
  const network = new FakeDial();
  const gate = new Gate(limit);
  const admission = { dial: network.dial, gate, clock, connectionTimeoutMs: 30_000 };
  return {
    clock,
    network,
    gate,
    /**
     * What came of it: the transport, or why there is none.
     *
     * @param admitted happens between being let in and the dial
     */
    async go(run = new Run(), admitted = () => {}): Promise<string | DialFailure> {
      if (!await run.enter(gate)) return "called off";
      admitted();
      try {
        await dialFor(run, target, () => {}, admission);
        return "open";
      } catch (error) {
        return error instanceof DialError ? error.failure : Promise.reject(error);
      }
    },
  };
}

Deno.test("a dial gets as long as the connection timeout, and says so when it is over", async () => {
  const { clock, network, gate, go } = admission();
  const outcome = go();
  await clock.settle();
  await clock.advance(29_999);
  assert(!network.last.signal.aborted);
  await clock.advance(1);
  assert(network.last.signal.aborted);
  assert.deepEqual(await outcome, {
    kind: "timeout",
    message: "csms:9000 did not answer within 30 s",
  });
  assert.equal(gate.inside, 0);
  assert.equal(clock.pending, 0);
});

Deno.test("waiting at the gate does not count: the second of two slow dials has its full time", async () => {
  const { clock, network, go } = admission();
  const first = go();
  const second = go();
  await clock.advance(29_000);
  assert.equal(network.attempts.length, 1);
  network.last.accept();
  assert.equal(await first, "open");
  await clock.advance(29_999);
  assert.equal(network.attempts.length, 2);
  assert(!network.last.signal.aborted);
  network.last.accept();
  assert.equal(await second, "open");
  assert.equal(clock.pending, 0);
});

Deno.test("a dial that fails keeps its own reason, and gives its place back", async () => {
  const { network, gate, go, clock } = admission();
  network.willAnswer(refused);
  assert.deepEqual(await go(), refused());
  assert.equal(gate.inside, 0);
  assert.equal(clock.pending, 0);
});

Deno.test("a dial that is called off ends the dial under way", async () => {
  const { network, gate, go, clock } = admission();
  const run = new Run();
  const outcome = go(run);
  await clock.settle();
  run.end();
  assert(network.last.signal.aborted);
  assert.notEqual(await outcome, "open");
  assert.equal(gate.inside, 0);
  assert.equal(clock.pending, 0);
});

Deno.test("a dial that is called off at the gate never dials", async () => {
  const { network, gate, go, clock } = admission();
  go();
  const run = new Run();
  const outcome = go(run);
  await clock.settle();
  run.end();
  assert.equal(await outcome, "called off");
  assert.equal(network.attempts.length, 1);
  network.last.accept();
  await clock.settle();
  assert.equal(gate.inside, 0);
});

Deno.test("who is called off before it comes to the gate does not get in", async () => {
  const { network, gate, go } = admission();
  const run = new Run();
  run.end();
  assert.equal(await go(run), "called off");
  assert.deepEqual([network.attempts.length, gate.inside], [0, 0]);
});

Deno.test("who is called off by whoever says where to dial does not dial on", async () => {
  const { network, gate, go, clock } = admission();
  const run = new Run();
  assert.notEqual(await go(run, () => run.end()), "open");
  assert(network.attempts.every(({ signal }) => signal.aborted));
  assert.deepEqual([gate.inside, clock.pending], [0, 0]);
});

Deno.test("a dial that is called off in the moment of its admission does not go on unnoticed", async () => {
  const { network, gate, go, clock } = admission();
  await gate.enter(new AbortController().signal);
  const run = new Run();
  const outcome = go(run);
  gate.leave();
  run.end();
  await clock.settle();
  assert(network.attempts.every(({ signal }) => signal.aborted));
  assert.notEqual(await outcome, "open");
  assert.equal(gate.inside, 0);
  assert.equal(clock.pending, 0);
});
