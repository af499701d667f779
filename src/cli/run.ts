import { ConfigError } from "../config/mod.ts";
import { ListenError } from "../http/mod.ts";
import { describeError } from "../log/mod.ts";
import { StoreError } from "../store/mod.ts";
import { type Arguments, readArguments } from "./arguments.ts";
import type { CliWorld } from "./cli_world.ts";
import { USAGE, UsageError } from "./usage.ts";

/**
 * The commands, each loaded when it is asked for. Each answers with an exit code. They run when the
 * entry point has been left: the first error below it makes V8 read all of the bundle again (55 ms).
 */
const COMMANDS = {
  serve: async (args, world) => (await import("./serve.ts")).serve(args, world),
  demo: async (args, world) => (await import("./demo.ts")).demo(args, world),
  csms: async (args, world) => (await import("./csms.ts")).csms(args, world),
  check: async (args, world) => (await import("./check.ts")).check(args, world),
  help: (_, world) => print(world, USAGE),
  config: (_, world) => print(world, world.defaultConfig),
  version: (_, world) => print(world, `ocpp-emu ${world.version} (${world.form})\n`),
} as const satisfies Record<
  Arguments["command"],
  (args: Arguments, world: CliWorld) => Promise<number>
>;

/** Runs a command line to its exit code. Never rejects. */
export async function run(args: readonly string[], world: CliWorld): Promise<number> {
  try {
    const understood = readArguments(args);
    return await COMMANDS[understood.command](understood, world);
  } catch (error) {
    world.complain(`${sentence(error)}\n`);
    return error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  }
}

function sentence(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\nSee ocpp-emu --help`;
  if (error instanceof ConfigError || error instanceof ListenError) return error.message;
  const why = describeError(error);
  if (error instanceof StoreError) return why;
  return why.startsWith("Cannot start") ? why : `Cannot start: ${why}`;
}

function print(world: CliWorld, text: string): Promise<number> {
  world.print(text);
  return Promise.resolve(0);
}
