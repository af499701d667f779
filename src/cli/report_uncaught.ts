import { describeError, type Log } from "../log/mod.ts";
import type { CliWorld } from "./cli_world.ts";

/** Says that an error came through that some part of the program should have caught. */
export function reportUncaught(world: CliWorld, log: Log | undefined, thrown: unknown): void {
  const message = `An error that nobody caught, the program goes on: ${describeError(thrown)}`;
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  if (log === undefined) world.complain(`${message}\n`);
  else log.error(message, { stack });
}
