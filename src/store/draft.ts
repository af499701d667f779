import { Changes, type Kept } from "./changes.ts";
import type { Kinds } from "./kinds.ts";

/** The changes that belong together: all of them are kept, or none. */
export interface Write {
  /** @throws TypeError when the value is no JSON, or the kind unknown */
  put(kind: string, key: string, value: unknown): void;
  remove(kind: string, key: string): void;
  /** Removes every document of the kind whose key begins with `prefix`. */
  removeAll(kind: string, prefix: string): void;
}

/** Gathers the changes of one caller, so that a throw in the middle of them changes nothing. */
export class Draft implements Write {
  readonly changes = new Changes();
  readonly #kinds: Kinds;
  readonly #keys: (kind: string, prefix: string) => Iterable<string>;

  /** @param keys the documents that there are outside of this draft */
  constructor(kinds: Kinds, keys: (kind: string, prefix: string) => Iterable<string>) {
    this.#kinds = kinds;
    this.#keys = keys;
  }

  put(kind: string, key: string, value: unknown): void {
    const json: string | undefined = JSON.stringify(value);
    if (json === undefined) {
      throw new TypeError(`Cannot keep ${kind} "${key}": ${typeof value} is no JSON`);
    }
    this.#set(kind, key, json);
  }

  remove(kind: string, key: string): void {
    this.#set(kind, key, null);
  }

  removeAll(kind: string, prefix: string): void {
    const own = [...this.changes.of(kind).keys()].filter((key) => key.startsWith(prefix));
    for (const key of [...own, ...this.#keys(kind, prefix)]) this.#set(kind, key, null);
  }

  #set(kind: string, key: string, value: Kept): void {
    if (!Object.hasOwn(this.#kinds, kind)) {
      throw new TypeError(`Cannot keep ${kind} "${key}": the store knows no such kind`);
    }
    this.changes.set(kind, key, value);
  }
}
