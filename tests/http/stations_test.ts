import assert from "node:assert/strict";
import { fakeWorld, readProblem } from "./fake_ports.ts";

function worldWith(...ids: string[]) {
  const world = fakeWorld();
  for (const id of ids) world.stations.add(id);
  return world;
}

function idsOf({ stations }: { stations: readonly { id: string }[] }): string[] {
  return stations.map(({ id }) => id);
}

const CHARGERS = ["CP3", "42", "__proto__", "CP1", "7"];

Deno.test("the list has a summary of every station in the order they were added", async () => {
  const { app, stations } = worldWith(...CHARGERS);
  const answer = await app.request("/api/stations");
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), {
    stations: CHARGERS.map((id) => stations.summary(id)),
    count: 5,
  });
});

Deno.test("the list of no stations is an empty one", async () => {
  const answer = await fakeWorld().app.request("/api/stations");
  assert.equal(await answer.text(), '{"stations":[],"count":0}');
});

Deno.test("limit and after walk through all stations once, and the count stays whole", async () => {
  const { app } = worldWith(...CHARGERS);
  const seen: string[] = [];
  let pages = 0;
  for (let next: string | null = ""; next !== null && pages < 9; pages++) {
    const query: string = `limit=2&after=${encodeURIComponent(next)}`;
    const body = await (await app.request(`/api/stations?${query}`)).json();
    assert.equal(body.count, 5);
    seen.push(...idsOf(body));
    next = body.next;
  }
  assert.deepEqual(seen, CHARGERS);
  assert.equal(pages, 3);
});

Deno.test("a page that ends with the last station has no next one", async () => {
  const { app } = worldWith("CP1", "CP2");
  const body = await (await app.request("/api/stations?limit=2")).json();
  assert.deepEqual(idsOf(body), ["CP1", "CP2"]);
  assert.equal(body.next, null);
});

Deno.test("a tag filters the list and its count, page by page", async () => {
  const { app, stations } = worldWith("CP1");
  stations.add("CP2", [1], { tags: ["depot", "DC fast"] });
  stations.add("CP3", [1], { tags: ["depot"] });
  stations.add("CP4");
  stations.add("CP5", [1], { tags: ["depot"] });
  const ask = async (query: string) => await (await app.request(`/api/stations?${query}`)).json();

  const depot = await ask("tag=depot");
  assert.deepEqual([idsOf(depot), depot.count, depot.next], [["CP2", "CP3", "CP5"], 3, undefined]);
  const fast = await ask("tag=DC%20fast");
  assert.deepEqual([idsOf(fast), fast.count], [["CP2"], 1]);
  for (const unknown of ["DEPOT", "depo", ""]) {
    const none = await ask(`tag=${unknown}`);
    assert.deepEqual([idsOf(none), none.count], [[], 0]);
  }
  const first = await ask("tag=depot&limit=2");
  assert.deepEqual([idsOf(first), first.count, first.next], [["CP2", "CP3"], 3, "CP3"]);
  const second = await ask("tag=depot&limit=2&after=CP4");
  assert.deepEqual([idsOf(second), second.count, second.next], [["CP5"], 3, null]);
});

for (
  const [query, detail] of [
    ["limit=0", /^Cannot read limit "0": it must be a whole number from 1 to 10000$/],
    ["limit=ten", /^Cannot read limit "ten"/],
    ["after=CP9", /^Cannot list what comes after "CP9": there is no such station$/],
    ["tags=a", /^Unknown query parameter "tags": this path takes "tag", "limit", "after"$/],
  ] as const
) {
  Deno.test(`the list refuses ?${query} and says what is allowed`, async () => {
    const { app } = worldWith("CP1");
    const problem = await readProblem(app.request(`/api/stations?${query}`), 422);
    assert.match(problem.detail, detail);
  });
}

Deno.test("a list of 10,000 stations holds every one", async () => {
  const { app, clock } = worldWith(...Array.from({ length: 10_000 }, (_, n) => `CP${n}`));
  const asked = app.request("/api/stations");
  await clock.settle();
  await clock.advance(1);
  const body = await (await asked).json();
  assert.equal(body.stations.length, 10_000);
  assert.equal(body.count, 10_000);
});

for (
  const id of ["CP1", "RDAM 123|ß", "a/b", "50%", "%41", "%2F", "a?b#c", "__proto__", "42", "a+b"]
) {
  Deno.test(`a station of id ${JSON.stringify(id)} is shown and driven percent-encoded`, async () => {
    const { app, stations } = worldWith(id);
    const path = `/api/stations/${encodeURIComponent(id)}`;
    const answer = await app.request(path);
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { ...stations.view(id) });
    const done = await app.request(`${path}/plug`, { method: "POST" });
    assert.equal(done.status, 200);
    assert.equal((await done.json()).stationId, id);
  });
}

Deno.test("an unknown station is a 404 that names it", async () => {
  const { app } = worldWith("CP1");
  for (const id of ["CP%209", "constructor", "%E0%A4%A", "__proto__"]) {
    const problem = await readProblem(app.request(`/api/stations/${id}`), 404);
    assert.match(problem.detail, /^No station ".+": GET \/api\/connections lists those there are$/);
  }
});

Deno.test("what a station does not know how to do is a 404, and a wrong method a 405", async () => {
  const { app } = worldWith("CP1");
  await readProblem(app.request("/api/stations/CP1/fly", { method: "POST" }), 404);
  await readProblem(app.request("/api/stations/CP1/plug"), 405);
  const answer = await app.request("/api/stations/CP1", { method: "POST" });
  assert.equal(answer.headers.get("allow"), "GET, HEAD, PUT, DELETE");
  await readProblem(answer, 405);
});
