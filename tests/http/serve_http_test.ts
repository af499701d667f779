import assert from "node:assert/strict";
import { SystemClock, VirtualClock } from "../../src/clock/mod.ts";
import { type HttpServerOptions, ListenError, serveHttp } from "../../src/http/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";
import { fakeWorld } from "./fake_ports.ts";

/** A real server on a free port, real time. */
async function listening(fetch: HttpServerOptions["fetch"], shutdown = new AbortController()) {
  const sink = memorySink();
  const clock = new SystemClock();
  const log = createLog({ level: "debug", format: "json", sink, clock });
  const hostname = "127.0.0.1";
  const server = await serveHttp({ hostname, port: 0, fetch, shutdown, clock, log });
  return { server, url: `http://127.0.0.1:${server.port}`, logged: sink.lines };
}

/** A client that sends a request and can be rude afterwards. */
async function rawRequest(port: number, path: string): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
  return conn;
}

Deno.test("the server reports its port, answers, and is gone after its stop", async () => {
  const world = fakeWorld();
  const { server, url } = await listening(world.app.fetch, world.shutdown);
  assert(server.port > 0);
  const answer = await fetch(`${url}/health`);
  assert.equal((await answer.json()).status, "healthy");
  await Promise.all([server.stop(1000), server.stop(1000)]);
  await assert.rejects(Deno.connect({ hostname: "127.0.0.1", port: server.port }));
});

Deno.test("an id with a slash and letters beyond ASCII comes through a real socket", async () => {
  const world = fakeWorld();
  world.fleet.add("a/b ß|%2F");
  const { server, url } = await listening(world.app.fetch, world.shutdown);
  const answer = await fetch(`${url}/api/connections/${encodeURIComponent("a/b ß|%2F")}`);
  assert.equal((await answer.json()).stationId, "a/b ß|%2F");
  await server.stop(1000);
});

Deno.test("a name that is not ours is refused on a real socket", async () => {
  const world = fakeWorld();
  const { server } = await listening(world.app.fetch, world.shutdown);
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
  await conn.write(new TextEncoder().encode("GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
  assert.match(await readSome(conn), /^HTTP\/1\.1 421 /);
  conn.close();
  await server.stop(1000);
});

Deno.test("a stop ends the stream of a reader who is still there", async () => {
  const world = fakeWorld();
  const { server, url } = await listening(world.app.fetch, world.shutdown);
  const answer = await fetch(`${url}/api/events`);
  const text = answer.text();
  await server.stop(5000);
  assert.match(await text, /^: ocpp-emu .*: the emulator is shutting down\n\n$/s);
});

Deno.test("a reader that hangs up is forgotten before the next heartbeat", async () => {
  const world = fakeWorld();
  const { server } = await listening(world.app.fetch, world.shutdown);
  const conn = await rawRequest(server.port, "/api/events");
  await readSome(conn);
  assert.equal(world.fleet.changes.size, 1);
  conn.close();
  await until(() => world.fleet.changes.size === 0);
  assert.equal(world.clock.pending, 0);
  await server.stop(1000);
});

Deno.test("a client that hangs up ends its wait for readiness", async () => {
  const world = fakeWorld();
  world.missing.add("CP1");
  const { server } = await listening(world.app.fetch, world.shutdown);
  const conn = await rawRequest(server.port, "/ready?timeout=1h");
  await until(() => world.readiness.size === 1);
  conn.close();
  await until(() => world.readiness.size === 0);
  assert.equal(world.clock.pending, 0);
  await server.stop(1000);
});

Deno.test("a stop ends a wait for readiness with an answer", async () => {
  const world = fakeWorld();
  world.missing.add("CP1");
  const { server, url } = await listening(world.app.fetch, world.shutdown);
  const asked = fetch(`${url}/ready?timeout=1h`);
  await until(() => world.readiness.size === 1);
  await server.stop(5000);
  const answer = await asked;
  assert.equal(answer.status, 503);
  assert.equal((await answer.json()).detail, "The emulator is shutting down");
});

Deno.test("a reader who never reads cannot hold up a stop", async () => {
  const world = fakeWorld();
  const { server } = await listening(world.app.fetch, world.shutdown);
  const conn = await rawRequest(server.port, "/api/events");
  await readSome(conn);
  const cause = { kind: "lost", message: "x".repeat(10_000) } as const;
  for (let burst = 0; burst < 20; burst++) {
    for (let n = 0; n < 100; n++) {
      world.fleet.publish("CP1", { name: "connecting" }, { name: "error", cause });
    }
    await world.clock.settle();
  }
  const began = performance.now();
  await server.stop(200);
  assert(performance.now() - began < 1000);
  conn.close();
});

Deno.test("a running request may finish within the deadline, a later one is turned away", async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const { server, url } = await listening(async () => {
    started.resolve();
    await finish.promise;
    return new Response("done");
  });
  const asked = fetch(url);
  await started.promise;
  const stopped = server.stop(10_000);
  const late = await fetch(url);
  assert.equal(late.status, 503);
  assert.match((await late.json()).detail, /shutting down/);
  finish.resolve();
  assert.equal(await (await asked).text(), "done");
  await stopped;
});

Deno.test("a request that never finishes is cut at the deadline", async () => {
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<Response>();
  const { server, url } = await listening(() => {
    started.resolve();
    return finish.promise;
  });
  const asked = fetch(url);
  const lost = assert.rejects(asked);
  await started.promise;
  await server.stop(50);
  await lost;
  finish.resolve(new Response("too late"));
});

Deno.test("a handler that throws is a 500 and a log line", async () => {
  const { server, url, logged } = await listening(() => {
    throw new Error("burnt");
  });
  const answer = await fetch(url);
  assert.equal(answer.status, 500);
  assert.equal(await answer.text(), "");
  assert.match(logged.join("\n"), /An HTTP request failed: burnt/);
  await server.stop(1000);
});

Deno.test("an address in use is one sentence that says what to do", async () => {
  const { server } = await listening(() => new Response());
  const again = serveHttp({
    hostname: "127.0.0.1",
    port: server.port,
    fetch: () => new Response(),
    shutdown: new AbortController(),
    clock: new VirtualClock(),
    log: createLog({ level: "info", format: "json", sink: memorySink(), clock: new SystemClock() }),
  });
  await assert.rejects(again, (thrown) => {
    assert(thrown instanceof ListenError);
    assert.equal(
      thrown.message,
      `Cannot listen on 127.0.0.1:${server.port}: ` +
        "the address is in use; stop the other program or choose another port (server.port, --port)",
    );
    return true;
  });
  await server.stop(1000);
});

async function readSome(conn: Deno.TcpConn): Promise<string> {
  const bytes = new Uint8Array(4096);
  const length = await conn.read(bytes);
  return new TextDecoder().decode(bytes.subarray(0, length ?? 0));
}

/** Real sockets tell in their own time: looks again each turn of the event loop, for some seconds. */
async function until(condition: () => boolean): Promise<void> {
  const clock = new SystemClock();
  for (let turn = 0; turn < 3000 && !condition(); turn++) await clock.sleep(1);
  assert(condition(), `still not so: ${condition}`);
}
