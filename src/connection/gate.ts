/** Admits at most `limit` at once, first come, first served. Against connection storms. */
export class Gate {
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many are inside. */
  get inside(): number {
    return this.#inside;
  }

  /** Takes a place. `false`: none is free; `admit` is called with the place, unless it is forgotten. */
  take(admit: () => void): boolean {
    if (this.#inside < this.#limit) {
      this.#inside++;
      return true;
    }
    this.#waiting.add(admit);
    return false;
  }

  /** Whoever waits does so no more. */
  forget(admit: () => void): void {
    this.#waiting.delete(admit);
  }

  /** Waits for a place. `false`: the signal was aborted first, and there is nothing to give back. */
  enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const admit = () => {
        signal.removeEventListener("abort", leave);
        resolve(true);
      };
      const leave = () => {
        this.forget(admit);
        resolve(false);
      };
      signal.addEventListener("abort", leave, { once: true });
      if (this.take(admit)) admit();
    });
  }

  /** Gives a place back: to the first who waits, if anybody does. */
  leave(): void {
    for (const admit of this.#waiting) {
      this.#waiting.delete(admit);
      return admit();
    }
    this.#inside--;
  }
}
