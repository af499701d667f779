import assert from "node:assert/strict";
import { SystemClock } from "../../src/clock/mod.ts";
import { Program } from "../support/process.ts";
import deno from "../../deno.json" with { type: "json" };

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

Deno.test("the demo tells within 5 s what is connected and which URLs to open, and ends well", async () => {
  const clock = new SystemClock();
  const since = clock.monotonic();
  await using program = await Program.start(["demo", "--port", "0"]);
  await program.line(/Ctrl\+C ends the demo/);
  assert(clock.monotonic() - since < 5000);

  const said = program.output.join("\n");
  for (const [id, version] of [["CP-1.6", "1.6"], ["CP-2.0.1", "2.0.1"], ["CP-2.1", "2.1"]]) {
    assert.match(
      said,
      new RegExp(`^ ${id} +connected +ocpp${version} +ws://127.0.0.1:\\d+/${id}$`, "m"),
    );
  }
  const urls = said.match(/^ {2}http:\/\/127\.0\.0\.1:\d+\/\S+/gm)!.map((url) =>
    new URL(url.trim())
  );
  const paths = urls.map(({ pathname }) => pathname);
  assert.deepEqual(paths, [
    "/health",
    "/ready",
    "/api/connections",
    "/api/stations/CP-1.6",
    "/api/events",
  ]);

  const health = await fetchJson(urls[0]!);
  assert.deepEqual(health, {
    status: "healthy",
    version: deno.version,
    database: "connected",
    stations: { connected: 3, total: 3 },
  });

  const ready = await fetchJson(new URL("/ready?timeout=5s", urls[0]));
  assert.deepEqual(ready, { status: "ready" });

  const connections = await fetchJson(urls[2]!);
  assert.deepEqual(Object.keys(connections), ["total", "connected", "stations"]);
  assert.deepEqual([connections.total, connections.connected], [3, 3]);
  assert.deepEqual(Object.keys(connections.stations), ["CP-1.6", "CP-2.0.1", "CP-2.1"]);
  for (const [id, statistics] of Object.entries(connections.stations)) {
    checkStatistics(id, statistics as Record<string, unknown>);
    const one = await fetchJson(new URL(`/api/connections/${id}`, urls[0]));
    assert.deepEqual(Object.keys(one), Object.keys(statistics as object));
  }

  await program.line(/A transaction begins/);
  await program.line(/^ {2}CP-1\.6 +Charging +\d+\.\d kW/);

  assert.equal(await program.stop(), 0);
  assert.deepEqual(program.complaints, []);
});

/** The statistics of a connection, with the names and types of the contract, in its order. */
function checkStatistics(id: string, statistics: Record<string, unknown>): void {
  const { connectedAt, lastMessageAt, messagesSent, bytesSent, bytesReceived, latencyMs, url } =
    statistics;
  assert.deepEqual(Object.keys(statistics).sort(), [
    "bytesReceived",
    "bytesSent",
    "connectedAt",
    "disconnectedAt",
    "lastError",
    "lastMessageAt",
    "latencyMs",
    "messagesReceived",
    "messagesSent",
    "queued",
    "reconnectAttempts",
    "state",
    "stationId",
    "subprotocol",
    "url",
  ]);
  assert.match(String(connectedAt), ISO);
  assert.match(String(lastMessageAt), ISO);
  assert.match(String(url), new RegExp(`^ws://127\\.0\\.0\\.1:\\d+/${id}$`));
  assert(typeof bytesSent === "number" && bytesSent > 60, "a boot was sent");
  assert(typeof bytesReceived === "number" && bytesReceived > 60, "and answered");
  assert(typeof latencyMs === "number" && latencyMs > 0);
  const { stationId, state, subprotocol, disconnectedAt, messagesReceived } = statistics;
  assert(Number(messagesSent) >= 1 && Number(messagesReceived) >= 1, "the boot at least");
  assert.deepEqual(
    [stationId, state, subprotocol, disconnectedAt],
    [id, "connected", `ocpp${id.slice(3)}`, null],
  );
  const { reconnectAttempts, lastError, queued } = statistics;
  assert.deepEqual([reconnectAttempts, lastError, queued], [0, null, 0]);
}

// deno-lint-ignore no-explicit-any -- whatever JSON holds
async function fetchJson(url: URL): Promise<any> {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
  return await response.json();
}
