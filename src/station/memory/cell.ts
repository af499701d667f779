import type { Memory } from "./memory.ts";
import type { Part } from "./parts.ts";

/** What a {@link Cell} needs of a memory. */
export type Remembering = Pick<Memory, "keep" | "read">;

/** A value that a station remembers over a restart: setting it is all that it takes. */
export class Cell<T> {
  readonly #memory: Remembering;
  readonly #part: Part;
  readonly #empty: T;
  #value: T;

  /** @param empty shared by all that remember nothing; compared by reference, and never written */
  constructor(memory: Remembering, part: Part, empty: T) {
    this.#memory = memory;
    this.#part = part;
    this.#empty = empty;
    this.#value = (memory.read(part) as T | undefined) ?? empty;
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    if (value === this.#value) return;
    this.#value = value;
    this.#memory.keep(this.#part, "", () => this.#value === this.#empty ? null : this.#value);
  }
}

/** Remembers nothing: for what has no station around it. */
export const FORGETFUL: Remembering = { read: () => undefined, keep() {} };
