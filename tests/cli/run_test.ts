import assert from "node:assert/strict";
import { run } from "../../src/cli/mod.ts";
import { FakeWorld } from "../support/world.ts";

Deno.test("--version prints name, version and form, and nothing else happens", async () => {
  const fake = new FakeWorld();
  assert.equal(await run(["--version"], fake.world), 0);
  assert.deepEqual([fake.printed, fake.complained], ["ocpp-emu 1.2.3 (source)\n", ""]);
  assert.deepEqual([fake.listened, fake.network.attempts, fake.handlers], [[], [], 0]);
});

Deno.test("config prints the file that ships, to start one's own from", async () => {
  const fake = new FakeWorld();
  assert.equal(await run(["config"], fake.world), 0);
  assert.deepEqual([fake.printed, fake.complained], ["# every key\n", ""]);
});

Deno.test("--help names every command, every option and the exit codes", async () => {
  const fake = new FakeWorld();
  assert.equal(await run(["--help"], fake.world), 0);
  for (const name of ["serve", "demo", "csms", "check", "config", "--config", "--host", "--port"]) {
    assert.match(fake.printed, new RegExp(`^ {2}${name} `, "m"));
  }
  assert.match(fake.printed, /Exit codes: 0 well, 1 failed at work, 2 wrong usage or config\.\n$/);
  assert.equal(fake.complained, "");
  for (const line of fake.printed.split("\n")) {
    assert(line.length <= 100 && line === line.trimEnd(), `"${line}"`);
  }
});

for (const line of ["nonsense", "--nonsense", "serve more", "csms --port x", "--log-level loud"]) {
  Deno.test(`"${line}" ends with 2, on standard error`, async () => {
    const fake = new FakeWorld();
    assert.equal(await run(line.split(" "), fake.world), 2);
    assert.equal(fake.printed, "");
    assert.match(fake.complained, /^[A-Zc].*\n(See ocpp-emu --help\n)?$/);
    assert.deepEqual([fake.listened, fake.csmses, fake.handlers], [[], [], 0]);
  });
}

Deno.test("what fails for another reason ends with 1 and says it once", async () => {
  const fake = new FakeWorld();
  const world = { ...fake.world, openSink: () => Promise.reject(new Error("disk full")) };
  assert.equal(await run(["serve"], world), 1);
  assert.equal(fake.complained, "Cannot start: disk full\n");
  assert.equal(fake.handlers, 0);
});
