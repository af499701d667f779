import type { Memories } from "./memories.ts";
import type { Part } from "./parts.ts";

/** What one station remembers over a restart. Values are plain JSON. */
export class Memory {
  readonly id: string;
  readonly #memories: Memories;
  /** What changed and is not written yet, by part and key: asked for when it is written. */
  #changed: Map<Part, Map<string, () => unknown>> | null = null;
  #isOver = false;

  constructor(id: string, memories: Memories) {
    this.id = id;
    this.#memories = memories;
  }

  /** Whether anything is remembered at all. */
  get isUsed(): boolean {
    return this.#memories.knows(this.id);
  }

  /** `undefined`: nothing is remembered. */
  read(part: Part, key = ""): unknown {
    return this.#memories.read(this.id, part, key);
  }

  /** All of a part, by key. */
  entries(part: Part): readonly (readonly [key: string, value: unknown])[] {
    return this.#memories.entries(this.id, part);
  }

  /** Remembers what `value` answers when it is written, soon or at {@link Memory.saved}; `null` forgets it. */
  keep(part: Part, key: string, value: () => unknown): void {
    if (this.#isOver) return;
    const changed = this.#changed ??= new Map();
    let keys = changed.get(part);
    if (keys === undefined) changed.set(part, keys = new Map());
    keys.set(key, value);
    this.#memories.changed(this);
  }

  /** Its station is gone, or another has its place: what that one still does leaves nothing behind. */
  end(): void {
    this.#isOver = true;
  }

  /** Whether all that was kept is on the disk. */
  get isSaved(): boolean {
    return this.#changed === null && !this.#memories.isSaving(this);
  }

  /** Resolves when all that was kept is on the disk. `false`: it cannot be written now. */
  saved(): Promise<boolean> {
    return this.#memories.save(this);
  }

  /** What is to be written, which is taken for written from now on. */
  take(): readonly MemoryChange[] {
    const changed = this.#changed;
    this.#changed = null;
    return [...changed ?? []].flatMap(([part, keys]) =>
      Array.from(keys, ([key, value]) => ({ part, key, value }))
    );
  }

  /** It could not be written, and is to be again, but for what changed anew meanwhile. */
  putBack(changes: readonly MemoryChange[]): void {
    for (const { part, key, value } of changes) {
      if (!this.#changed?.get(part)?.has(key)) this.keep(part, key, value);
    }
  }
}

/** Something that a station is to remember. */
export interface MemoryChange {
  readonly part: Part;
  readonly key: string;
  readonly value: () => unknown;
}
