import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Cancel, Clock } from "../clock/mod.ts";
import type { Log } from "../log/mod.ts";
import { Changes } from "./changes.ts";
import type { Disk } from "./disk.ts";
import { Draft, type Write } from "./draft.ts";
import { decodeRow, type Kind, type Kinds, type Row } from "./kinds.ts";
import { StoreError } from "./store_error.ts";

/** What {@link Documents} needs. */
export interface DocumentsOptions {
  readonly disk: Disk;
  readonly kinds: Kinds;
  readonly clock: Clock;
  readonly log: Log;
}

/** What may be lost in a crash is written after this. */
const LATER_MS = 200;
/** More than this is written in the next turn of the event loop. */
const MOST_LATER = 2_000;
/** While the disk fails, so much waits in memory; further new documents are shed and counted. */
const MOST_WAITING_CHARACTERS = 32 * 1024 * 1024;

/** Between two batches, however slow the disk was. */
const LONGEST_PAUSE_MS = 200;

/** A document and its key. */
export type Entry = readonly [key: string, value: unknown];

/** Commits of one turn of the event loop, on their way to the disk together. */
interface Batch {
  readonly changes: Changes;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Versioned JSON by kind and key. What is not written yet is seen by every reader: first what waits for
 * `later`, which is always the newer, then the batch of the next commit, then the file.
 */
export class Documents {
  readonly #options: DocumentsOptions;
  readonly #sql: ReturnType<typeof statements>;
  readonly #later = new Changes();
  #batch: Batch | null = null;
  #cancelLater: Cancel | null = null;
  #cancelBatch: Cancel | null = null;
  /** The next batch is not written before, on the monotonic clock. */
  #batchAfter = 0;
  #shed = 0;
  readonly #reported = new Set<string>();

  /** @throws StoreError `newer` when a document is of a version that is not known here */
  constructor(options: DocumentsOptions) {
    this.#options = options;
    this.#sql = statements(options.disk.db);
    for (
      const { kind, version } of this.#sql.versions.all() as { kind: string; version: number }[]
    ) {
      const known = options.kinds[kind];
      if (known === undefined || version <= known.version) continue;
      const cause = new Error(
        `It holds "${kind}" of version ${version}, known is ${known.version}`,
      );
      throw new StoreError("read the store", "newer", { cause });
    }
  }

  /** Changes that wait to be written. */
  get waiting(): number {
    return this.#later.size + (this.#batch?.changes.size ?? 0);
  }

  /** Changes that were dropped because the disk failed for too long. */
  get shed(): number {
    return this.#shed;
  }

  get(name: string, key: string): unknown {
    const kind = this.#kind(name);
    const later = this.#later.get(name, key);
    const kept = later === undefined ? this.#batch?.changes.get(name, key) : later;
    if (kept !== undefined) return kept === null ? undefined : JSON.parse(kept);
    const row = this.#options.disk.read(() => this.#sql.get.get(name, key));
    return row === undefined ? undefined : this.#decode(name, kind, row as unknown as Row);
  }

