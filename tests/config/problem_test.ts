import assert from "node:assert/strict";
import { ConfigError, formatPath, formatProblem } from "../../src/config/problem.ts";

Deno.test("a problem prints as source, line, column, key and message", () => {
  assert.equal(
    formatProblem({ source: "config.yaml", path: "", line: 3, column: 7, message: "Invalid YAML" }),
    "config.yaml:3:7: Invalid YAML",
  );
  assert.equal(
    formatProblem({ source: "environment X", path: "server.port", message: "Is missing" }),
    "environment X: server.port: Is missing",
  );
});

Deno.test("a config error prints one line per problem and carries them all", () => {
  const problems = [1, 2, 3].map((line) => ({ source: "c", path: "p", line, message: "m" }));
  const error = new ConfigError(problems);
  assert.equal(error.message, "c:1: p: m\nc:2: p: m\nc:3: p: m");
  assert.equal(error.problems.length, 3);
  assert.equal(error.name, "ConfigError");
});

Deno.test("a config error prints fifty problems and counts the rest", () => {
  const problems = Array.from({ length: 60 }, () => ({ source: "c", path: "p", message: "m" }));
  const lines = new ConfigError(problems).message.split("\n");
  assert.equal(lines.length, 51);
  assert.equal(lines.at(-1), "… and 10 more problems");
});

Deno.test("a path prints list positions and strange keys in quotes", () => {
  assert.equal(formatPath(["stations", 0, "tls"]), "stations[0].tls");
  assert.equal(formatPath(["server", "a\nb"]), 'server."a\\nb"');
  assert.equal(formatPath([]), "");
});
