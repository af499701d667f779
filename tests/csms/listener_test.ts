import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { keepListening, type Listen, type ListenerOptions } from "../../src/csms/listener.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";

Deno.test("a listener that dies is opened again on the same port, until it is stopped", async () => {
  const test = setUp({ port: 0 });
  assert.equal(test.listener.port, 9001);
  const emfile = new Error("Too many open files (os error 24)");
  for (let death = 1; death <= 3; death++) {
    test.opened[death - 1]!.finished.reject(emfile);
    await test.clock.advance(499);
    assert.equal(test.opened.length, death);
    await test.clock.advance(1);
    assert.equal(test.opened.length, death + 1);
    assert.equal(test.opened[death]!.port, 9001);
  }
  assert.match(test.lines[0]!, /port 9001: Too many open files .*trying again in 500 ms/);
  await test.listener.stop();
  assert.equal(test.clock.pending, 0);
});

Deno.test("a port that stays taken is tried again for as long as it takes", async () => {
  const test = setUp({ port: 9000 });
  test.opened[0]!.finished.reject(new Error("gone"));
  test.refuse = true;
  await test.clock.advance(5000);
  assert.equal(test.opened.length, 1);
  test.refuse = false;
  await test.clock.advance(500);
  assert.equal(test.opened.length, 2);
  await test.listener.stop();
});

Deno.test("a stop ends the wait for the next attempt", async () => {
  const test = setUp({ port: 9000 });
  test.opened[0]!.finished.reject(new Error("gone"));
  await test.clock.settle();
  assert.equal(test.clock.pending, 1);
  await test.listener.stop();
  assert.equal(test.clock.pending, 0);
  assert.equal(test.opened.length, 1);
});

Deno.test("the URL is one that can be dialled", async () => {
  const urls = {
    "127.0.0.1": "ws://127.0.0.1:9001",
    "0.0.0.0": "ws://localhost:9001",
    "::": "ws://localhost:9001",
    "::1": "ws://[::1]:9001",
  };
  for (const [host, url] of Object.entries(urls)) {
    const { listener } = setUp({ host });
    assert.equal(listener.url, url);
    await listener.stop();
  }
  const { listener } = setUp({ tls: { cert: "C", key: "K" } });
  assert.equal(listener.url, "wss://127.0.0.1:9001");
  await listener.stop();
});

Deno.test("a handshake that fails inside is answered with 500 and logged", async () => {
  const test = setUp({});
  assert.equal(test.opened[0]!.onError(new Error("boom")).status, 500);
  assert.match(test.lines[0]!, /failed to answer a handshake: boom/);
  await test.listener.stop();
});

function setUp(options: Partial<ListenerOptions>) {
  const clock = new VirtualClock();
  const sink = memorySink();
  const opened: {
    port: number;
    finished: PromiseWithResolvers<void>;
    onError: (thrown: unknown) => Response;
  }[] = [];
  const test = { clock, opened, lines: sink.lines, refuse: false };
  const listen: Listen = ({ port, signal, onError, onListen }) => {
    if (test.refuse) throw new Error("Address already in use");
    const finished = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => finished.resolve());
    opened.push({ port, finished, onError });
    onListen();
    return { addr: { port: port || 9001 }, finished: finished.promise };
  };
  const listener = keepListening({
    host: "127.0.0.1",
    port: 0,
    tls: null,
    handler: () => Promise.resolve(new Response()),
    listen,
    clock,
    log: createLog({ level: "debug", format: "text", sink, clock }),
    ...options,
  });
  return Object.assign(test, { listener });
}
