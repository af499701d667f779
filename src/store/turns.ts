import type { Cancel, Clock } from "../clock/mod.ts";

/** Rests so many times as long as it has worked: a chatty fleet loses log before it loses speed. */
const REST = 4;

/** Work that is done when it is due, a short turn at a time, with rests between the turns. */
export class Turns {
  readonly #clock: Clock;
  readonly #work: () => number;
  #cancel: Cancel | null = null;
  #dueAt = 0;
  #restUntil = 0;
  #isStopped = false;

  /** @param work one turn. It answers in how many milliseconds the next is due, and never throws */
  constructor(clock: Clock, work: () => number) {
    this.#clock = clock;
    this.#work = work;
  }

  /** A turn is due in so many milliseconds, unless one is due before. */
  wake(ms: number): void {
    if (this.#isStopped) return;
    const now = this.#clock.monotonic();
    const due = Math.max(now + ms, this.#restUntil);
    if (this.#cancel !== null && this.#dueAt <= due) return;
    this.#cancel?.();
    this.#dueAt = due;
    this.#cancel = this.#clock.after(due - now, () => this.#turn());
  }

  /** No turn comes any more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #turn(): void {
    this.#cancel = null;
    const since = this.#clock.monotonic();
    const next = this.#work();
    const now = this.#clock.monotonic();
    this.#restUntil = now + (now - since) * REST;
    this.wake(next);
  }
}
