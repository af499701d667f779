/** Enough for a listener and a handful of requests. */
const SPARE = 16;

/**
 * File descriptors held open for nobody. Stations that redial take every descriptor that becomes
 * free, and an HTTP listener that has none to accept with dies of it. So dials leave these alone: they
 * go on only while all are held, and whoever finds that none is left gives these up.
 */
export class SpareFiles {
  readonly #open: () => Disposable;
  #held: Disposable[] = [];

  /** @param open opens any file; it throws when there is no descriptor left */
  constructor(open: () => Disposable) {
    this.#open = open;
  }

  /** Takes them, if one more is left for a dial. `false`: there is not, and none is held now. */
  take(): boolean {
    if (this.#held.length === SPARE) return true;
    try {
      while (this.#held.length <= SPARE) this.#held.push(this.#open());
      this.#held.pop()?.[Symbol.dispose]();
      return true;
    } catch {
      this.giveUp();
      return false;
    }
  }

  /** Lets go of all, for whoever needs them more. */
  giveUp(): void {
    for (const file of this.#held) file[Symbol.dispose]();
    this.#held = [];
  }
}
