import type { CliWorld } from "./cli_world.ts";

/** The conventional exit code of a process that a signal ended (128 + SIGINT). */
const INTERRUPTED = 130;

/** Something that runs until it is told to end. */
export interface Job {
  /** Resolves when it runs, or when it has heard of `signal`. */
  start(signal: AbortSignal): Promise<void>;
  /** Ends what was started, also when the start failed half-way. */
  stop(): Promise<void>;
  /** Hears of errors that nobody caught: the process goes on. */
  uncaught(thrown: unknown): void;
}

/**
 * Runs a job until a SIGINT or SIGTERM; a second one ends the process at once. The handlers come
 * first, so a signal during the start counts too.
 */
export async function untilSignal(world: CliWorld, job: Job): Promise<void> {
  const asked = new AbortController();
  const offSignal = world.onSignal(() => {
    if (asked.signal.aborted) world.exit(INTERRUPTED);
    asked.abort();
  });
  const offUncaught = world.onUncaught((thrown) => job.uncaught(thrown));
  try {
    await job.start(asked.signal);
    if (!asked.signal.aborted) await aborted(asked.signal);
  } finally {
    await job.stop();
    offUncaught();
    offSignal();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
