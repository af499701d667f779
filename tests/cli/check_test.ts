import assert from "node:assert/strict";
import { run } from "../../src/cli/mod.ts";
import { FakeWorld } from "../support/world.ts";

const CONFIG = `
server: { port: 9090, api_token: "very-secret-token" }
csms: { default_url: "wss://csms.example/ocpp" }
stations:
  - id: CP1
    auth: { type: basic, password: "short secret" }
  - id: CP2
    protocol_version: ["2.1", "2.0.1"]
    auth: { type: bearer, token: "\${TOKEN}" }
fleets:
  - { id: "F{01..30}", url: "ws://other:9000/{stationId}/ws" }
`;

Deno.test("check lists the stations and the warnings, and no secret", async () => {
  const fake = new FakeWorld({
    files: { "config.yaml": CONFIG },
    environment: { TOKEN: "a-token-from-the-environment" },
  });
  assert.equal(await run(["check"], fake.world), 0);
  assert.equal(fake.complained, "");
  const lines = fake.printed.trimEnd().split("\n");
  assert.equal(lines[0], "/site/config.yaml: ok");
  assert.match(fake.printed, /^warning: .*config\.yaml:6: stations\[0\]\.auth\.password: .*fewer/m);
  assert.match(fake.printed, /^http:\/\/127\.0\.0\.1:9090, 32 stations$/m);
  assert.match(
    fake.printed,
    /^ {2}F01 {2}OCPP 1\.6 {2}ws:\/\/other:9000\/F01\/ws {2}security profile 0$/m,
  );
  assert.equal(lines.at(-1), "  and 12 more");
  for (const secret of ["very-secret-token", "short secret", "a-token-from-the-environment"]) {
    assert(!fake.printed.includes(secret), "no secret is printed");
  }
  assert.deepEqual([fake.listened, fake.network.attempts, fake.handlers], [[], [], 0]);
});

Deno.test("check names one station in words that fit one", async () => {
  const fake = new FakeWorld({ files: { "one.yaml": 'stations: [{ id: "CP1" }]' } });
  assert.equal(await run(["check", "one.yaml"], fake.world), 0);
  assert.equal(
    fake.printed,
    "/site/one.yaml: ok\n" +
      "http://127.0.0.1:8080, 1 station\n" +
      "  CP1  OCPP 1.6  ws://localhost:9000/CP1  security profile 0\n",
  );
});

Deno.test("check without a file checks the defaults", async () => {
  const fake = new FakeWorld();
  assert.equal(await run(["check"], fake.world), 0);
  assert.match(
    fake.printed,
    /^The defaults \(no config file found\): ok\nhttp:.*, 0 stations\n$/,
  );
});

Deno.test("check takes flags and environment into account, as serve would", async () => {
  const fake = new FakeWorld({ environment: { OCPP_EMU_SERVER__HOST: "::1" } });
  assert.equal(await run(["check", "--port", "81"], fake.world), 0);
  assert.match(fake.printed, /^http:\/\/\[::1\]:81, /m);
});

Deno.test("check prints every problem of a wrong config and ends with 2", async () => {
  const config = "server: { port: x }\ncsms: { ping_interval: 30 }\nstatoins: []\n";
  const fake = new FakeWorld({ files: { "config.yaml": config } });
  assert.equal(await run(["check"], fake.world), 2);
  assert.equal(fake.printed, "");
  const lines = fake.complained.trimEnd().split("\n");
  assert.equal(lines.length, 3);
  assert.match(lines[0]!, /^\/site\/config\.yaml:1: server\.port: /);
  assert.match(lines[1]!, /^\/site\/config\.yaml:2: csms\.ping_interval: /);
  assert.match(lines[2]!, /^\/site\/config\.yaml:3: statoins: .*"stations"/);
});

Deno.test("check of a file that is not there ends with 2", async () => {
  const fake = new FakeWorld();
  assert.equal(await run(["check", "gone.yaml"], fake.world), 2);
  assert.match(fake.complained, /--config: Must name an existing file, .*\/site\/gone\.yaml"\n$/);
});
