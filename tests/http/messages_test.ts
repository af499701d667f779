import assert from "node:assert/strict";
import { StoreError } from "../../src/store/store_error.ts";
import { fakeWorld, readProblem } from "./fake_ports.ts";

Deno.test("messages are told newest first, with their times and the place to go on from", async () => {
  const { app, messages } = fakeWorld();
  messages.add();
  messages.add({ at: 1000, direction: "in", type: "result", text: '[3,"7",{}]', latencyMs: 12.5 });
  messages.add({
    at: 2000,
    stationId: "CP2",
    type: "garbage",
    action: null,
    id: null,
    error: "no",
  });
  const answer = await app.request("/api/messages?limit=2");
  assert.equal(answer.status, 200);
  const { messages: page, next } = await answer.json();
  assert.deepEqual(page, [
    {
      seq: 3,
      at: "1970-01-01T00:00:02.000Z",
      stationId: "CP2",
      direction: "out",
      type: "garbage",
      action: null,
      id: null,
      text: '[2,"7","Heartbeat",{}]',
      bytes: 22,
      latencyMs: null,
      error: "no",
    },
    {
      seq: 2,
      at: "1970-01-01T00:00:01.000Z",
      stationId: "CP1",
      direction: "in",
      type: "result",
      action: "Heartbeat",
      id: "7",
      text: '[3,"7",{}]',
      bytes: 22,
      latencyMs: 12.5,
      error: null,
    },
  ]);
  assert.equal(next, 2);
  const last = await (await app.request(`/api/messages?after=${next}`)).json();
  assert.deepEqual([last.messages.length, last.next], [1, null]);
});

Deno.test("every filter reaches the log; a duration counts back from now", async () => {
  const { app, clock, messages } = fakeWorld();
  const query = "stationId=RDAM%20123&direction=in&type=result-error&action=Reset&q=a%22b" +
    "&since=5m&until=2026-01-02T00:00:00%2B01:00&limit=7&after=99";
  assert.equal((await app.request(`/api/messages?${query}`)).status, 200);
  assert.deepEqual(messages.asked, [{
    stationId: "RDAM 123",
    direction: "in",
    type: "result-error",
    action: "Reset",
    q: 'a"b',
    since: clock.now() - 300_000,
    until: Date.UTC(2026, 0, 1, 23),
    limit: 7,
    after: 99,
  }]);
});

const REFUSED = [
  ["station=CP1", /^Unknown query parameter "station": this path takes "stationId", /],
  ["direction=up", /^Unknown direction "up": it must be one of in, out$/],
  ["type=CALL", /^Unknown type "CALL": it must be one of call, result, error, result-error, /],
  ["type=__proto__", /^Unknown type "__proto__"/],
  ["stationId=", /^Query parameter "stationId" is empty: give it a value or leave it out$/],
  ["since=yesterday", /^Cannot read since "yesterday": write how long ago it was, like 30s, /],
  ["since=2026-01-01T00:00:00", /^Cannot read since/],
  ["since=2026-02-30", /^Cannot read since/],
  ["until=2026-01-01T00:00:00+01:00", /with \+ as %2B/],
  ["since=1m&until=5m", /^Cannot look since "1m" until "5m": it is over before it begins$/],
  ["limit=0", /^Cannot read limit "0": it must be a whole number from 1 to 1000$/],
  ["limit=1e2", /^Cannot read limit/],
  ["limit=1001", /^Cannot read limit/],
  ["after=-1", /^Cannot read after/],
  ["after=9999999999999999", /^Cannot read after/],
] as const;

Deno.test("a query that cannot be meant is refused with what is allowed", async () => {
  const { app, messages } = fakeWorld();
  for (const [query, detail] of REFUSED) {
    const problem = await readProblem(app.request(`/api/messages?${query}`), 422);
    assert.match(problem.detail, detail, query);
  }
  for (const path of ["", "/stream", "/export"]) {
    const method = path === "" ? "DELETE" : "GET";
    await readProblem(app.request(`/api/messages${path}?limit=5`, { method }), 422);
  }
  assert.deepEqual(messages.asked, []);
});

Deno.test("a day alone begins at midnight UTC", async () => {
  const { app, messages } = fakeWorld();
  await app.request("/api/messages?since=2026-03-01");
  assert.equal(messages.asked[0]!.since, Date.UTC(2026, 2, 1));
});

Deno.test("what fits is deleted and counted, and everything without a filter", async () => {
  const { app, messages } = fakeWorld();
  for (const stationId of ["CP1", "CP2", "CP1"]) messages.add({ stationId });
  const remove = (query: string) => app.request(`/api/messages${query}`, { method: "DELETE" });
  assert.deepEqual(await (await remove("?stationId=CP1")).json(), { deleted: 2 });
  assert.deepEqual(await (await remove("")).json(), { deleted: 1 });
  assert.deepEqual(messages.all, []);
});

Deno.test("a misspelt filter deletes nothing", async () => {
  const { app, messages } = fakeWorld();
  messages.add();
  await readProblem(app.request("/api/messages?station=CP1", { method: "DELETE" }), 422);
  assert.equal(messages.all.length, 1);
});

Deno.test("a store that cannot be read or written is a 503 with its word", async () => {
  const { app, logged, messages } = fakeWorld();
  messages.add();
  messages.failure = new StoreError('read the message log "x.db"', "failed");
  for (const [method, path] of [["GET", ""], ["DELETE", ""], ["GET", "/export"]]) {
    const problem = await readProblem(app.request(`/api/messages${path}`, { method }), 503);
    assert.match(problem.detail, /^Cannot read the message log "x\.db": /);
  }
  assert.deepEqual(logged, []);
  messages.failure = new Error("a bug");
  await readProblem(app.request("/api/messages"), 500);
});

Deno.test("whoever may not read the API reads no message", async () => {
  const { app } = fakeWorld({ bindHost: "0.0.0.0" });
  for (const path of ["", "/stream", "/export"]) {
    await readProblem(app.request(`/api/messages${path}`), 403);
  }
  await readProblem(app.request("/api/messages", { method: "DELETE" }), 403);
});

Deno.test("the stream tells each frame from now on that fits", async () => {
  const { app, clock, messages } = fakeWorld();
  messages.add();
  const answer = await app.request("/api/messages/stream?stationId=CP2&q=heart");
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  assert.match((await reader.read()).value!, /^: ocpp-emu .* one event for each frame from now on/);
  messages.add();
  messages.add({ stationId: "CP2", at: 5 });
  const { value = "" } = await reader.read();
  assert.match(value, /^event: message\nid: 1\ndata: \{"seq":3,"at":"1970-01-01T00:00:00\.005Z",/);
  await reader.cancel();
  assert.deepEqual([messages.coming.size, clock.pending], [0, 0]);
});

Deno.test("a slow reader of large frames is told how many it missed, and holds few of them", async () => {
  const { app, messages, shutdown } = fakeWorld();
  const answer = await app.request("/api/messages/stream");
  const text = "x".repeat(64 * 1024);
  for (let n = 0; n < 500; n++) messages.add({ text });
  shutdown.abort();
  const stream = await answer.text();
  const missed = Number(/^event: missed\ndata: \{"count":(\d+)\}$/m.exec(stream)?.[1]);
  const told = stream.match(/^event: message$/gm)!.length;
  assert.equal(told + missed, 500);
  assert(stream.length < 5 * 1024 * 1024, `${stream.length}`);
  assert(told > 50, `${told}`);
});
