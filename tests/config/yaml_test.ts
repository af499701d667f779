import assert from "node:assert/strict";
import process from "node:process";
import { parseYaml } from "../../src/config/yaml.ts";
import { assertProblem, errorOf, load, problemsOf } from "./helpers.ts";

const HINT = 'inside { } and [ ] quote what has braces, like "${NAME}" or "CP{0001..1000}"';

Deno.test("a syntax error has its line and column", () => {
  const [problem, ...others] = problemsOf("server:\n  port: 1\n port: 2\n");
  assert.deepEqual(others, []);
  assert.equal(problem?.source, "config.yaml");
  assert.equal(problem?.line, 3);
  assert.equal(typeof problem?.column, "number");
  assert.match(errorOf("server:\n  port: 1\n port: 2\n").message, /^config\.yaml:3:\d+: Invalid/);
});

Deno.test("unquoted braces in flow style are told to be quoted", () => {
  for (
    const text of [
      "fleets: [{ id: CP{0001..1000} }]",
      "csms: { auth: { type: bearer, token: ${TOKEN} } }",
      "fleets: [\n  { id: CP{01..10},\n    count: 10 }]",
    ]
  ) {
    const message = errorOf(text).message;
    assert.match(message, /^config\.yaml:\d+:\d+: /);
    assert(message.includes(HINT), message);
  }
  assert(!errorOf("a: b: c").message.includes(HINT));
});

Deno.test("in block style the same needs no quotes", () => {
  const text = "fleets:\n  - id: CP{1..2}\nserver:\n  api_token: ${TOKEN}\n";
  const config = load(text, { environment: { TOKEN: "t0ken" } });
  assert.equal(config.stations.length, 2);
  assert.equal(config.server.apiToken?.reveal(), "t0ken");
});

Deno.test("a duplicate key is an error with its line", () => {
  const [problem] = problemsOf("server:\n  port: 1\n  port: 2\n");
  assert.equal(problem?.line, 3);
  assert.match(problem?.message ?? "", /unique/i);
});

Deno.test("tabs are refused in plain words", () => {
  const [problem] = problemsOf("server:\n\tport: 1\n");
  assert.equal(problem?.line, 2);
  assert.match(problem?.message ?? "", /tabs are not allowed as indentation, use spaces/);
});

Deno.test("an empty file, comments, and keys without a value mean the defaults", () => {
  for (
    const text of ["", "\n\n", "# only a comment\n", "server:\nstations:\n# - id: A\n", "null"]
  ) {
    assert.equal(load(text).server.port, 8080, JSON.stringify(text));
  }
});

Deno.test("a list or a text at the top level is refused", () => {
  for (const text of ["- a\n- b", "hello", "42"]) {
    assertProblem(problemsOf(text), "", /mapping of keys at its top level/);
  }
});

Deno.test("two documents in one file are refused", () => {
  assertProblem(problemsOf("server: {}\n---\nserver: {}\n"), "", /Invalid YAML/, { line: 2 });
});

Deno.test("a byte order mark and Windows line ends change nothing", () => {
  assert.equal(load("\ufeffserver:\r\n  port: 9\r\n").server.port, 9);
  const problems = problemsOf("\ufeffserver:\r\n  host: x\r\n  port: no\r\n");
  assertProblem(problems, "server.port", /whole number/, { line: 3 });
});

Deno.test("aliases work, endless ones are harmless", () => {
  const config = load(`
csms: { tls: &tls { enabled: false } }
stations: [{ id: A, tls: *tls }]
`);
  assert.equal(config.stations[0]?.tls.enabled, false);
  assertProblem(problemsOf("server: &a { port: *a }"), "server.port", /found: a mapping/);
  const bomb = [
    "a: &a [x]",
    ..."bcdefghij".split("").map((name, index) => {
      const before = "abcdefghij"[index];
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`;
    }),
  ].join("\n");
  assert(problemsOf(bomb).length > 0);
});

Deno.test("keys that name parts of a JavaScript object are unknown keys like others", () => {
  for (const key of ["__proto__", "constructor", "toString"]) {
    const [problem] = problemsOf(`server:\n  ${key}: { port: 1 }\n`);
    assert.match(problem?.message ?? "", /^Unknown key/, key);
  }
});

Deno.test("no syntax error quotes the text it stumbled over", () => {
  for (
    const text of [
      "csms: { auth: { password: hunter2: x } }",
      "password: *hunter2",
      "password: !hunter2 x\n a",
      "password: &hunter2 &hunter2 x",
      'password: "\\hunter2"',
      'password: "hunter2',
      "password: `hunter2",
      "password: @hunter2",
      "password: %hunter2",
      "%hunter2\npassword: x",
      "password: [hunter2",
      "password: |hunter2\n x",
      "? hunter2\nhunter2",
      "password: x\nhunter2",
      "hunter2: x\nhunter2: y",
    ]
  ) {
    const parsed = parseYaml(text);
    if ("message" in parsed) assert(!parsed.message.includes("hunter2"), parsed.message);
  }
});

Deno.test("an unknown tag does not make the parser print the text as a warning", async () => {
  const heard: string[] = [];
  const listener = (warning: Error) => heard.push(warning.message);
  process.on("warning", listener);
  parseYaml("password: !hunter2 x");
  await new Promise(setImmediate);
  process.off("warning", listener);
  assert.deepEqual(heard, []);
});

Deno.test("a file of five megabytes loads, and still knows its lines", () => {
  const lines = ["server:", "  port: no", "stations:"];
  for (let n = 0; n < 10_000; n++) lines.push(`  - id: CP${n}`, `    # ${"x".repeat(480)}`);
  const text = [...lines, "  - id: CP7", ""].join("\n");
  assert(text.length > 5_000_000);
  assert.deepEqual(problemsOf(text).map(({ path, line }) => [path, line]), [
    ["server.port", 2],
    ["stations[10000].id", 20_004],
  ]);
});
