import type { Cancel, Clock } from "../../clock/mod.ts";
import type { Store, Write } from "../../store/mod.ts";
import { Memory, type MemoryChange } from "./memory.ts";
import { type Part, PARTS } from "./parts.ts";

/** Where memories are kept. */
export type MemoryStore = Pick<Store, "commit" | "entries" | "get" | "keys">;

/** What nobody waits for is written after this, and tried again while the disk fails. */
const SOON_MS = 200;

/** What all stations remember over a restart, in the documents of a store. */
export class Memories {
  readonly #store: MemoryStore;
  readonly #clock: Clock;
  /** The stations that something is remembered of: the others need not be looked up. */
  readonly #known = new Set<string>();
  readonly #changed = new Set<Memory>();
  /** The last write of each station that is under way. */
  readonly #saving = new Map<Memory, Promise<boolean>>();
  #cancel: Cancel | null = null;

  /** @throws StoreError */
  constructor(store: MemoryStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    for (const part of Object.keys(PARTS)) {
      for (const key of store.keys(part)) this.#known.add(key.slice(0, key.indexOf(SEPARATOR)));
    }
  }

  of(stationId: string): Memory {
    return new Memory(stationId, this);
  }

  /** Whether anything is, or ever was, remembered of a station. */
  knows(stationId: string): boolean {
    return this.#known.has(stationId);
  }

  read(stationId: string, part: Part, key: string): unknown {
    return this.#known.has(stationId) ? this.#store.get(part, spell(stationId, key)) : undefined;
  }

  entries(stationId: string, part: Part): readonly (readonly [key: string, value: unknown])[] {
    if (!this.#known.has(stationId)) return [];
    const prefix = spell(stationId, "");
    return this.#store.entries(part, prefix).map(([key, value]) => [
      key.slice(prefix.length),
      value,
    ]);
  }

  /** A station has something to remember. */
  changed(memory: Memory): void {
    this.#changed.add(memory);
    this.#cancel ??= this.#clock.after(SOON_MS, () => this.flush());
  }

  /** Whether a write of what a station has to remember is under way. */
  isSaving(memory: Memory): boolean {
    return this.#saving.has(memory);
  }

  /** Writes what one station has to remember. `false`: it cannot be written now, and will be tried again. */
  save(memory: Memory): Promise<boolean> {
    if (!this.#changed.has(memory)) return this.#saving.get(memory) ?? WRITTEN;
    this.#changed.delete(memory);
    if (this.#changed.size === 0) this.#disarm();
    const saving = this.#write(memory).finally(() => {
      if (this.#saving.get(memory) === saving) this.#saving.delete(memory);
    });
    this.#saving.set(memory, saving);
    return saving;
  }

  /** Writes all that waits. */
  flush(): void {
    this.#disarm();
    for (const memory of [...this.#changed]) void this.save(memory);
  }

  /** As part of a change of the store: nothing is remembered of a station any longer. */
  forget(stationId: string, write: Write): void {
    for (const part of Object.keys(PARTS)) write.removeAll(part, spell(stationId, ""));
  }

  /** That change is on the disk. */
  forgotten(stationId: string): void {
    this.#known.delete(stationId);
    for (const memory of this.#changed) if (memory.id === stationId) this.#changed.delete(memory);
    if (this.#changed.size === 0) this.#disarm();
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  async #write(memory: Memory): Promise<boolean> {
    const changes = memory.take();
    this.#known.add(memory.id);
    try {
      await this.#store.commit((write) => put(write, memory.id, changes));
      return true;
    } catch {
      // The store has told why, and tells of it at /health.
      memory.putBack(changes);
      return false;
    }
  }
}

/** No id has it. */
const SEPARATOR = "\n";

const WRITTEN = Promise.resolve(true);

function spell(stationId: string, key: string): string {
  return `${stationId}${SEPARATOR}${key}`;
}

function put(write: Write, stationId: string, changes: readonly MemoryChange[]): void {
  for (const { part, key, value } of changes) {
    const kept = value() ?? null;
    if (kept === null) write.remove(part, spell(stationId, key));
    else write.put(part, spell(stationId, key), kept);
  }
}
