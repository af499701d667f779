import assert from "node:assert/strict";
import { fakeWorld, readProblem } from "./fake_ports.ts";

function worldWith(...ids: string[]) {
  const world = fakeWorld();
  for (const [index, id] of ids.entries()) {
    world.stations.add(id, [1], {
      source: index % 2 === 0 ? "api" : "config",
      tags: index === 0 ? ["depot"] : [],
    });
    world.roster.definitions.set(id, { id });
  }
  return world;
}

async function exported(world: ReturnType<typeof worldWith>, query = "") {
  const answer = await world.app.request(`/api/stations/export${query}`);
  assert.equal(answer.status, 200);
  const { stations, next } = await answer.json();
  return { ids: stations.map(({ id }: { id: string }) => id), next };
}

Deno.test("an export has the definition of every station", async () => {
  const world = worldWith("CP1", "CP2", "CP3");
  assert.deepEqual(await exported(world), { ids: ["CP1", "CP2", "CP3"], next: undefined });
});

Deno.test("an export can be of one source or tag, and come in pages", async () => {
  const world = worldWith("CP1", "CP2", "CP3");
  assert.deepEqual((await exported(world, "?source=api")).ids, ["CP1", "CP3"]);
  assert.deepEqual((await exported(world, "?source=config")).ids, ["CP2"]);
  assert.deepEqual((await exported(world, "?tag=depot")).ids, ["CP1"]);
  assert.deepEqual(await exported(world, "?limit=2"), { ids: ["CP1", "CP2"], next: "CP2" });
  assert.deepEqual(await exported(world, "?limit=2&after=CP2"), { ids: ["CP3"], next: null });
});

Deno.test("a source that there is not is told with those there are", async () => {
  const answer = worldWith().app.request("/api/stations/export?source=yaml");
  const { detail } = await readProblem(answer, 422);
  assert.equal(detail, 'Cannot read source "yaml": it must be "api" or "config"');
});

Deno.test("an import takes what an export gave, or a list, and answers with the summaries", async () => {
  const { app, roster, stations } = worldWith("CP1", "CP2");
  roster.answer = { kind: "done", ids: ["CP1", "CP2"], warnings: ["stations[0].id: odd"] };
  const list = [{ id: "CP1" }, { id: "CP2" }];
  for (const body of [list, { stations: list, next: null }]) {
    const answer = await app.request("/api/stations/import", {
      method: "POST",
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 201);
    assert.deepEqual(await answer.json(), {
      stations: list.map(({ id }) => stations.summary(id)),
      count: 2,
      warnings: ["stations[0].id: odd"],
    });
  }
  assert.deepEqual(roster.asked, [["import", list], ["import", list]]);
});

Deno.test("an import of anything else says what it must be", async () => {
  const { app, roster } = worldWith();
  for (const body of ["{}", '"CP1"', "null", '{"stations":{"id":"CP1"}}']) {
    const answer = app.request("/api/stations/import", { method: "POST", body });
    assert.match(
      (await readProblem(answer, 422)).detail,
      /^stations: .*GET \/api\/stations\/export/,
    );
  }
  assert.deepEqual(roster.asked, []);
});
