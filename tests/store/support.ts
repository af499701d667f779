/**
 * Stores on real files in a folder of their own, with a clock that a test moves.
 *
 * @module
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { VirtualClock } from "../../src/clock/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";
import {
  type NewMessage,
  openStore,
  type Store,
  StoreError,
  type StoreErrorReason,
  type StoreOptions,
} from "../../src/store/mod.ts";

/** A folder, its clock and log, and the stores that were opened in it. Dispose it: all goes. */
export class Shelf implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "ocpp-emu-store-" });
  readonly path = `${this.folder}/data/emu.db`;
  readonly messagesPath = `${this.folder}/data/emu-messages.db`;
  readonly clock = new VirtualClock();
  readonly lines: string[] = [];
  readonly log = createLog({
    level: "info",
    format: "json",
    sink: memorySink(this.lines),
    clock: this.clock,
  });
  readonly #stores: Store[] = [];

  open(options: Partial<StoreOptions> = {}): Store {
    const store = openStore({
      path: this.path,
      kinds: { station: { version: 1 }, cache: { version: 1 } },
      messageRetention: 100_000,
      messageMaxAgeMs: 30 * 24 * 3_600_000,
      clock: this.clock,
      log: this.log,
      ...options,
    });
    this.#stores.push(store);
    return store;
  }

  /** Opening must fail for this reason, and leave the file as it is. */
  refuses(reason: StoreErrorReason, options: Partial<StoreOptions> = {}): StoreError {
    const before = read(this.path);
    let error: unknown;
    try {
      this.open(options);
    } catch (thrown) {
      error = thrown;
    }
    assert(error instanceof StoreError, `expected "${reason}", it opened`);
    assert.equal(error.reason, reason, error.message);
    assert(isSame(read(this.path), before), `"${this.path}" was changed`);
    return error;
  }

  /** Another connection, to prepare or to look at a file that no store has open. */
  raw<T>(path: string, work: (db: DatabaseSync) => T): T {
    const db = new DatabaseSync(path);
    try {
      return work(db);
    } finally {
      db.close();
    }
  }

  /** The log's lines with this message. */
  logged(message: RegExp): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line)).filter((line) => message.test(line.message));
  }

  [Symbol.dispose](): void {
    for (const store of this.#stores) store.close();
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** A frame, of which a test says what matters. */
export function frame(given: Partial<NewMessage> = {}): NewMessage {
  return {
    at: Date.UTC(2026, 0, 1),
    stationId: "CP001",
    direction: "out",
    type: "call",
    action: "Heartbeat",
    id: "7",
    text: '[2,"7","Heartbeat",{}]',
    bytes: 22,
    latencyMs: null,
    error: null,
    ...given,
  };
}

function read(path: string): Uint8Array | null {
  try {
    return Deno.readFileSync(path);
  } catch {
    return null;
  }
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === b || (a?.length === b?.length && a?.every((byte, at) => byte === b?.[at]) === true);
}
