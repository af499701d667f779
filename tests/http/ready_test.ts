import assert from "node:assert/strict";
import { fakeWorld, readProblem } from "./fake_ports.ts";

/** Asks, and tells whether the answer is there yet. */
function ask(world: ReturnType<typeof fakeWorld>, path: string, init?: RequestInit) {
  const asked = { done: false, answer: Promise.resolve(world.app.request(path, init)) };
  void asked.answer.then(() => asked.done = true);
  return asked;
}

Deno.test("ready is 200 when nothing is missing", async () => {
  const answer = await fakeWorld().app.request("/ready");
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { status: "ready" });
});

Deno.test("ready without a timeout answers now, with the missing stations and why", async () => {
  const { app, missing, fleet } = fakeWorld();
  fleet.add("CP1", { state: "connected" });
  fleet.add("CP2", { state: "reconnecting", lastError: "Nothing listens on localhost:9000" });
  fleet.add("CP3");
  for (const id of ["CP1", "CP2", "CP3"]) missing.add(id);
  const problem = await readProblem(app.request("/ready"), 503);
  assert.deepEqual(problem.missing, ["CP1", "CP2", "CP3"]);
  assert.equal(problem.missingCount, 3);
  assert.equal(
    problem.detail,
    '3 stations are not ready: "CP1" (connected, but not accepted yet), ' +
      '"CP2" (reconnecting: Nothing listens on localhost:9000), "CP3" (disconnected)',
  );
});

Deno.test("ready names at most 100 of a large fleet, and the count", async () => {
  const { app, missing } = fakeWorld();
  for (let n = 0; n < 10_000; n++) missing.add(`CP${n}`);
  const problem = await readProblem(app.request("/ready"), 503);
  assert.equal(problem.missing.length, 100);
  assert.equal(problem.missingCount, 10_000);
  assert.match(problem.detail, /^10000 stations are not ready: .*"CP4", 9995 more$/);
});

Deno.test("ready waits until the last station is there", async () => {
  const world = fakeWorld();
  const { clock, missing, readiness } = world;
  missing.add("CP1").add("CP2");
  const asked = ask(world, "/ready?timeout=30s");
  await clock.advance(10_000);
  missing.delete("CP1");
  readiness.publish();
  await clock.advance(1000);
  assert.equal(asked.done, false);
  missing.delete("CP2");
  readiness.publish();
  await clock.advance(25);
  assert.equal((await asked.answer).status, 200);
  assert.equal(readiness.size, 0);
  assert.equal(clock.pending, 0);
});

Deno.test("ready looks once for a burst of changes", async () => {
  const world = fakeWorld();
  const { clock, missing, readiness } = world;
  missing.add("CP1");
  let looks = 0;
  missing[Symbol.iterator] = function () {
    looks++;
    return this.values();
  };
  const asked = ask(world, "/ready?timeout=1m");
  await clock.settle();
  looks = 0;
  for (let n = 0; n < 1000; n++) readiness.publish();
  await clock.advance(1000);
  assert.equal(looks, 1);
  missing.clear();
  readiness.publish();
  await clock.advance(25);
  assert.equal((await asked.answer).status, 200);
});

Deno.test("ready gives up when the time is over", async () => {
  const world = fakeWorld();
  world.missing.add("CP1");
  const asked = ask(world, "/ready?timeout=500ms");
  await world.clock.advance(499);
  assert.equal(asked.done, false);
  await world.clock.advance(1);
  await readProblem(asked.answer, 503);
  assert.equal(world.readiness.size, 0);
  assert.equal(world.clock.pending, 0);
});

Deno.test("a client that leaves ends its wait", async () => {
  const world = fakeWorld();
  world.missing.add("CP1");
  const client = new AbortController();
  const asked = ask(world, "/ready?timeout=1h", { signal: client.signal });
  await world.clock.settle();
  assert.equal(world.readiness.size, 1);
  client.abort();
  await asked.answer;
  assert.equal(world.readiness.size, 0);
  assert.equal(world.clock.pending, 0);
});

Deno.test("a shutdown ends the wait and says so", async () => {
  const world = fakeWorld();
  world.missing.add("CP1");
  const asked = ask(world, "/ready?timeout=1h");
  await world.clock.settle();
  world.shutdown.abort();
  const problem = await readProblem(asked.answer, 503);
  assert.equal(problem.detail, "The emulator is shutting down");
  assert.equal(world.clock.pending, 0);
  await readProblem(world.app.request("/ready?timeout=1h"), 503);
});

for (
  const [query, detail] of [
    ["timeout=30", 'Cannot read timeout "30": write it like 500ms, 30s or 5m'],
    ["timeout=", 'Cannot read timeout "": write it like 500ms, 30s or 5m'],
    ["timeout=-1s", 'Cannot read timeout "-1s": write it like 500ms, 30s or 5m'],
    ["timeout=61m", 'Cannot wait for "61m": the longest timeout is 1h'],
    ["timout=30s", 'Unknown query parameter "timout": this path takes "timeout"'],
  ] as const
) {
  Deno.test(`ready refuses ?${query} and says why`, async () => {
    const problem = await readProblem(fakeWorld().app.request(`/ready?${query}`), 422);
    assert.equal(problem.detail, detail);
  });
}
