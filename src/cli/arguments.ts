import { parseArgs } from "node:util";
import { UsageError } from "./usage.ts";

/** The commands, each with how much may follow its name, and whether it reads a config file. */
const COMMANDS = {
  serve: { operands: 0, readsConfig: true },
  demo: { operands: 0, readsConfig: false },
  csms: { operands: 0, readsConfig: false },
  check: { operands: 1, readsConfig: true },
  config: { operands: 0, readsConfig: false },
} as const satisfies Record<string, { operands: number; readsConfig: boolean }>;

export type Command = keyof typeof COMMANDS;

/** A command line, understood. */
export interface Arguments {
  readonly command: Command | "help" | "version";
  readonly operands: readonly string[];
  readonly config?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly logLevel?: string | undefined;
}

/**
 * Reads a command line.
 *
 * @throws UsageError for what it does not know
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(readArguments(["--port", "9090"]).command, "serve");
 * assert.deepEqual(readArguments(["check", "my.yaml"]).operands, ["my.yaml"]);
 * ```
 */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const { config, host, port, "log-level": logLevel } = values;
  const [command = "serve", ...operands] = positionals;
  if (values.help) return { command: "help", operands: [] };
  if (values.version) return { command: "version", operands: [] };
  if (!isCommand(command)) {
    const known = Object.keys(COMMANDS).join(", ");
    throw new UsageError(`No such command "${command}": the commands are ${known}`);
  }
  const extra = operands[COMMANDS[command].operands];
  if (extra !== undefined) throw new UsageError(`Cannot use "${extra}" after ${command}`);
  if (config !== undefined && !COMMANDS[command].readsConfig) {
    throw new UsageError(`Cannot use --config with ${command}: it reads no config file`);
  }
  if (config !== undefined && operands.length > 0) {
    throw new UsageError(`Cannot use both "${operands[0]}" and --config "${config}"`);
  }
  return { command, operands, config, host, port, logLevel };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        config: { type: "string" },
        host: { type: "string" },
        port: { type: "string" },
        "log-level": { type: "string" },
        version: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(message.split(". ")[0] ?? message, { cause });
  }
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}
