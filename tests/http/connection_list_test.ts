import assert from "node:assert/strict";
import { fakeWorld, readProblem } from "./fake_ports.ts";

const CHARGERS = ["CP3", "CP1", "CP2", "CP4"];

function fleetOf(ids: readonly string[]) {
  const world = fakeWorld();
  for (const id of ids) world.fleet.add(id, { state: id === "CP2" ? "error" : "connected" });
  return world;
}

/** The ids of a list as they stand in its text: an object would sort them anew. */
function idsIn(text: string): string[] {
  return [...text.matchAll(/"stationId":("(?:[^"\\]|\\.)*")/g)].map(([, id]) => JSON.parse(id!));
}

Deno.test("the list has the totals and every station's statistics", async () => {
  const { app, fleet } = fleetOf(["CP1", "CP2"]);
  const answer = await app.request("/api/connections");
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), {
    total: 2,
    connected: 1,
    stations: { CP1: fleet.statistics("CP1"), CP2: fleet.statistics("CP2") },
  });
});

Deno.test("the list of no stations is an empty object", async () => {
  const answer = await fakeWorld().app.request("/api/connections");
  assert.equal(await answer.text(), '{"total":0,"connected":0,"stations":{}}');
});

Deno.test("ids that an object would sort, swallow or mistake keep their place", async () => {
  const ids = ["b", "42", "__proto__", "7", "constructor", "toString", 'quo"te', "RDAM 123|ß"];
  const { app } = fleetOf(ids);
  const text = await (await app.request("/api/connections")).text();
  assert.deepEqual(idsIn(text), ids);
  assert.deepEqual(new Set(Object.keys(JSON.parse(text).stations)), new Set(ids));
});

Deno.test("a state filters the list and leaves the totals alone", async () => {
  const answer = await fleetOf(CHARGERS).app.request("/api/connections?state=error");
  const body = await answer.json();
  assert.deepEqual(Object.keys(body.stations), ["CP2"]);
  assert.equal(body.total, 4);
  assert.equal(body.connected, 3);
  assert.equal(body.next, null);
});

Deno.test("limit and after walk through all stations once, in their order", async () => {
  const { app } = fleetOf(CHARGERS);
  const seen: string[] = [];
  let next: string | null = "";
  let pages = 0;
  while (next !== null && pages < 9) {
    const answer = await app.request(`/api/connections?limit=2&after=${next}`);
    const body: { stations: object; next: string | null } = await answer.json();
    seen.push(...Object.keys(body.stations));
    next = body.next;
    pages++;
  }
  assert.deepEqual(seen, CHARGERS);
  assert.equal(pages, 2);
});

Deno.test("limit counts the stations of the wanted state", async () => {
  const { app } = fleetOf(CHARGERS);
  const answer = await app.request("/api/connections?state=connected&limit=2&after=CP3");
  const body = await answer.json();
  assert.deepEqual(Object.keys(body.stations), ["CP1", "CP4"]);
  assert.equal(body.next, null);
});

for (
  const [query, detail] of [
    [
      "state=online",
      /^Unknown state "online": it must be one of disconnected, connecting, .*closed$/,
    ],
    ["state=__proto__", /^Unknown state "__proto__"/],
    ["limit=0", /^Cannot read limit "0": it must be a whole number from 1 to 10000$/],
    ["limit=10001", /^Cannot read limit "10001"/],
    ["limit=ten", /^Cannot read limit "ten"/],
    ["after=CP9", /^Cannot list what comes after "CP9": there is no such station$/],
    ["page=2", /^Unknown query parameter "page": this path takes "state", "limit", "after"$/],
  ] as const
) {
  Deno.test(`the list refuses ?${query} and says what is allowed`, async () => {
    const { app } = fleetOf(CHARGERS);
    const problem = await readProblem(app.request(`/api/connections?${query}`), 422);
    assert.match(problem.detail, detail);
  });
}

Deno.test("a list of 10,000 stations holds every one, and lets others have their turn", async () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => `CP${n}`);
  const { app, clock } = fleetOf(ids);
  const asked = app.request("/api/connections");
  await clock.settle();
  assert.equal(clock.pending, 1, "it pauses");
  await clock.advance(1);
  const answer = await asked;
  assert.equal(Object.keys((await answer.json()).stations).length, 10_000);
});
