/** A document as it is kept: its JSON. `null`: it is removed. */
export type Kept = string | null;

/** The newest change of each document, waiting to be written. */
export class Changes {
  readonly #kinds = new Map<string, Map<string, Kept>>();
  #size = 0;
  #characters = 0;

  /** How many documents change. */
  get size(): number {
    return this.#size;
  }

  /** What waits in memory, in characters of JSON and keys. */
  get characters(): number {
    return this.#characters;
  }

  /** `undefined`: nothing waits for this document. */
  get(kind: string, key: string): Kept | undefined {
    return this.#kinds.get(kind)?.get(key);
  }

  of(kind: string): ReadonlyMap<string, Kept> {
    return this.#kinds.get(kind) ?? NONE;
  }

  set(kind: string, key: string, value: Kept): void {
    this.delete(kind, key);
    let keys = this.#kinds.get(kind);
    if (keys === undefined) this.#kinds.set(kind, keys = new Map());
    keys.set(key, value);
    this.#size++;
    this.#characters += weigh(key, value);
  }

  delete(kind: string, key: string): void {
    const keys = this.#kinds.get(kind);
    const value = keys?.get(key);
    if (keys === undefined || value === undefined) return;
    keys.delete(key);
    this.#size--;
    this.#characters -= weigh(key, value);
  }

  clear(): void {
    this.#kinds.clear();
    this.#size = this.#characters = 0;
  }

  forEach(visit: (kind: string, key: string, value: Kept) => void): void {
    for (const [kind, keys] of this.#kinds) {
      for (const [key, value] of keys) visit(kind, key, value);
    }
  }
}

const NONE: ReadonlyMap<string, Kept> = new Map();

function weigh(key: string, value: Kept): number {
  return key.length + (value?.length ?? 0);
}
