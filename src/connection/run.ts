import type { Cancel, Clock } from "../clock/mod.ts";
import type { Cause } from "./cause.ts";
import type { Gate } from "./gate.ts";
import type { RetryPolicy } from "./retry.ts";
import type { Trial } from "./trial.ts";

/** How an attempt, a dial and the session that may follow, came to its end. */
export interface Ending {
  readonly cause: Cause;
  readonly good: boolean;
  /** That of the target which was dialled, if it was on trial. */
  readonly trial: Trial | null;
}

/** What follows an {@link Ending}. */
export interface Redial {
  /** 0 = at once. */
  readonly delayMs: number;
  /** The trial that has failed with it. */
  readonly failed: Trial | null;
}

/** A client's life from one `connect` to the moment that nothing more is to be done. */
export class Run {
  /** Resolves when its last socket is gone. */
  done: Promise<void> = Promise.resolve();
  /** Somebody asked to redial so long after the end of the session, in milliseconds. */
  redialMs: number | null = null;
  /** Failed dials in a row. */
  failures = 0;
  #redials = 0;
  #previousMs = 0;
  #isOver = false;
  /** Ends the dial that is under way. */
  #dial: AbortController | null = null;
  #cancelLimit: Cancel | null = null;
  #isLate = false;
  #wake: (() => void) | null = null;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether the last dial took too long. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Waits for a place at the gate. `false`: the run ended first, and there is nothing to give back. */
  async enter(gate: Gate): Promise<boolean> {
    if (this.#isOver) return false;
    let isInside = false;
    await new Promise<void>((resolve) => {
      const admit = () => {
        isInside = true;
        resolve();
      };
      if (gate.take(admit)) return admit();
      this.#wake = () => {
        gate.forget(admit);
        resolve();
      };
    });
    this.#wake = null;
    // It may have ended between being let in and getting here.
    if (isInside && this.#isOver) gate.leave();
    return isInside && !this.#isOver;
  }

  /** A dial begins, and may go on for so many milliseconds, and no longer than the run. */
  dialling(clock: Clock, limitMs: number): AbortSignal {
    const dial = this.#dial = new AbortController();
    // Whoever was asked where to dial may have ended it.
    if (this.#isOver) dial.abort();
    this.#isLate = false;
    this.#cancelLimit = clock.after(limitMs, () => {
      this.#isLate = true;
      dial.abort();
    });
    return dial.signal;
  }

  /** The dial is over. */
  dialled(): void {
    this.#cancelLimit?.();
    this.#cancelLimit = this.#dial = null;
  }

  /** Ends it, and whatever it waits for. */
  end(): void {
    this.#isOver = true;
    this.#dial?.abort();
    this.wake();
  }

  /**
   * When to dial again after an attempt. `null`: give up.
   *
   * @param spareDials failures that the policy does not hear of
   */
  next({ cause, good, trial }: Ending, retry: RetryPolicy, spareDials = 0): Redial | null {
    const askedMs = this.redialMs;
    this.redialMs = null;
    if (good || askedMs !== null) this.#redials = this.failures = this.#previousMs = 0;
    else this.failures++;
    if (askedMs !== null) return { delayMs: askedMs, failed: null };
    // Where a server says that it is back we go at once, but only once: then the ladder rules.
    if ("recovered" in cause && this.failures === 1) return { delayMs: 0, failed: null };
    if (trial !== null && !good) return { delayMs: 0, failed: trial };
    const delayMs = retry.nextDelay({
      redial: ++this.#redials,
      failures: Math.max(0, this.failures - spareDials),
      previousMs: this.#previousMs,
      cause,
    });
    if (delayMs === null) return null;
    this.#previousMs = delayMs;
    return { delayMs, failed: null };
  }

  /** Waits before a dial, until the time is up or somebody wakes it. */
  async wait(clock: Clock, ms: number): Promise<void> {
    if (this.#isOver || ms === 0) return;
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
