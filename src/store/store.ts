import type { Clock } from "../clock/mod.ts";
import type { Log } from "../log/mod.ts";
import { BlockTable } from "./block_table.ts";
import { Disk } from "./disk.ts";
import { Documents, type Entry } from "./documents.ts";
import type { Write } from "./draft.ts";
import type { Kinds } from "./kinds.ts";
import { MessageLog } from "./message_log.ts";
import { IN_MEMORY, openDatabase } from "./open_database.ts";
import { DOCUMENTS, MESSAGES, type Schema } from "./schema.ts";
import { StoreError } from "./store_error.ts";

/** What {@link openStore} needs. */
export interface StoreOptions {
  /** A file, made when missing with its folder, or `:memory:`. The message log is a file beside it. */
  readonly path: string;
  readonly kinds: Kinds;
  /** How many messages the log keeps. */
  readonly messageRetention: number;
  readonly messageMaxAgeMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** What must survive, and the message log. Its methods take no longer than the disk does. */
export interface Store {
  readonly messages: MessageLog;
  /** `failed`: documents cannot be written now. It recovers by itself. */
  readonly health: "connected" | "failed";
  /**
   * A document as it was put last, on disk or not yet; `undefined`: there is none. One that cannot be read
   * is left out, on disk and reported. @throws StoreError
   */
  get(kind: string, key: string): unknown;
  /** All of a kind whose key begins with `prefix`, by key. @throws StoreError */
  entries(kind: string, prefix?: string): readonly Entry[];
  /** The keys of a kind, in no order. @throws StoreError */
  keys(kind: string): Iterable<string>;
  /**
   * Makes the changes, all or none, and resolves when they are on the disk and survive a power cut. Those
   * of one turn of the event loop go there together, in their order. A {@link StoreError} rejects it, and
   * nothing has changed.
   */
  commit(change: (write: Write) => void): Promise<void>;
  /**
   * Makes the changes, all or none, and writes them within 200 ms: for what may be lost in a crash. While
   * the disk fails they wait in memory, at most 32 Mi characters; what is more is shed.
   */
  later(change: (write: Write) => void): void;
  statistics(): StoreStatistics;
  /** Writes what waits, for at most so long (a second unless given), and lets go of the files. */
  close(deadlineMs?: number): void;
}

/** For metrics. Bytes are those of the database, without its write-ahead log. */
export interface StoreStatistics {
  readonly documents: {
    readonly bytes: number;
    /** Changes that are not written yet. */
    readonly waiting: number;
    /** Changes that were dropped. */
    readonly shed: number;
    readonly transactions: number;
    readonly lastError: string | null;
  };
  readonly messages: ReturnType<MessageLog["statistics"]>;
}

/** Opens a store, for this process alone. It makes files and folder when missing. @throws StoreError */
export function openStore(options: StoreOptions): Store {
  return new SqliteStore(options);
}

class SqliteStore implements Store {
  readonly messages: MessageLog;
  readonly #documents: Documents;
  readonly #disk: Disk;
  readonly #log: Log;
  #isClosed = false;

  constructor(options: StoreOptions) {
    const { path, kinds, messageRetention: retention, messageMaxAgeMs: maxAgeMs } = options;
    const { clock, log } = options;
    this.#log = log;
    this.#disk = openDisk(path, DOCUMENTS, "the store", options, () => this.#documents.flush());
    try {
      this.#documents = new Documents({ disk: this.#disk, kinds, clock, log });
      const messages = messagesPath(path);
      this.messages = new MessageLog({
        clock,
        log,
        retention,
        maxAgeMs,
        open: (onRecovered) =>
          new BlockTable(openMessages(messages, options, onRecovered), retention),
        setAside: () => setAside(messages),
      });
    } catch (thrown) {
      this.#disk.close();
      throw thrown;
    }
  }

  get health(): "connected" | "failed" {
    return this.#disk.failure === null ? "connected" : "failed";
  }

  get(kind: string, key: string): unknown {
    return this.#documents.get(kind, key);
  }

  entries(kind: string, prefix = ""): readonly Entry[] {
    return this.#documents.entries(kind, prefix);
  }

  keys(kind: string): Iterable<string> {
    return this.#documents.keys(kind, "");
  }

  commit(change: (write: Write) => void): Promise<void> {
    return this.#documents.commit(change);
  }

  later(change: (write: Write) => void): void {
    this.#documents.later(change);
  }

  statistics(): StoreStatistics {
    const { waiting, shed } = this.#documents;
    const { bytes, transactions, lastError } = this.#disk;
    return {
      documents: { bytes, waiting, shed, transactions, lastError },
      messages: this.messages.statistics(),
    };
  }

  close(deadlineMs = 1_000): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#documents.flush();
    const documents = this.#documents.waiting;
    const messages = this.messages.close(deadlineMs);
    this.#disk.close();
    if (documents + messages > 0) {
      this.#log.warn("The store closed before all was written", { documents, messages });
    }
  }
}

function openDisk(
  path: string,
  schema: Schema,
  name: string,
  { clock, log }: StoreOptions,
  onRecovered: () => void,
): Disk {
  const db = openDatabase(path, schema);
  return new Disk({ db, name: `${name} "${path}"`, clock, log, onRecovered });
}

/** A damaged log is moved away: it must not keep the program from starting. */
function openMessages(path: string, options: StoreOptions, onRecovered: () => void): Disk {
  const open = () => openDisk(path, MESSAGES, "the message log", options, onRecovered);
  try {
    return open();
  } catch (thrown) {
    if (!(thrown instanceof StoreError) || thrown.reason !== "corrupt") throw thrown;
    const movedTo = setAside(path);
    const cause = thrown.cause;
    options.log.error("The message log was damaged and begins anew", { movedTo, cause });
    return open();
  }
}

/** Renames a database file with its write-ahead log, over what was moved away before. */
function setAside(path: string): string {
  const target = `${path}.damaged`;
  if (path === IN_MEMORY) return target;
  for (const suffix of ["", "-wal"]) {
    try {
      Deno.renameSync(path + suffix, target + suffix);
    } catch (thrown) {
      if (!(thrown instanceof Deno.errors.NotFound)) throw thrown;
    }
  }
  return target;
}

/** `data/ocpp-emu.db` → `data/ocpp-emu-messages.db`. */
function messagesPath(path: string): string {
  return path === IN_MEMORY ? path : `${path.replace(/\.db$/, "")}-messages.db`;
}
