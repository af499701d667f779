import assert from "node:assert/strict";
import { assertProblem, errorOf, load, problemsOf } from "./helpers.ts";

Deno.test("a flag wins over the environment, the environment over the file", () => {
  const file = "server: { port: 1, host: file }\nlogging: { level: error }";
  const environment = { OCPP_EMU_SERVER__PORT: "2", OCPP_EMU_SERVER__HOST: "environment" };
  const config = load(file, {
    environment,
    flags: { "server.port": "3", "csms.strictness": undefined },
  });
  assert.equal(config.server.port, 3);
  assert.equal(config.server.host, "environment");
  assert.equal(config.logging.level, "error");
  assert.equal(config.logging.format, "json");
});

Deno.test("a variable is read as its key's type", () => {
  const { csms, server, stations, logging } = load(null, {
    environment: {
      OCPP_EMU_SERVER__API_TOKEN: "0123",
      OCPP_EMU_LOGGING__OUTPUT: "12",
      OCPP_EMU_CSMS__RECONNECT_JITTER: "0.5",
      OCPP_EMU_CSMS__PING_INTERVAL: "0",
      OCPP_EMU_CSMS__CALL_TIMEOUT: "5s",
      OCPP_EMU_CSMS__DEFAULT_URL: "wss://csms/ocpp",
      OCPP_EMU_CSMS__TLS__ENABLED: "true",
      OCPP_EMU_CSMS__AUTH: '{"type": "basic", "password": "0123456789abcdef"}',
      OCPP_EMU_FLEETS: '[{"id": "A{1..2}"}]',
      OCPP_EMU_STATIONS: "[{ id: B, auto_start: false }]",
    },
  });
  assert.equal(server.apiToken?.reveal(), "0123");
  assert.equal(logging.output, "/etc/emu/12");
  assert.deepEqual([csms.reconnectJitter, csms.pingIntervalMs, csms.callTimeoutMs], [0.5, 0, 5000]);
  assert.equal(csms.tls.enabled, true);
  assert.equal(csms.auth.type, "basic");
  assert.deepEqual(stations.map(({ id, autoStart }) => [id, autoStart]), [
    ["A1", true],
    ["A2", true],
    ["B", false],
  ]);
});

Deno.test("an inner variable adds to an outer one", () => {
  const { csms } = load("csms: { auth: { type: bearer, token: x } }", {
    environment: {
      OCPP_EMU_CSMS__AUTH__PASSWORD: "0123456789abcdef",
      OCPP_EMU_CSMS__AUTH: "{ type: basic, username: u }",
    },
  });
  assert(csms.auth.type === "basic");
  assert.equal(csms.auth.username, "u");
  assert.equal(csms.auth.password?.reveal(), "0123456789abcdef");
});

Deno.test("a wrong value names the variable or the command line it came from", () => {
  const file = "server:\n  port: 1\nlogging:\n  level: info\n";
  assertProblem(
    problemsOf(file, { environment: { OCPP_EMU_SERVER__PORT: "http" } }),
    "server.port",
    /whole number from 0 to 65535, found: "http"/,
    { source: "environment OCPP_EMU_SERVER__PORT" },
  );
  assertProblem(
    problemsOf(file, { flags: { "logging.level": "loud" } }),
    "logging.level",
    /debug, info, warn or error, found: "loud"/,
    { source: "command line" },
  );
  assertProblem(
    problemsOf(null, { environment: { OCPP_EMU_STATIONS: "[{ id: A }, { name: B }]" } }),
    "stations[1].id",
    /Is missing/,
    { source: "environment OCPP_EMU_STATIONS" },
  );
});

Deno.test("an empty variable is the empty text, not the default", () => {
  const environment = { OCPP_EMU_SERVER__API_TOKEN: "" };
  assert.equal(load("server: { api_token: x }", { environment }).server.apiToken, null);
  assertProblem(
    problemsOf(null, { environment: { OCPP_EMU_SERVER__PORT: "" } }),
    "server.port",
    /found: ""/,
  );
});

Deno.test("numbers and booleans have one spelling in the environment", () => {
  for (const port of ["0x50", "1e3", " 80", "80 "]) {
    assert.equal(
      problemsOf(null, { environment: { OCPP_EMU_SERVER__PORT: port } }).length,
      1,
      port,
    );
  }
  for (const enabled of ["yes", "1", "True"]) {
    const environment = { OCPP_EMU_CSMS__TLS__ENABLED: enabled };
    assertProblem(problemsOf(null, { environment }), "csms.tls.enabled", /true or false/);
  }
});

Deno.test("an unknown variable names the nearest one, and other programs' are left alone", () => {
  const environment = {
    OCPP_EMU_SERVER_PORT: "1",
    OCPP_EMU_NONSENSE_AT_ALL: "1",
    HOME: "/root",
    ocpp_emu_x: "1",
  };
  const { message } = errorOf(null, { environment });
  assert.deepEqual(message.split("\n"), [
    "environment OCPP_EMU_NONSENSE_AT_ALL: Unknown variable: " +
    'keys of config.yaml are spelled like "OCPP_EMU_CSMS__DEFAULT_URL"',
    "environment OCPP_EMU_SERVER_PORT: Unknown variable: " +
    'the nearest known one is "OCPP_EMU_SERVER__PORT"',
  ]);
});

Deno.test("a variable that a secret refers to may start with our prefix", () => {
  const environment = { OCPP_EMU_TOKEN: "t" };
  const { server } = load('server: { api_token: "${OCPP_EMU_TOKEN}" }', { environment });
  assert.equal(server.apiToken?.reveal(), "t");
});

Deno.test("a list in the environment that is no YAML is reported with its variable", () => {
  assertProblem(
    problemsOf(null, { environment: { OCPP_EMU_STATIONS: "[{ id: A" } }),
    "",
    /Invalid YAML/,
    { source: "environment OCPP_EMU_STATIONS" },
  );
});

Deno.test("a section of the file that is no mapping stays an error under a variable", () => {
  const problems = problemsOf("server: 5", { environment: { OCPP_EMU_SERVER__PORT: "1" } });
  assertProblem(problems, "server", /Must be a mapping, found: 5/, { source: "config.yaml" });
});

Deno.test("a flag that is no key of config.yaml is a mistake of the program", () => {
  assert.throws(() => load(null, { flags: { "server.prot": "1" } }), TypeError);
});

Deno.test("without a file, what is missing is told to whoever wrote the rest", () => {
  assertProblem(
    problemsOf(null, { environment: { OCPP_EMU_CSMS__AUTH__PASSWORD: "x" } }),
    "csms.auth.type",
    /Is missing: it must be none, basic or bearer/,
    { source: "environment OCPP_EMU_CSMS__AUTH__PASSWORD" },
  );
});
