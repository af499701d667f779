import assert from "node:assert/strict";
import { run } from "../../src/cli/mod.ts";
import { FakeWorld } from "../support/world.ts";

const CONFIG = `
logging: { format: text }
csms: { close_timeout: 60s }
stations: [{ id: CP1 }, { id: CP2, auto_start: false }]
`;

function withConfig(config = CONFIG): FakeWorld {
  return new FakeWorld({ files: { "config.yaml": config } });
}

Deno.test("serve listens, dials who starts by itself, and ends with 0 on a signal", async () => {
  const fake = withConfig();
  const code = run([], fake.world);
  await fake.says(/ Connected station=CP1 /);
  assert.deepEqual(fake.listened, [{ hostname: "127.0.0.1", port: 8080 }]);
  assert.deepEqual(fake.network.attempts.map(({ target }) => target.url), [
    "ws://localhost:9000/CP1",
  ]);
  assert.match(fake.log[0]!, / Started version=1\.2\.3 http=http:\/\/127\.0\.0\.1:8080 /);
  fake.signal();
  assert.equal(await code, 0);
  assert.deepEqual(fake.transports[0]!.closes.map(({ code }) => code), [1000]);
  assert.match(fake.log.at(-1)!, / Stopped$/);
  assert.deepEqual([fake.exits, fake.handlers, fake.clock.pending], [[], 0, 0]);
  assert.deepEqual([fake.printed, fake.complained], ["", ""]);
});

Deno.test("a second signal exits at once, while the first still waits for a peer", async () => {
  const fake = withConfig();
  fake.peersAnswerClose = false;
  const code = run([], fake.world);
  await fake.says(/ Connected station=CP1 /);
  fake.signal();
  await fake.says(/ Stopping /);
  assert.deepEqual(fake.exits, []);
  fake.signal();
  assert.deepEqual(fake.exits, [130]);
  await fake.clock.advance(5000);
  assert.equal(await code, 0);
});

Deno.test("a peer that never answers the close holds the end up for less than 5 s", async () => {
  const fake = withConfig();
  fake.peersAnswerClose = false;
  const code = run([], fake.world);
  await fake.says(/ Connected station=CP1 /);
  fake.signal();
  const before = fake.clock.monotonic();
  await fake.clock.advance(4999);
  assert.equal(await code, 0);
  assert(fake.clock.monotonic() - before < 5000);
});

Deno.test("a signal during the start ends it with 0, and nobody was dialled", async () => {
  const fake = withConfig();
  const world = {
    ...fake.world,
    openSink: (output: string) => {
      fake.signal();
      return fake.world.openSink(output);
    },
  };
  assert.equal(await run([], world), 0);
  assert.deepEqual([fake.listened, fake.network.attempts, fake.handlers], [[], [], 0]);
});

Deno.test("a port in use ends with 1 and the sentence of the listener", async () => {
  const fake = new FakeWorld({ files: { "config.yaml": CONFIG }, busyPorts: [8080] });
  assert.equal(await run(["serve"], fake.world), 1);
  assert.equal(fake.complained, "Cannot listen on 127.0.0.1:8080: in use\n");
  assert.deepEqual([fake.network.attempts, fake.handlers, fake.clock.pending], [[], 0, 0]);
});

Deno.test("a wrong config ends with 2 before anything was opened", async () => {
  const fake = withConfig("stations: [{ id: CP1, colour: red }]\nlogging: { level: loud }");
  assert.equal(await run(["serve"], fake.world), 2);
  assert.match(
    fake.complained,
    /config\.yaml:1: stations\[0\]\.colour: .*\n.*config\.yaml:2: logging/,
  );
  assert.deepEqual([fake.logs.size, fake.listened, fake.handlers], [0, [], 0]);
});

Deno.test("an error that nobody caught is logged with its stack, and serve goes on", async () => {
  const fake = withConfig();
  const code = run([], fake.world);
  await fake.says(/ Connected station=CP1 /);
  fake.uncaught(new Error("a handler threw"));
  fake.uncaught("a string");
  assert.match(await fake.says(/a handler threw/), / ERROR .* the program goes on: .* stack=/);
  assert.match(await fake.says(/a string/), / ERROR /);
  fake.signal();
  assert.equal(await code, 0);
});

Deno.test("an error that nobody caught before there is a log is said all the same", async () => {
  const fake = withConfig();
  const world = {
    ...fake.world,
    openSink: (output: string) => {
      fake.uncaught(new Error("too early"));
      fake.signal();
      return fake.world.openSink(output);
    },
  };
  assert.equal(await run([], world), 0);
  assert.match(fake.complained, /^An error that nobody caught, the program goes on: too early\n$/);
});

Deno.test("flags win over the file, and the log goes where the config says", async () => {
  const fake = withConfig("server: { port: 1 }\nlogging: { output: ./emu.log }\n");
  const code = run(["--port", "0", "--host", "::1", "--log-level", "warn"], fake.world);
  await fake.says(/There are no stations/);
  assert.deepEqual(fake.listened, [{ hostname: "::1", port: 0 }]);
  assert.deepEqual([...fake.logs.keys()], ["/site/emu.log"]);
  fake.signal();
  assert.equal(await code, 0);
  assert.equal(fake.logs.get("/site/emu.log")!.length, 1, "only what is worth a warning");
});

Deno.test("without any config file serve says that there are no stations", async () => {
  const fake = new FakeWorld();
  const code = run(["serve"], fake.world);
  const line = await fake.says(/There are no stations/);
  assert.equal(JSON.parse(line).level, "warn");
  fake.signal();
  assert.equal(await code, 0);
});

Deno.test("what is odd about a config is logged at the start", async () => {
  const fake = withConfig('stations: [{ id: "CP 1", protocol_version: "2.1" }]');
  const code = run(["serve"], fake.world);
  const line = JSON.parse(await fake.says(/OCPP 2\.x allows/));
  assert.equal(line.level, "warn");
  fake.signal();
  assert.equal(await code, 0);
});
