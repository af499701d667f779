import type { Clock } from "../clock/mod.ts";
import { DialError } from "./cause.ts";
import type { Gate } from "./gate.ts";
import type { Run } from "./run.ts";
import type { Dial, Target, Transport } from "./transport.ts";

/** What {@link dialFor} needs. */
export interface Admission {
  readonly dial: Dial;
  readonly gate: Gate;
  readonly clock: Clock;
  /** How long a dial may take once it is admitted, in milliseconds. */
  readonly connectionTimeoutMs: number;
}

/**
 * Dials for a run that has a place at the gate, and gives the place back. Everything up to the open socket
 * must be done within the connection timeout; waiting for the place does not count.
 */
export async function dialFor(
  run: Run,
  target: Target,
  onText: (text: string) => void,
  { dial, gate, clock, connectionTimeoutMs }: Admission,
): Promise<Transport> {
  const signal = run.dialling(clock, connectionTimeoutMs);
  try {
    return await dial(target, onText, signal);
  } catch (error) {
    if (!run.isLate) throw error;
    const { host } = new URL(target.url);
    const message = `${host} did not answer within ${connectionTimeoutMs / 1000} s`;
    throw new DialError({ kind: "timeout", message }, { cause: error });
  } finally {
    run.dialled();
    gate.leave();
  }
}
