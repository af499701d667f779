/** Why a store cannot be used, and what to do about it. */
export const STORE_REMEDIES = {
  corrupt: "the file is damaged, or no store of this program; nothing in it was changed: move it " +
    "away to start with an empty store, or put a backup in its place",
  locked: "another process uses it: stop that one, or give this one another storage.path",
  newer: "a newer version of this program wrote it, and nothing in it was changed: run that " +
    "version, or give this one another storage.path",
  full: "the disk is full: free some space, and writing goes on by itself",
  "read-only": "it cannot be written: let this user write the file and its folder, or give " +
    "another storage.path",
  failed: "the disk or the file system refuses: see the cause, and look at the system's log",
} as const;

/** See {@link STORE_REMEDIES}. */
export type StoreErrorReason = keyof typeof STORE_REMEDIES;

/** The store cannot do what it was asked for. The message says what to do; the cause is SQLite's. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly reason: StoreErrorReason;

  /** @param what what could not be done, as in `open the store "data/ocpp-emu.db"` */
  constructor(what: string, reason: StoreErrorReason, options?: ErrorOptions) {
    super(`Cannot ${what}: ${STORE_REMEDIES[reason]}`, options);
    this.reason = reason;
  }
}

/** SQLite's primary result codes (the low byte of an extended one). All others are `failed`. */
const REASONS: Readonly<Record<number, StoreErrorReason>> = {
  3: "read-only", // PERM
  5: "locked", // BUSY
  6: "locked", // LOCKED
  8: "read-only", // READONLY
  11: "corrupt", // CORRUPT
  13: "full", // FULL
  14: "read-only", // CANTOPEN
  23: "read-only", // AUTH
  26: "corrupt", // NOTADB
};

/** What was thrown by SQLite or the file system, as a {@link StoreError}. */
export function toStoreError(what: string, thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return thrown;
  return new StoreError(what, reasonOf(thrown), { cause: thrown });
}

function reasonOf(thrown: unknown): StoreErrorReason {
  if (!(thrown instanceof Error)) return "failed";
  if ("errcode" in thrown && typeof thrown.errcode === "number") {
    return REASONS[thrown.errcode & 0xff] ?? "failed";
  }
  // What keeps us out before SQLite has a connection comes without a result code.
  return /unable to open|read-only|permission|not a directory|requires .* access|exists/i
      .test(thrown.message)
    ? "read-only"
    : /no space/i.test(thrown.message)
    ? "full"
    : "failed";
}
