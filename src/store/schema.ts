import type { DatabaseSync } from "node:sqlite";
import { packRows } from "./pack_rows.ts";

/** What a database file of this program holds. */
export interface Schema {
  /** SQLite's `application_id`: tells the file from those of other programs. */
  readonly applicationId: number;
  /**
   * The n-th leads from version n to n + 1 (`PRAGMA user_version`), as SQL or as work on the database, in a
   * transaction. Never change one: add one.
   */
  readonly migrations: readonly (string | ((db: DatabaseSync) => void))[];
  /** Small tables that are checked whole when the file is opened. */
  readonly checked: readonly string[];
}

/** What must survive: one row per document. */
export const DOCUMENTS: Schema = {
  applicationId: 0x6f637070, // "ocpp"
  migrations: [
    `CREATE TABLE documents (
       kind TEXT NOT NULL,
       key TEXT NOT NULL,
       version INTEGER NOT NULL,
       value TEXT NOT NULL,
       PRIMARY KEY (kind, key)
     ) WITHOUT ROWID;
     CREATE TABLE facts (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;`,
  ],
  checked: ["documents", "facts"],
};

/** The message log. Its rows are in the order of their places, which begin with the time: see message.ts. */
export const MESSAGES: Schema = {
  applicationId: 0x6f63706d, // "ocpm"
  migrations: [
    `CREATE TABLE messages (
       seq INTEGER PRIMARY KEY,
       at INTEGER NOT NULL,
       stationId TEXT NOT NULL,
       direction TEXT NOT NULL,
       type TEXT NOT NULL,
       action TEXT,
       id TEXT,
       text TEXT NOT NULL,
       bytes INTEGER NOT NULL,
       latencyMs REAL,
       error TEXT
     );
     CREATE INDEX messages_station ON messages (stationId);
     CREATE INDEX messages_action ON messages (action) WHERE action IS NOT NULL;
     CREATE INDEX messages_failed ON messages (type)
       WHERE type IN ('error', 'result-error', 'garbage');
     CREATE TABLE facts (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID;
     INSERT INTO facts VALUES ('rows', 0);`,
    packRows,
  ],
  checked: ["facts"],
};
