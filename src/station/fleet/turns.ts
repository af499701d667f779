/**
 * Work on named things, one after the other for each name. Whoever names several waits for all of them,
 * and everybody waits only for those who asked before: nobody waits for ever.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs `work` once nobody who asked earlier works on any of these. */
  async take<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = names.map((name) => this.#last.get(name));
    const { promise: done, resolve } = Promise.withResolvers<void>();
    for (const name of names) this.#last.set(name, done);
    await Promise.all(before);
    try {
      return await work();
    } finally {
      for (const name of names) if (this.#last.get(name) === done) this.#last.delete(name);
      resolve();
    }
  }
}
