import type { MemoryStore } from "../../src/station/memory/memories.ts";

/** A store of documents in memory. What is committed is there at the next turn. */
export class FakeStore implements MemoryStore {
  /** JSON by part and key, as a disk would have it. */
  readonly documents = new Map<string, Map<string, string>>();
  /** How often something was committed. */
  commits = 0;
  /** The disk takes nothing while it is set. */
  failure: Error | null = null;
  /** Commits wait for it: a slow disk. */
  hold: Promise<void> | null = null;

  get(kind: string, key: string): unknown {
    const json = this.documents.get(kind)?.get(key);
    return json === undefined ? undefined : JSON.parse(json);
  }

  entries(kind: string, prefix = ""): readonly (readonly [string, unknown])[] {
    return [...this.documents.get(kind) ?? []]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => a < b ? -1 : 1)
      .map(([key, json]) => [key, JSON.parse(json)]);
  }

  keys(kind: string): Iterable<string> {
    return [...this.documents.get(kind)?.keys() ?? []];
  }

  async commit(change: Parameters<MemoryStore["commit"]>[0]): Promise<void> {
    const writes: (() => void)[] = [];
    change({
      put: (kind, key, value) => {
        const json = JSON.stringify(value);
        writes.push(() => this.#of(kind).set(key, json));
      },
      remove: (kind, key) => void writes.push(() => this.#of(kind).delete(key)),
      removeAll: (kind, prefix) => {
        writes.push(() => {
          for (const key of this.keys(kind)) if (key.startsWith(prefix)) this.#of(kind).delete(key);
        });
      },
    });
    await this.hold;
    if (this.failure !== null) throw this.failure;
    this.commits++;
    for (const write of writes) write();
  }

  #of(kind: string): Map<string, string> {
    let documents = this.documents.get(kind);
    if (documents === undefined) this.documents.set(kind, documents = new Map());
    return documents;
  }
}
