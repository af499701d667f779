import assert from "node:assert/strict";
import { readArguments } from "../../src/cli/arguments.ts";
import { UsageError } from "../../src/cli/usage.ts";

const NOTHING = { config: undefined, host: undefined, port: undefined, logLevel: undefined };

const GOOD = {
  "": { command: "serve", operands: [], ...NOTHING },
  "serve": { command: "serve", operands: [], ...NOTHING },
  "--config my.yaml": { command: "serve", operands: [], ...NOTHING, config: "my.yaml" },
  "serve --host ::1 --port=9090 --log-level debug": {
    command: "serve",
    operands: [],
    config: undefined,
    host: "::1",
    port: "9090",
    logLevel: "debug",
  },
  "--port 1 serve": { command: "serve", operands: [], ...NOTHING, port: "1" },
  "demo": { command: "demo", operands: [], ...NOTHING },
  "csms --port 0": { command: "csms", operands: [], ...NOTHING, port: "0" },
  "check": { command: "check", operands: [], ...NOTHING },
  "check my.yaml": { command: "check", operands: ["my.yaml"], ...NOTHING },
  "check --config my.yaml": { command: "check", operands: [], ...NOTHING, config: "my.yaml" },
  "--version": { command: "version", operands: [] },
  "--help": { command: "help", operands: [] },
  "-h": { command: "help", operands: [] },
  "demo --help": { command: "help", operands: [] },
  "nonsense --help": { command: "help", operands: [] },
};

for (const [line, expected] of Object.entries(GOOD)) {
  Deno.test(`"${line}" is understood`, () => {
    assert.deepEqual(readArguments(split(line)), expected);
  });
}

const BAD = {
  "sevre": 'No such command "sevre": the commands are serve, demo, csms, check, config',
  "toString": 'No such command "toString": the commands are serve, demo, csms, check, config',
  "serve my.yaml": 'Cannot use "my.yaml" after serve',
  "check a.yaml b.yaml": 'Cannot use "b.yaml" after check',
  "check a.yaml --config b.yaml": 'Cannot use both "a.yaml" and --config "b.yaml"',
  "demo --config my.yaml": "Cannot use --config with demo: it reads no config file",
  "csms --config my.yaml": "Cannot use --config with csms: it reads no config file",
  "--prot 80": "Unknown option '--prot'",
  "-p 80": "Unknown option '-p'",
};

for (const [line, message] of Object.entries(BAD)) {
  Deno.test(`"${line}" is refused in words`, () => {
    assert.throws(() => readArguments(split(line)), new UsageError(message));
  });
}

Deno.test("an option without its value, or with one too many, is refused", () => {
  assert.throws(() => readArguments(["--port"]), /^UsageError: Option '--port <value>'/);
  assert.throws(() => readArguments(["--port", "--host", "x"]), /^UsageError: Option '--port/);
  assert.throws(() => readArguments(["--version=2"]), /^UsageError: Option '--version'/);
});

function split(line: string): string[] {
  return line === "" ? [] : line.split(" ");
}
