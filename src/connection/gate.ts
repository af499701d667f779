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

  /** Waits for a place. `false`: the signal was aborted first, and there is nothing to give back. */
  enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (this.#inside < this.#limit) {
      this.#inside++;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const admit = () => {
        signal.removeEventListener("abort", leave);
        resolve(true);
      };
      const leave = () => {
        this.#waiting.delete(admit);
        resolve(false);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.add(admit);
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
