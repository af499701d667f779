import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Schema } from "./schema.ts";
import { StoreError, toStoreError } from "./store_error.ts";

/** Keeps everything in memory, and nothing when it is closed. */
export const IN_MEMORY = ":memory:";

/** So long the last process may take to let go of the file, in milliseconds. It blocks the start. */
const LOCK_WAIT_MS = 1_000;

/** What a write-ahead log may leave on disk when it has been written back, in bytes. */
const WAL_LIMIT = 16 * 1024 * 1024;

/**
 * Opens a database file for this process alone, made when missing and brought to the newest version.
 * SQLite's own exclusive lock keeps a second process out; the system drops it with the process.
 * A file that is refused stays as it is.
 *
 * @throws StoreError
 */
export function openDatabase(path: string, schema: Schema): DatabaseSync {
  const what = `open the store "${path}"`;
  let db: DatabaseSync | null = null;
  try {
    if (path !== IN_MEMORY) Deno.mkdirSync(dirname(path), { recursive: true });
    db = new DatabaseSync(path);
    if (path !== IN_MEMORY) keepPrivate(path);
    prepare(db, schema, what);
    return db;
  } catch (thrown) {
    db?.close();
    throw toStoreError(what, thrown);
  }
}

/** It may hold passwords. Where files have no modes, or this one is not ours, it stays as it is. */
function keepPrivate(path: string): void {
  try {
    Deno.chmodSync(path, 0o600);
  } catch {
    // Opening it says what is wrong, if anything is.
  }
}

function prepare(db: DatabaseSync, schema: Schema, what: string): void {
  db.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}; PRAGMA locking_mode = EXCLUSIVE`);
  const isNew = pragma(db, "schema_version") === 0;
  const version = Number(pragma(db, "user_version"));
  if (!isNew && pragma(db, "application_id") !== schema.applicationId) {
    throw new StoreError(what, "corrupt");
  }
  if (version > schema.migrations.length) throw new StoreError(what, "newer");
  if (!isNew) {
    for (const table of schema.checked) {
      const said = pragma(db, `quick_check(${table})`);
      if (said !== "ok") throw new StoreError(what, "corrupt", { cause: new Error(String(said)) });
    }
  }
  // Takes effect only before the first table: what is deleted can be given back to the disk.
  if (isNew) db.exec("PRAGMA auto_vacuum = INCREMENTAL");
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = ${WAL_LIMIT}`);
  db.exec("PRAGMA synchronous = FULL");
  migrate(db, schema, version);
}

/** Writes even when there is nothing to migrate, so that a file that cannot be written is found now. */
function migrate(db: DatabaseSync, { applicationId, migrations }: Schema, from: number): void {
  db.exec("BEGIN EXCLUSIVE");
  for (const step of migrations.slice(from)) {
    if (typeof step === "string") db.exec(step);
    else step(db);
  }
  db.exec(`PRAGMA application_id = ${applicationId}`);
  db.exec(`PRAGMA user_version = ${migrations.length}`);
  db.exec("COMMIT");
}

/** The one value that a pragma answers. */
export function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}
