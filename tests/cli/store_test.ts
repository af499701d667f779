import assert from "node:assert/strict";
import { run } from "../../src/cli/mod.ts";
import { StoreError } from "../../src/store/mod.ts";
import { FakeWorld } from "../support/world.ts";

Deno.test("a store that cannot be opened ends the program with 1 and its sentence", async () => {
  const cause = new Error("database is locked");
  const storeRefuses = new StoreError('open the store "/site/data/emu.db"', "locked", { cause });
  const files = { "config.yaml": "storage: { path: data/emu.db }\nstations: [{ id: CP1 }]" };
  const fake = new FakeWorld({ files, storeRefuses });
  assert.equal(await run([], fake.world), 1);
  assert.equal(
    fake.complained,
    'Cannot open the store "/site/data/emu.db": another process uses it: stop that one, or give ' +
      "this one another storage.path: database is locked\n",
  );
  assert.deepEqual(fake.storePaths, ["/site/data/emu.db"]);
  assert.deepEqual([fake.listened, fake.network.attempts.length], [[], 0]);
  assert.deepEqual([fake.handlers, fake.clock.pending], [0, 0]);
});

Deno.test("the demo keeps its store in memory", async () => {
  const fake = new FakeWorld();
  const code = run(["demo"], fake.world);
  await fake.says(/three stations and a CSMS/);
  assert.deepEqual(fake.storePaths, [":memory:"]);
  fake.signal();
  await fake.clock.advance(10_000);
  assert.equal(await code, 0);
});
