/**
 * The cli room: one file per command, each from its arguments to an exit code.
 *
 * Exit codes: 0 well, 1 failed at work, 2 wrong usage or config. A command prints its result on
 * standard output and what went wrong, in one readable block, on standard error. May import everything
 * but `main.ts`.
 *
 * @module
 */
export type { CliWorld } from "./cli_world.ts";
export { type Form, programForm } from "./form.ts";
export { run } from "./run.ts";