  entries(name: string, prefix: string): Entry[] {
    const kind = this.#kind(name);
    const found = new Map<string, unknown>();
    const rows = this.#options.disk.read(() => this.#sql.entries.all(name, prefix, after(prefix)));
    for (const row of rows as unknown as Row[]) found.set(row.key, this.#decode(name, kind, row));
    for (const changes of [this.#batch?.changes, this.#later]) {
      for (const [key, kept] of changes?.of(name) ?? []) {
        if (!key.startsWith(prefix)) continue;
        found.set(key, kept === null ? undefined : JSON.parse(kept));
      }
    }
    return [...found].filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
  }

  commit(change: (write: Write) => void): Promise<void> {
    const { disk, clock } = this.#options;
    const { changes } = this.#draft(change);
    if (disk.failure !== null) return Promise.reject(disk.failure);
    if (changes.size === 0) return this.#batch?.done.promise ?? Promise.resolve();
    const batch = this.#batch ??= { changes: new Changes(), done: Promise.withResolvers() };
    changes.forEach((kind, key, kept) => {
      batch.changes.set(kind, key, kept);
      this.#later.delete(kind, key);
    });
    // A slow disk gets half of the time, and what comes meanwhile goes together: sockets want to live.
    const waitMs = Math.max(0, this.#batchAfter - clock.monotonic());
    this.#cancelBatch ??= clock.after(waitMs, () => this.#writeBatch());
    return batch.done.promise;
  }

  later(change: (write: Write) => void): void {
    const { disk, clock } = this.#options;
    const { changes } = this.#draft(change);
    const isFull = this.#later.characters + changes.characters > MOST_WAITING_CHARACTERS;
    if (isFull && disk.failure === null) this.#writeLater();
    if (isFull && disk.failure !== null) {
      this.#shed += changes.size;
      return;
    }
    changes.forEach((kind, key, kept) => this.#later.set(kind, key, kept));
    // A disk that fails calls flush when it works again.
    if (disk.failure !== null) return;
    if (this.#later.size > MOST_LATER && this.#cancelLater !== null) {
      this.#cancelLater();
      this.#cancelLater = clock.after(0, () => this.#writeLater());
    }
    this.#cancelLater ??= clock.after(LATER_MS, () => this.#writeLater());
  }

  /** Writes all that waits, as far as the disk lets it. */
  flush(): void {
    this.#writeBatch();
    this.#writeLater();
  }

  #draft(change: (write: Write) => void): Draft {
    const draft = new Draft(this.#options.kinds, (kind, prefix) => this.keys(kind, prefix));
    change(draft);
    return draft;
  }

  /** Of those that are removed but not yet on the disk, the keys may be among them. */
  *keys(kind: string, prefix: string): Iterable<string> {
    const { disk } = this.#options;
    for (const changes of [this.#later, this.#batch?.changes]) {
      for (const key of changes?.of(kind).keys() ?? []) if (key.startsWith(prefix)) yield key;
    }
    const rows = disk.read(() => this.#sql.keys.all(kind, prefix, after(prefix)));
    for (const { key } of rows as unknown as Row[]) yield key;
  }

  #kind(name: string): Kind {
    const kind = Object.hasOwn(this.#options.kinds, name) ? this.#options.kinds[name] : undefined;
    if (kind === undefined) {
      throw new TypeError(`Cannot read ${name}: the store knows no such kind`);
    }
    return kind;
  }

  #writeBatch(): void {
    this.#cancelBatch?.();
    this.#cancelBatch = null;
    const batch = this.#batch;
    if (batch === null) return;
    this.#batch = null;
    const { disk, clock } = this.#options;
    const begun = clock.monotonic();
    try {
      disk.write("full", () => this.#apply(batch.changes));
      batch.done.resolve();
    } catch (thrown) {
      batch.done.reject(thrown);
    }
    const end = clock.monotonic();
    this.#batchAfter = end + Math.min(LONGEST_PAUSE_MS, end - begun);
  }

  #writeLater(): void {
    this.#cancelLater?.();
    this.#cancelLater = null;
    const { disk } = this.#options;
    if (this.#later.size === 0 || disk.failure !== null) return;
    try {
      disk.write("normal", () => this.#apply(this.#later));
      this.#later.clear();
    } catch (thrown) {
      // The disk has reported it, and calls flush when it works again.
      if (!(thrown instanceof StoreError)) throw thrown;
    }
  }

  #apply(changes: Changes): void {
    const { put, remove } = this.#sql;
    changes.forEach((kind, key, kept) => {
      if (kept === null) remove.run(kind, key);
      else put.run(kind, key, this.#options.kinds[kind]!.version, kept);
    });
  }

  /** A document that cannot be read must not take the others with it. It stays on the disk. */
  #decode(name: string, kind: Kind, row: Row): unknown {
    try {
      return decodeRow(kind, row);
    } catch (cause) {
      const { key, version } = row;
      const id = `${name} ${key}`;
      if (!this.#reported.has(id)) {
        const fields = { kind: name, key, version, cause };
        this.#options.log.error("A document is left out: it cannot be read", fields);
      }
      this.#reported.add(id);
      return undefined;
    }
  }
}

/** The first key behind all that begin with `prefix`: no text goes on with this character. */
function after(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

function statements(db: DatabaseSync): Record<
  "get" | "entries" | "keys" | "put" | "remove" | "versions",
  StatementSync
> {
  const range = "FROM documents WHERE kind = ? AND key >= ? AND key < ? ORDER BY key";
  return {
    get: db.prepare("SELECT key, version, value FROM documents WHERE kind = ? AND key = ?"),
    entries: db.prepare(`SELECT key, version, value ${range}`),
    keys: db.prepare(`SELECT key ${range}`),
    put: db.prepare(
      `INSERT INTO documents VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, value = excluded.value`,
    ),
    remove: db.prepare("DELETE FROM documents WHERE kind = ? AND key = ?"),
    versions: db.prepare("SELECT kind, max(version) AS version FROM documents GROUP BY kind"),
  };
}
