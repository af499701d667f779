/**
 * The store room: what must survive `kill -9` and a power cut, and the log of every frame.
 *
 * A {@link Store} keeps JSON documents by kind and key, each with the version of its kind, and knows
 * nothing of what is in them. `commit` is for what a message on the wire relies on: it resolves when the
 * changes are on the disk. `later` is for what may be lost in a crash. The message log is a file of its
 * own beside the documents: it never makes a commit wait for its pages, may be deleted, and when it is
 * damaged it is moved away without a loss to any station. Ten thousand stations fill it, so its messages
 * are packed into blocks of bytes, in memory as on the disk, and become objects when somebody asks:
 *
 * ```text
 *   append ──▶ block that is filled ── full, or 1 s old ──▶ blocks in memory ──▶ row of the table
 *                     BlockWriter                             RecentBlocks         BlockTable
 *   query  ◀── MessageBlock.find, newest first, in each of the three; marks say which rows to read
 * ```
 *
 * Both files are SQLite in WAL mode, locked for this process while it lives. SQLite works in the thread of the
 * event loop, so everything is done in steps of a few milliseconds; a commit takes as long as the disk.
 *
 * Invariants: an open file of ours is of this program and this version, or the start ends with a
 * {@link StoreError} that says what to do, and the file is as it was; what a reader sees is what was
 * written last, on the disk or not; a disk that fails stops writing but not reading, is tried again with
 * growing waits, and what waits for it stays within bounds. While the files are open, nobody else in this
 * process may open and close them: that would drop the lock (POSIX).
 *
 * May import `clock` and `log`.
 *
 * @module
 */
export type { Entry } from "./documents.ts";
export type { Write } from "./draft.ts";
export type { Kind, Kinds } from "./kinds.ts";
export type {
  LoggedMessage,
  MessageFilter,
  MessagePage,
  MessageQuery,
  MessageType,
  NewMessage,
} from "./message.ts";
export { matchesFilter } from "./message.ts";
export type { MessageLog } from "./message_log.ts";
export type { Store, StoreOptions, StoreStatistics } from "./store.ts";
export { openStore } from "./store.ts";
export type { StoreErrorReason } from "./store_error.ts";
export { StoreError } from "./store_error.ts";
