import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Cancel, Clock } from "../clock/mod.ts";
import { describeError, type Log } from "../log/mod.ts";
import { pragma } from "./open_database.ts";
import { StoreError, toStoreError } from "./store_error.ts";

/** `full`: on the disk before the call returns. `normal`: safe from a crash, not from a power cut. */
export type Durability = "full" | "normal";

/** What a {@link Disk} needs. */
export interface DiskOptions {
  readonly db: DatabaseSync;
  /** What it is for people, as in `the store "data/ocpp-emu.db"`. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Writing works again. */
  readonly onRecovered: () => void;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 10_000;
/** What a disk must take before it counts as working again. */
const PROBE_BYTES = 64 * 1024;

/**
 * The transactions of one database, and whether they work. The first that fails stops all writing;
 * from then on a probe finds out when it can go on. Reading is never stopped.
 *
 * ```text
 *   works ──── a transaction fails ───▶ failing ◀─┐ the probe fails: wait, at most 10 s
 *     ▲                                    │ ─────┘
 *     └────── the probe is written ────────┘
 * ```
 */
export class Disk {
  readonly db: DatabaseSync;
  readonly #options: DiskOptions;
  readonly #statements: Readonly<Record<Durability | "begin" | "commit", StatementSync>>;
  #durability: Durability = "full";
  #failure: StoreError | null = null;
  #lastError: StoreError | null = null;
  #cancelProbe: Cancel | null = null;
  #transactions = 0;

  constructor(options: DiskOptions) {
    const { db } = options;
    this.db = db;
    this.#options = options;
    this.#statements = {
      full: db.prepare("PRAGMA synchronous = FULL"),
      normal: db.prepare("PRAGMA synchronous = NORMAL"),
      begin: db.prepare("BEGIN IMMEDIATE"),
      commit: db.prepare("COMMIT"),
    };
  }

  /** Why nothing can be written now; `null`: it can. */
  get failure(): StoreError | null {
    return this.#failure;
  }

  /** The last failure, also when it is over. */
  get lastError(): string | null {
    return this.#lastError === null ? null : describeError(this.#lastError);
  }

  /** How many were committed. */
  get transactions(): number {
    return this.#transactions;
  }

  /** The size of the database, without its write-ahead log. */
  get bytes(): number {
    return Number(pragma(this.db, "page_count")) * Number(pragma(this.db, "page_size"));
  }

  /** Runs `work` in one transaction. @throws StoreError when it failed, or fails already */
  write(durability: Durability, work: () => void): void {
    if (this.#failure !== null) throw this.#failure;
    try {
      this.#transact(durability, work);
    } catch (thrown) {
      throw this.#fail(thrown);
    }
  }

  /** Runs `work`, which only reads. @throws StoreError; writing goes on */
  read<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      throw toStoreError(`read ${this.#options.name}`, thrown);
    }
  }

  /** Closes the database. Further writes fail. */
  close(): void {
    this.#cancelProbe?.();
    this.#cancelProbe = null;
    if (!this.db.isOpen) return;
    const { name } = this.#options;
    this.#failure ??= new StoreError(`write ${name}`, "failed", {
      cause: new Error("It is closed"),
    });
    this.db.close();
  }

  #transact(durability: Durability, work: () => void): void {
    if (durability !== this.#durability) {
      this.#statements[durability].run();
      this.#durability = durability;
    }
    try {
      this.#statements.begin.run();
      work();
      this.#statements.commit.run();
    } catch (thrown) {
      // SQLite has rolled back by itself after the worst failures.
      if (this.db.isTransaction) this.db.exec("ROLLBACK");
      throw thrown;
    }
    this.#transactions++;
  }

  #fail(thrown: unknown): StoreError {
    const { name, log } = this.#options;
    const error = toStoreError(`write ${name}`, thrown);
    this.#failure = this.#lastError = error;
    log.error(error.message, { reason: error.reason, cause: error.cause });
    this.#probeAfter(FIRST_RETRY_MS);
    return error;
  }

  #probeAfter(ms: number): void {
    const { clock, log, name, onRecovered } = this.#options;
    this.#cancelProbe = clock.after(ms, () => {
      this.#cancelProbe = null;
      try {
        this.#probe();
      } catch (thrown) {
        this.#failure = this.#lastError = toStoreError(`write ${name}`, thrown);
        return this.#probeAfter(Math.min(LONGEST_RETRY_MS, ms * 2));
      }
      this.#failure = null;
      log.info(`Writing works again: ${name}`);
      onRecovered();
    });
  }

  /** Takes some room and gives it back, since a full disk may still take a byte. */
  #probe(): void {
    this.#transact("full", () => {
      this.db.exec(`INSERT OR REPLACE INTO facts VALUES ('probe', zeroblob(${PROBE_BYTES}))`);
    });
    this.#transact("normal", () => this.db.exec("DELETE FROM facts WHERE name = 'probe'"));
  }
}
