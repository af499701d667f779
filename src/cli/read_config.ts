import { type Config, findConfigFile, loadConfig } from "../config/mod.ts";
import type { Arguments } from "./arguments.ts";
import type { CliWorld } from "./cli_world.ts";

/** The config that a command line asks for. @throws ConfigError with all that is wrong */
export function readConfig(args: Arguments, world: CliWorld): Config {
  const { files, workingFolder, executableFolder } = world;
  const path = findConfigFile({
    explicit: args.config,
    workingFolder,
    executableFolder,
    exists: files.exists,
  });
  return loadConfig({
    file: path === null ? null : { path, text: files.readText(path) },
    environment: world.environment,
    flags: flagsOf(args),
    readFile: files.readText,
    workingFolder,
  });
}

/** The keys of the config that flags stand for. */
export function flagsOf({ host, port, logLevel }: Arguments): Record<string, string | undefined> {
  return { "server.host": host, "server.port": port, "logging.level": logLevel };
}
