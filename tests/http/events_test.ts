import assert from "node:assert/strict";
import type { ConnectionState } from "../../src/connection/mod.ts";
import type { StationChange, TransactionView } from "../../src/station/mod.ts";
import { fakeWorld, readProblem } from "./fake_ports.ts";

const CONNECTED: ConnectionState = { name: "connected", since: 0, subprotocol: "ocpp1.6" };
const CONNECTING: ConnectionState = { name: "connecting" };

function worldWith(...ids: string[]) {
  const world = fakeWorld();
  for (const id of ids) world.fleet.add(id);
  return world;
}

/** A reader as `curl -N` is one. `next` gives what came in one piece. */
async function openStream(world: ReturnType<typeof fakeWorld>, query = "") {
  const answer = await world.app.request(`/api/events${query}`);
  assert.equal(answer.status, 200);
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  return {
    answer,
    next: async () => {
      const { value } = await reader.read();
      return value === undefined ? undefined : decoder.decode(value);
    },
    leave: () => reader.cancel(),
  };
}

Deno.test("a reader sees a comment at once", async () => {
  const world = worldWith();
  const { answer, next, leave } = await openStream(world);
  assert.equal(answer.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.match((await next())!, /^: ocpp-emu 0\.0\.0-test: .*\n\n$/);
  await leave();
});

Deno.test("every change of a state is an event with a number, a time and a cause", async () => {
  const world = worldWith("CP1");
  const { next, leave } = await openStream(world);
  await next();
  world.fleet.publish("CP1", CONNECTING, CONNECTED);
  assert.equal(
    await next(),
    "event: state\nid: 1\n" +
      'data: {"stationId":"CP1","at":"1970-01-01T00:00:00.000Z","from":"connecting",' +
      '"to":"connected","cause":null,"retryAt":null}\n\n',
  );
  const cause = { kind: "lost", message: "Unexpected\nEOF" } as const;
  world.fleet.publish("CP1", CONNECTED, { name: "reconnecting", cause, retryAt: 5000 });
  assert.equal(
    await next(),
    "event: state\nid: 2\n" +
      'data: {"stationId":"CP1","at":"1970-01-01T00:00:00.000Z","from":"connected",' +
      '"to":"reconnecting","cause":{"kind":"lost","message":"Unexpected\\nEOF"},' +
      '"retryAt":"1970-01-01T00:00:05.000Z"}\n\n',
  );
  world.fleet.changes.publish({
    stationId: "CP1",
    at: 0,
    from: CONNECTED,
    to: { name: "disconnected" },
    ended: { kind: "asked", message: "Disconnected by hand" },
  });
  assert.match((await next())!, /"to":"disconnected","cause":\{"kind":"asked"/);
  await leave();
});

Deno.test("a reader of one station hears of no other", async () => {
  const world = worldWith("CP1", "RDAM 123|ß");
  const { next, leave } = await openStream(world, "?stationId=RDAM%20123%7C%C3%9F");
  await next();
  world.fleet.publish("CP1", CONNECTING, CONNECTED);
  world.fleet.publish("RDAM 123|ß", CONNECTING, CONNECTED);
  assert.match((await next())!, /^event: state\nid: 1\ndata: \{"stationId":"RDAM 123\|ß"/);
  await leave();
});

Deno.test("a reader of an unknown station, or with a misspelt name, is told", async () => {
  const world = worldWith("CP1");
  await readProblem(world.app.request("/api/events?stationId=CP9"), 404);
  await readProblem(world.app.request("/api/events?station=CP1"), 422);
  assert.equal(world.fleet.changes.size, 0);
});

Deno.test("a quiet stream carries a heartbeat each 15 s", async () => {
  const world = worldWith();
  const { next, leave } = await openStream(world);
  await next();
  for (let n = 0; n < 3; n++) {
    const text = next();
    await world.clock.advance(14_999);
    await world.clock.advance(1);
    assert.equal(await text, ": heartbeat\n\n");
  }
  await leave();
});

Deno.test("a slow reader loses the oldest events and is told how many", async () => {
  const world = worldWith("CP1");
  const { next, leave } = await openStream(world);
  await next();
  // A piece or two may be on the way already: let one event through, then stall.
  world.fleet.publish("CP1", CONNECTING, CONNECTED);
  await world.clock.settle();
  for (let n = 0; n < 3500; n++) world.fleet.publish("CP1", CONNECTING, CONNECTED);
  await world.clock.advance(60_000);
  let text = "";
  while (!text.includes("id: 3501\n")) text += await next();
  const got = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  const missed = [...text.matchAll(/^event: missed\ndata: \{"count":(\d+)\}$/gm)];
  assert.equal(missed.length, 1);
  assert.equal(got.length + Number(missed[0]![1]), 3501);
  assert(got.length >= 1000 && got.length <= 1003, `${got.length}`);
  assert.deepEqual(got.slice(-1000), Array.from({ length: 1000 }, (_, n) => 2502 + n));
  await leave();
});

Deno.test("a reader that leaves is forgotten, timers and all", async () => {
  const world = worldWith();
  const readers = [await openStream(world), await openStream(world)];
  assert.equal(world.fleet.changes.size, 2);
  for (const { leave } of readers) await leave();
  assert.equal(world.fleet.changes.size, 0);
  assert.equal(world.clock.pending, 0);
  world.shutdown.abort();
});

Deno.test("a shutdown says goodbye and ends the stream", async () => {
  const world = worldWith("CP1");
  const { next } = await openStream(world);
  await next();
  world.fleet.publish("CP1", CONNECTING, CONNECTED);
  world.shutdown.abort();
  let text = "";
  for (let piece = await next(); piece !== undefined; piece = await next()) text += piece;
  assert.match(text, /: the emulator is shutting down\n\n/);
  assert.match(text, /"to":"connected"/);
  assert.equal(world.fleet.changes.size, 0);
  assert.equal(world.clock.pending, 0);
});

Deno.test("a stream asked for during shutdown ends at once", async () => {
  const world = worldWith();
  world.shutdown.abort();
  const answer = await world.app.request("/api/events");
  assert.match(await answer.text(), /shutting down/);
  assert.equal(world.fleet.changes.size, 0);
  assert.equal(world.clock.pending, 0);
});

Deno.test("HEAD of the stream subscribes to nothing", async () => {
  const world = worldWith();
  const answer = await world.app.request("/api/events", { method: "HEAD" });
  assert.equal(answer.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(world.fleet.changes.size, 0);
  assert.equal(world.clock.pending, 0);
});

const TRANSACTION: TransactionView = {
  id: "t-1",
  transactionId: 7,
  connectorId: 1,
  idToken: "04A2B3",
  state: "running",
  chargingState: "Charging",
  startedAt: "1970-01-01T00:00:00.000Z",
  endedAt: null,
  meterStartWh: 0,
  energyWh: 12,
  stopReason: null,
};

/** A change of a station, and the data of the event that tells it. */
const CHANGES: readonly (readonly [StationChange, string])[] = [
  [{
    type: "connector",
    stationId: "CP1",
    at: 1000,
    connectorId: 1,
    from: "Preparing",
    to: "Charging",
    errorCode: "NoError",
    info: null,
  }, '"connectorId":1,"from":"Preparing","to":"Charging","errorCode":"NoError","info":null}'],
  [
    {
      type: "transaction",
      stationId: "CP1",
      at: 1000,
      event: "started",
      transaction: TRANSACTION,
    },
    `"event":"started","transaction":${JSON.stringify(TRANSACTION)}}`,
  ],
  [{
    type: "registration",
    stationId: "CP1",
    at: 1000,
    from: "unknown",
    to: "pending",
    retryAt: 61_000,
  }, '"from":"unknown","to":"pending","retryAt":"1970-01-01T00:01:01.000Z"}'],
  [{
    type: "registration",
    stationId: "CP1",
    at: 1000,
    from: "pending",
    to: "accepted",
    retryAt: null,
  }, '"from":"pending","to":"accepted","retryAt":null}'],
];

for (const [change, data] of CHANGES) {
  const to = "to" in change ? change.to : change.event;
  Deno.test(`a change of a ${change.type} to ${to} is an event of that name`, async () => {
    const world = worldWith("CP1");
    const { next, leave } = await openStream(world, "?stationId=CP1");
    await next();
    world.stations.changes.publish({ ...change, stationId: "CP2" });
    world.stations.changes.publish(change);
    const head = '{"stationId":"CP1","at":"1970-01-01T00:00:01.000Z",';
    assert.equal(await next(), `event: ${change.type}\nid: 1\ndata: ${head}${data}\n\n`);
    await leave();
  });
}

Deno.test("connections and stations share one stream and one numbering", async () => {
  const world = worldWith("CP1");
  const { next, leave } = await openStream(world);
  await next();
  world.fleet.publish("CP1", CONNECTING, CONNECTED);
  world.stations.changes.publish(CHANGES[3]![0]);
  assert.match((await next())!, /^event: state\nid: 1\n[^]*\nevent: registration\nid: 2\n/);
  assert.equal(world.stations.changes.size, 1);
  await leave();
  assert.equal(world.stations.changes.size, 0);
});
