import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { type HttpServerOptions, serveHttp } from "../../src/http/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";

/** A `Deno.serve` without sockets, whose listeners die when the test says so. */
function mortalServe() {
  const listeners: { port: number; die: (why: Error) => void; isOver: () => Promise<void> }[] = [];
  const world = { listeners, refuse: null as Error | null };
  const serve: HttpServerOptions["serve"] = ({ port, signal }) => {
    if (world.refuse !== null) throw world.refuse;
    const { promise: finished, resolve, reject } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => resolve());
    listeners.push({ port, die: reject, isOver: () => finished });
    const shutdown = () => Promise.resolve(resolve());
    return { addr: { port: port === 0 ? 4711 : port }, finished, shutdown };
  };
  return Object.assign(world, { serve });
}

async function mortal() {
  const runtime = mortalServe();
  const clock = new VirtualClock();
  const sink = memorySink();
  const log = createLog({ level: "debug", format: "json", sink, clock });
  const rooms: number[] = [];
  const server = await serveHttp({
    makeRoom: () => rooms.push(clock.monotonic()),
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => new Response("ok"),
    shutdown: new AbortController(),
    clock,
    log,
    serve: runtime.serve,
  });
  return { runtime, clock, server, rooms, logged: sink.lines };
}

const EMFILE = new Error("Too many open files (os error 24)");

Deno.test("a dead listener is replaced on the same port after 500 ms", async () => {
  const { runtime, clock, server, logged } = await mortal();
  assert.equal(server.port, 4711);
  await clock.advance(3_600_000);
  runtime.listeners[0]!.die(EMFILE);
  await clock.advance(499);
  assert.equal(runtime.listeners.length, 1);
  assert.match(logged[0]!, /does not listen on 127\.0\.0\.1:4711: Too many open files.*500 ms/);
  await clock.advance(1);
  assert.deepEqual(runtime.listeners.map(({ port }) => port), [0, 4711]);
  assert.match(logged[1]!, /listens on 127\.0\.0\.1:4711 again/);
  await server.stop(1000);
  await runtime.listeners[1]!.isOver();
  assert.equal(clock.pending, 0);
});

Deno.test("a dead listener asks for room before it is replaced", async () => {
  const { runtime, clock, server, rooms } = await mortal();
  await clock.advance(1_000);
  assert.deepEqual(rooms, []);
  runtime.listeners[0]!.die(EMFILE);
  await clock.advance(500);
  assert.deepEqual(rooms, [1_000]);
  await server.stop(1000);
  await runtime.listeners[1]!.isOver();
});

Deno.test("a listener that cannot be replaced, or dies again, is tried for more and more seldom", async () => {
  const { runtime, clock, server } = await mortal();
  const waits: (number | null)[] = [];
  async function waited(): Promise<void> {
    await clock.settle();
    waits.push(clock.untilNext);
    await clock.advance(clock.untilNext!);
  }
  runtime.refuse = EMFILE;
  runtime.listeners[0]!.die(EMFILE);
  for (let n = 0; n < 3; n++) await waited();
  runtime.refuse = null;
  await waited();
  runtime.listeners[1]!.die(EMFILE);
  for (let n = 0; n < 2; n++) {
    await waited();
    runtime.listeners.at(-1)!.die(EMFILE);
  }
  await waited();
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  await clock.advance(60_000);
  runtime.listeners.at(-1)!.die(EMFILE);
  await clock.settle();
  assert.equal(clock.untilNext, 500);
  await server.stop(1000);
  assert.equal(clock.pending, 0);
});

Deno.test("a stop while no listener is there ends at once", async () => {
  const { runtime, clock, server } = await mortal();
  runtime.listeners[0]!.die(EMFILE);
  await clock.settle();
  await server.stop(1000);
  await clock.advance(60_000);
  assert.equal(runtime.listeners.length, 1);
  assert.equal(clock.pending, 0);
});
