/** Calls a pending timer off. Calling it again, or after the timer has fired, does nothing. */
export type Cancel = () => void;

/** A wait that is made once, and set again and again without anything being made anew. */
export interface Timer {
  /** Calls what it is for once, after `ms` as {@link Clock.after} has it, in place of what was set before. */
  set(ms: number): void;
  /** Calls nothing until it is set again. */
  stop(): void;
}

/** Time as the rest of the program sees it. All durations are milliseconds. */
export interface Clock {
  /** The wall clock: milliseconds since 1970-01-01 UTC. It may jump; never subtract two of them. */
  now(): number;
  /** A clock that never goes backwards, for durations. Its zero means nothing. */
  monotonic(): number;
  /**
   * Calls `run` once after `ms`, or a little later: by a 64th of it, and 128 ms, at most. A throw in `run`
   * is the program's, not the caller's.
   */
  after(ms: number, run: () => void): Cancel;
  /** For what waits over and over. It is not set yet. */
  timer(run: () => void): Timer;
  /**
   * Resolves after `ms`, or as soon as `signal` is aborted. It never rejects: whoever passes a
   * signal looks at `signal.aborted` afterwards.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
