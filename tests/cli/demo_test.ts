import assert from "node:assert/strict";
import { type CliWorld, run } from "../../src/cli/mod.ts";
import { lost, refused } from "../support/fake_transport.ts";
import { FakeWorld, FREE_PORT } from "../support/world.ts";

const IDS = ["CP-1.6", "CP-2.0.1", "CP-2.1"];

Deno.test("the demo prints its stations and URLs as soon as all are connected", async () => {
  const fake = new FakeWorld();
  const code = run(["demo"], fake.world);
  const said = await fake.says(/Ctrl\+C ends the demo/);
  assert.equal(fake.clock.monotonic(), 0, "without waiting");
  for (const id of IDS) {
    const version = id.slice("CP-".length);
    const url = `ws://127.0.0.1:9000/${id}`;
    assert.match(said, new RegExp(`^ ${id} +connected +ocpp${version} +${url}$`, "m"));
  }
  for (const path of ["health", "ready", "api/connections", "api/events"]) {
    assert.match(said, new RegExp(`^ {2}http://127\\.0\\.0\\.1:8080/${path}\\b`, "m"));
  }
  fake.signal();
  assert.equal(await code, 0);
  assert.deepEqual([fake.handlers, fake.clock.pending, fake.exits], [0, 0, []]);
});

Deno.test("the demo's CSMS crashes after 20 s and is back 5 s later on the same port", async () => {
  const fake = new FakeWorld();
  const code = run(["demo"], fake.world);
  await fake.says(/Ctrl\+C ends the demo/);
  await fake.clock.advance(19_999);
  assert(!fake.log.some((line) => /crashes/.test(line)));
  await fake.clock.advance(1);
  assert.match(await fake.says(/crashes now/), / WARN .* is back in 5 s$/);
  fake.network.willAnswer(refused);
  for (const transport of fake.transports) transport.end(lost());
  await fake.clock.advance(4_999);
  assert.equal(fake.csmses.length, 1);
  await fake.clock.advance(1);
  await fake.says(/CSMS of the demo is back/);
  assert.deepEqual(fake.csmses.map(({ port }) => port), [9000, 9000]);
  fake.signal();
  assert.equal(await code, 0);
  assert.equal(fake.clock.pending, 0);
});

Deno.test("the demo takes any port for its CSMS when 9000 is taken", async () => {
  const fake = new FakeWorld({ busyPorts: [9000] });
  const code = run(["demo", "--port", "0", "--host", "::1"], fake.world);
  const said = await fake.says(/Ctrl\+C ends the demo/);
  assert(said.includes(`ws://127.0.0.1:${FREE_PORT}/CP-1.6`));
  assert(said.includes(`http://[::1]:${FREE_PORT}/health`));
  fake.signal();
  assert.equal(await code, 0);
});

Deno.test("the demo prints where its stations are after 3 s, connected or not", async () => {
  const fake = new FakeWorld();
  fake.network.willAnswer(refused);
  const code = run(["demo"], fake.world);
  await fake.says(/Cannot connect.* station=CP-2\.1 /);
  await fake.clock.advance(3000);
  const said = await fake.says(/Ctrl\+C ends the demo/);
  assert.match(said, /^ CP-1\.6 +reconnecting /m);
  fake.signal();
  assert.equal(await code, 0);
});

Deno.test("a port in use ends the demo with 1, and its CSMS with it", async () => {
  const fake = new FakeWorld({ busyPorts: [8080] });
  let stopped: Promise<void> | undefined;
  const world: CliWorld = {
    ...fake.world,
    async startCsms(options) {
      const csms = await fake.world.startCsms(options);
      stopped = assert.rejects(csms.until(() => false), /stopped/);
      return csms;
    },
  };
  assert.equal(await run(["demo"], world), 1);
  assert.match(fake.complained, /^Cannot listen on 127\.0\.0\.1:8080: /);
  await stopped;
  assert.deepEqual([fake.handlers, fake.clock.pending], [0, 0]);
});

Deno.test("config and variables of the user leave the demo alone", async () => {
  const fake = new FakeWorld({
    files: { "config.yaml": "nonsense: true" },
    environment: { OCPP_EMU_CSMS__DEFAULT_URL: "ws://elsewhere" },
  });
  const code = run(["demo"], fake.world);
  await fake.says(/Ctrl\+C ends the demo/);
  assert(
    fake.network.attempts.every(({ target }) => target.url.startsWith("ws://127.0.0.1:9000/")),
  );
  fake.signal();
  assert.equal(await code, 0);
});

Deno.test("a signal while the CSMS of the demo is away ends it with 0", async () => {
  const fake = new FakeWorld();
  const code = run(["demo"], fake.world);
  await fake.says(/Ctrl\+C ends the demo/);
  await fake.clock.advance(22_000);
  await fake.says(/crashes now/);
  fake.signal();
  assert.equal(await code, 0);
  assert.deepEqual([fake.csmses.length, fake.clock.pending], [1, 0]);
});
