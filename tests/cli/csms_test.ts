import assert from "node:assert/strict";
import { run } from "../../src/cli/mod.ts";
import { FakeWorld, FREE_PORT } from "../support/world.ts";

Deno.test("csms says where it listens, and ends with 0 on a signal", async () => {
  const fake = new FakeWorld();
  const code = run(["csms"], fake.world);
  const line = await fake.says(/The CSMS listens/);
  assert.match(line, / url="?ws:\/\/127\.0\.0\.1:9000\/<station id>/);
  const stopped = assert.rejects(fake.csmses[0]!.until(() => false), /stopped/);
  fake.signal();
  assert.equal(await code, 0);
  await stopped;
  assert.deepEqual([fake.handlers, fake.clock.pending, fake.exits], [0, 0, []]);
});

Deno.test("csms listens where it is told to", async () => {
  const fake = new FakeWorld();
  const code = run(["csms", "--host", "0.0.0.0", "--port", "0"], fake.world);
  assert.match(await fake.says(/The CSMS listens/), new RegExp(`localhost:${FREE_PORT}/`));
  fake.signal();
  assert.equal(await code, 0);
});

Deno.test("a port in use ends csms with 1 and one sentence", async () => {
  const fake = new FakeWorld({ busyPorts: [9000] });
  assert.equal(await run(["csms"], fake.world), 1);
  assert.match(fake.complained, /^Cannot start.*127\.0\.0\.1:9000: .*\n$/);
  assert.equal(fake.complained.split("Cannot start").length, 2, "said once");
  assert.deepEqual([fake.handlers, fake.clock.pending], [0, 0]);
});

Deno.test("an error that nobody caught is logged, and csms goes on", async () => {
  const fake = new FakeWorld();
  const code = run(["csms", "--log-level", "error"], fake.world);
  await fake.clock.settle();
  fake.uncaught(new Error("a handler threw"));
  assert.match(await fake.says(/a handler threw/), / ERROR .* the program goes on: /);
  fake.signal();
  assert.equal(await code, 0);
});
