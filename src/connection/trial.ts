import type { Cancel } from "../clock/mod.ts";
import type { Cause } from "./cause.ts";
import type { Target } from "./transport.ts";

/** A new target that has not proven itself yet, and the one to go back to. */
export class Trial {
  readonly before: Target;
  /** `null`: the new target is kept; else why the one before is back. */
  readonly decided: Promise<Cause | null>;
  readonly #decide: (cause: Cause | null) => void;
  #cancelGood: Cancel | null = null;

  constructor(before: Target) {
    this.before = before;
    const { promise, resolve } = Promise.withResolvers<Cause | null>();
    this.decided = promise;
    this.#decide = resolve;
  }

  /** Whether a socket to the new target stands. */
  get isOpen(): boolean {
    return this.#cancelGood !== null;
  }

  /** @param cancelGood takes back the alarm at which a connection that lasts becomes a good one */
  opened(cancelGood: Cancel): void {
    this.#cancelGood = cancelGood;
  }

  /** The socket to the new target is gone. */
  ended(): void {
    this.#cancelGood?.();
    this.#cancelGood = null;
  }

  decide(cause: Cause | null): void {
    this.ended();
    this.#decide(cause);
  }
}
