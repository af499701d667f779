import type { Clock } from "../clock/mod.ts";

/** A client's life from one `connect` to the moment that nothing more is to be done. */
export class Run {
  /** Resolves when its last socket is gone. */
  done: Promise<void> = Promise.resolve();
  /** Redial at once when the session ends: the user asked for it. */
  redial = false;
  readonly #stop = new AbortController();
  #wake: (() => void) | null = null;

  /** Aborted when it is over. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Ends it, and whatever it waits for. */
  end(): void {
    this.#stop.abort();
    this.wake();
  }

  /** Waits before a redial, until the time is up or somebody wakes it. */
  async wait(clock: Clock, ms: number): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = null;
  }

  /** Ends the wait, if there is one. */
  wake(): void {
    this.#wake?.();
  }
}
