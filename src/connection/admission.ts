import type { Clock } from "../clock/mod.ts";
import { DialError } from "./cause.ts";
import type { Gate } from "./gate.ts";
import type { Dial } from "./transport.ts";

/** What {@link admitted} puts around a dial. */
export interface Admission {
  readonly gate: Gate;
  readonly clock: Clock;
  /** How long a dial may take once it is admitted. */
  readonly timeoutMs: number;
}

/**
 * A dial that waits for its turn at the gate, and then has `timeoutMs` for everything up to the open
 * socket. Waiting for the turn does not count.
 */
export function admitted(dial: Dial, { gate, clock, timeoutMs }: Admission): Dial {
  return async (target, onText, signal) => {
    if (!await gate.enter(signal)) {
      throw new DialError({ kind: "timeout", message: "The dial was called off" });
    }
    const limit = new AbortController();
    const stop = () => limit.abort();
    let late = false;
    const cancel = clock.after(timeoutMs, () => {
      late = true;
      stop();
    });
    signal.addEventListener("abort", stop, { once: true });
    // It may have been called off between being let in and getting here.
    if (signal.aborted) stop();
    try {
      return await dial(target, onText, limit.signal);
    } catch (error) {
      if (!late) throw error;
      const host = new URL(target.url).host;
      const message = `${host} did not answer within ${timeoutMs / 1000} s`;
      throw new DialError({ kind: "timeout", message }, { cause: error });
    } finally {
      cancel();
      signal.removeEventListener("abort", stop);
      gate.leave();
    }
  };
}
