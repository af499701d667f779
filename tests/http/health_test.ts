import assert from "node:assert/strict";
import { fakeWorld } from "./fake_ports.ts";

Deno.test("health tells version, database and stations, to the letter", async () => {
  const { app, fleet } = fakeWorld();
  fleet.add("CP1", { state: "connected" });
  fleet.add("CP2", { state: "reconnecting" });
  const answer = await app.request("/health");
  assert.equal(answer.status, 200);
  assert.equal(
    await answer.text(),
    '{"status":"healthy","version":"0.0.0-test","database":"none",' +
      '"stations":{"connected":1,"total":2}}',
  );
});

Deno.test("health is 503 and unhealthy when the database failed", async () => {
  const world = fakeWorld();
  world.database = "failed";
  const answer = await world.app.request("/health");
  assert.equal(answer.status, 503);
  const body = await answer.json();
  assert.equal(body.status, "unhealthy");
  assert.equal(body.database, "failed");
});

Deno.test("health asks the census only, never the stations one by one", async () => {
  const { app, fleet } = fakeWorld();
  fleet.statistics = fleet.ids = () => assert.fail("asked for a station");
  assert.equal((await app.request("/health")).status, 200);
});
