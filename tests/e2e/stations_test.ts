import assert from "node:assert/strict";
import { startApp } from "../support/real_app.ts";
import { realCsms, until } from "./support.ts";

const FAST = {
  reconnect_backoff: "200ms",
  reconnect_max_backoff: "1s",
  max_reconnect_attempts: 0,
};

/** Does `work` for each, so many at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  await Promise.all(Array.from({ length: 50 }, async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  }));
}

async function expect(status: number, answer: Promise<Response>): Promise<void> {
  const response = await answer;
  const text = await response.text();
  assert.equal(response.status, status, text);
}

Deno.test("a thousand stations made, changed and deleted by concurrent clients are there after a restart", async () => {
  const csms = await realCsms();
  const folder = await Deno.makeTempDir();
  const config = {
    csms: { ...FAST, default_url: csms.url },
    storage: { path: `${folder}/emu.db` },
    stations: [{ id: "CFG" }],
  };
  const ids = Array.from({ length: 1_000 }, (_, index) => `CP${index}`);
  const kept = ids.filter((_, index) => index % 10 !== 0);
  try {
    {
      await using first = await startApp(config);
      await each(ids, (id) => expect(201, first.send("POST", "/api/stations", { id })));
      await each(ids, async (id) => {
        // Clients that want different things of one station at the same time.
        if (id.endsWith("5")) {
          await Promise.all([
            expect(200, first.send("PUT", `/api/stations/${id}`, { tags: ["a"] })),
            expect(200, first.send("PATCH", `/api/stations/${id}/stop`)),
            expect(409, first.send("POST", "/api/stations", { id })),
          ]);
        }
        await expect(200, first.send("PUT", `/api/stations/${id}`, { tags: [id, "b"] }));
        if (!kept.includes(id)) await expect(204, first.send("DELETE", `/api/stations/${id}`));
      });
      await expect(200, first.send("GET", "/ready?timeout=20s"));
      assert.deepEqual((await first.get("/health")).stations, { connected: 901, total: 901 });
      await until(csms, "those that were kept", (it) => it.census().connected === 901);
    }
    {
      await using second = await startApp(config);
      await expect(200, second.send("GET", "/ready?timeout=20s"));
      const { stations, count } = await second.get("/api/stations");
      assert.equal(count, 901);
      const found = new Map(
        (stations as { id: string; tags: string[]; source: string; state: string }[]).map((one) => [
          one.id,
          one,
        ]),
      );
      assert.equal(found.get("CFG")!.source, "config");
      for (const id of kept) {
        const { tags, source, state } = found.get(id)!;
        assert.deepEqual([tags, source, state], [[id, "b"], "api", "connected"]);
      }
      const { stations: definitions } = await second.get("/api/stations/export?source=api");
      await each(kept, (id) => expect(204, second.send("DELETE", `/api/stations/${id}`)));
      assert.deepEqual((await second.get("/health")).stations.total, 1);
      await expect(201, second.send("POST", "/api/stations/import", { stations: definitions }));
      await expect(200, second.send("GET", "/ready?timeout=20s"));
    }
    assert.equal(csms.census().duplicates, 0, "no station came while its old socket was open");
  } finally {
    await csms.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a station's changes reach the CSMS, and a transaction that runs keeps its connectors", async () => {
  const csms = await realCsms();
  const other = await realCsms();
  try {
    await using app = await startApp({ csms: { ...FAST, default_url: csms.url } });
    await expect(201, app.send("POST", "/api/stations", { id: "CP1" }));
    await expect(200, app.send("GET", "/ready?timeout=10s"));
    const start = { connectorId: 1, idToken: "TAG" };
    await expect(200, app.send("POST", "/api/stations/CP1/start-transaction", start));
    await expect(409, app.send("PUT", "/api/stations/CP1", { connectors: [{}, {}] }));
    await expect(200, app.send("PUT", "/api/stations/CP1", { url: other.url }));
    await until(other, "the station", (it) => it.census().connected === 1);
    await until(csms, "lost the station", (it) => it.census().connected === 0);
    assert.equal((await app.get("/api/stations/CP1")).transactions[0].state, "running");
    await expect(200, app.send("GET", "/ready?timeout=10s"));
    await expect(204, app.send("DELETE", "/api/stations/CP1"));
    await until(other, "lost the station", (it) => it.census().connected === 0);
    await expect(404, app.send("GET", "/api/stations/CP1"));
    await expect(404, app.send("GET", "/api/connections/CP1"));
  } finally {
    await csms.stop();
    await other.stop();
  }
});
