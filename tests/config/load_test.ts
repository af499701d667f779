import assert from "node:assert/strict";
import { assertProblem, errorOf, load, problemsOf } from "./helpers.ts";

Deno.test("without a file, environment or flags the defaults rule", () => {
  const { reader: _, ...config } = load(null);
  assert.deepEqual(config, {
    file: null,
    server: { host: "127.0.0.1", port: 8080, apiToken: null },
    logging: { level: "info", format: "json", output: "stdout" },
    storage: {
      path: "/etc/emu/data/ocpp-emu.db",
      messageRetention: 100_000,
      messageMaxAgeMs: 30 * 86_400_000,
    },
    csms: {
      defaultUrl: "ws://localhost:9000",
      connectionTimeoutMs: 30_000,
      closeTimeoutMs: 3000,
      heartbeatIntervalMs: 60_000,
      maxReconnectAttempts: 5,
      reconnectPolicy: "exponential",
      reconnectBackoffMs: 10_000,
      reconnectMaxBackoffMs: 60_000,
      reconnectJitter: 0.2,
      pingIntervalMs: 30_000,
      callTimeoutMs: 30_000,
      maxConcurrentDials: 100,
      sendQueue: 100,
      strictness: "strict",
      tls: {
        enabled: false,
        caCert: null,
        clientCert: null,
        clientKey: null,
        insecureSkipVerify: false,
      },
      auth: { type: "none" },
    },
    simulation: {
      speed: 1,
      cars: false,
      arrivalMs: 20 * 60_000,
      stayMs: 45 * 60_000,
      idTokens: ["EMU-TAG-1", "EMU-TAG-2", "EMU-TAG-3"],
      seed: 0,
      faultEveryMs: 0,
      faultDurationMs: 2 * 60_000,
    },
    stations: [],
    warnings: [],
  });
});

Deno.test("all problems of all sources come at once, the file's in the order of its lines", () => {
  const text = `server:
  port: 80800
  hots: x
csms:
  call_timeout: 30
  default_url: ws://csms
stations:
  - id: 7
  - id: A
    tls: { enabled: true, ca_cert: nope.pem }
    url: wss://csms
  - id: A
`;
  const { message } = errorOf(text, { environment: { OCPP_EMU_LOGGING__LEVEL: "loud" } });
  assert.deepEqual(message.split("\n"), [
    "config.yaml:2: server.port: Must be a whole number from 0 to 65535, found: 80800",
    'config.yaml:3: server.hots: Unknown key "hots": the nearest known one is "host"',
    "config.yaml:5: csms.call_timeout: Must be a duration from 10ms to 1h, " +
    "found: 30 (write 30s for seconds, 30ms for milliseconds)",
    "config.yaml:8: stations[0].id: Must be a text of 1 to 255 characters, found: 7 (quote it)",
    'config.yaml:10: stations[1].tls.ca_cert: Cannot use "/etc/emu/nope.pem": it does not exist',
    'config.yaml:12: stations[2].id: Must be unique, but "A" belongs to stations[1] already',
    "environment OCPP_EMU_LOGGING__LEVEL: logging.level: " +
    'Must be debug, info, warn or error, found: "loud"',
  ]);
});

Deno.test("a wrong default is reported once and not compared with the stations", () => {
  const problems = problemsOf(`
csms: { default_url: http://csms, tls: { enabled: true } }
stations: [{ id: A }, { id: B, security_profile: 2 }]
`);
  assertProblem(problems, "csms.default_url", /in place of http/);
});

Deno.test("a station takes over what it does not say itself", () => {
  const { stations } = load(`
csms:
  default_url: wss://csms/ocpp
  strictness: lenient
  auth: { type: basic, password: 0123456789abcdef }
simulation: { speed: 10 }
stations:
  - id: A
  - id: B
    name: Bee
    url: ws://other
    strictness: strict
    auth: { type: none }
    simulation: { speed: 2 }
`);
  const [a, b] = stations;
  assert.deepEqual(
    [a?.name, a?.url, a?.strictness, a?.auth.type, a?.simulation.speed],
    ["A", "wss://csms/ocpp", "lenient", "basic", 10],
  );
  assert.deepEqual(
    [b?.name, b?.url, b?.strictness, b?.auth.type, b?.simulation.speed],
    ["Bee", "ws://other", "strict", "none", 2],
  );
});

Deno.test("stations with the same authentication share one object", () => {
  const one = "{ type: basic, username: u, password: 0123456789abcdef }";
  const { csms, stations: [a, b, c] } = load(`
csms: { auth: ${one} }
stations: [{ id: A, auth: ${one} }, { id: B }, { id: C, auth: ${one.replace("f }", "g }")} }]
`);
  assert.equal(a?.auth, csms.auth);
  assert.equal(b?.auth, csms.auth);
  assert.notEqual(c?.auth, csms.auth);
});

Deno.test("relative paths start at the folder of the file, without one in the working folder", () => {
  const text = "storage: { path: db/x.db }\nlogging: { output: emu.log }";
  const config = load(text, { file: { path: "conf/my.yaml", text } });
  assert.equal(config.file, "/etc/emu/conf/my.yaml");
  assert.equal(config.storage.path, "/etc/emu/conf/db/x.db");
  assert.equal(config.logging.output, "/etc/emu/conf/emu.log");
  const environment = { OCPP_EMU_STORAGE__PATH: "x.db" };
  assert.equal(load(null, { environment }).storage.path, "/etc/emu/x.db");
});

Deno.test("what is no path stays what it is", () => {
  const config = load('storage: { path: ":memory:" }\nlogging: { output: stderr }');
  assert.equal(config.storage.path, ":memory:");
  assert.equal(config.logging.output, "stderr");
});

Deno.test("the longest wait must not be shorter than the first one", () => {
  assertProblem(
    problemsOf("csms: { reconnect_max_backoff: 5s }"),
    "csms.reconnect_max_backoff",
    /Must not be shorter than reconnect_backoff \(10000ms\), found: 5000ms/,
  );
  assertProblem(
    problemsOf("csms: {}", { environment: { OCPP_EMU_CSMS__RECONNECT_BACKOFF: "90s" } }),
    "csms.reconnect_backoff",
    /Must not be longer than reconnect_max_backoff \(60000ms\)/,
    { source: "environment OCPP_EMU_CSMS__RECONNECT_BACKOFF" },
  );
});

Deno.test("a host has no port and no path", () => {
  for (const host of ["127.0.0.1:80", "http://x", "a b"]) {
    assertProblem(problemsOf(`server: { host: "${host}" }`), "server.host", /without a port/);
  }
  for (const host of ["0.0.0.0", "::1", "fe80::1%eth0", "localhost", "emu.example"]) {
    assert.equal(load(`server: { host: "${host}" }`).server.host, host);
  }
});

Deno.test("ten thousand stations of a fleet share what they have in common", () => {
  const { stations } = load(`
fleets:
  - id: CP{00001..10000}
    auth: { type: basic, password: 0123456789abcdef }
`);
  assert.equal(stations.length, 10_000);
  assert.equal(stations.at(-1)?.id, "CP10000");
  const shared = ["auth", "tls", "connectors", "meterValues", "simulation", "protocolVersions"];
  for (const key of shared as (keyof typeof stations[0])[]) {
    assert.equal(new Set(stations.map((station) => station[key])).size, 1, key);
  }
});
