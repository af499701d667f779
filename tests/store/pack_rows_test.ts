import assert from "node:assert/strict";
import type { LoggedMessage } from "../../src/store/mod.ts";
import { seqOf } from "../../src/store/message.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { MESSAGES } from "../../src/store/schema.ts";
import { frame, Shelf } from "./support.ts";

const ROWS = 2_300;
const VERSION_1 = { ...MESSAGES, migrations: MESSAGES.migrations.slice(0, 1) };

function rowOf(n: number): LoggedMessage {
  const at = Date.UTC(2026, 0, 1) + n;
  return {
    seq: seqOf(at) + (n % 7),
    ...frame({
      at,
      stationId: `CP${n % 40}`,
      direction: n % 2 === 0 ? "in" : "out",
      type: n % 50 === 3 ? "garbage" : "result",
      action: n % 3 === 0 ? null : "Heartbeat",
      id: n % 5 === 0 ? null : String(n),
      text: `[3,"${n}",{"é":"${"x".repeat(n % 300)}"}]`,
      bytes: n,
      latencyMs: n % 4 === 0 ? null : n / 8,
      error: n % 6 === 0 ? "odd" : null,
    }),
  };
}

/** A file as version 1 has left it. */
function makeOld(shelf: Shelf): void {
  Deno.mkdirSync(`${shelf.folder}/data`);
  const db = openDatabase(shelf.messagesPath, VERSION_1);
  const insert = db.prepare(
    `INSERT INTO messages (seq, at, stationId, direction, type, action, id, text, bytes, latencyMs,
       error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.exec("BEGIN");
  for (let n = 0; n < ROWS; n++) {
    const { seq, at, stationId, direction, type, action, id, text, bytes, latencyMs, error } =
      rowOf(
        n,
      );
    insert.run(seq, at, stationId, direction, type, action, id, text, bytes, latencyMs, error);
  }
  db.exec(`UPDATE facts SET value = ${ROWS} WHERE name = 'rows'; COMMIT`);
  db.close();
}

Deno.test("a message log of version 1 keeps every message, and its places", async () => {
  using shelf = new Shelf();
  makeOld(shelf);
  const { messages } = shelf.open();
  assert.equal(messages.statistics().rows, ROWS);
  const found: LoggedMessage[] = [];
  const reading = (async () => {
    for await (const each of messages.iterate({})) found.push(each);
  })();
  await shelf.clock.advance(100);
  await reading;
  assert.deepEqual(found, Array.from({ length: ROWS }, (_, n) => rowOf(ROWS - 1 - n)));
  messages.append(frame({ at: Date.UTC(2026, 0, 2), id: "new" }));
  assert.equal((await messages.query({ limit: 1 })).messages[0]?.id, "new");
});

Deno.test("an upgrade of a message log that fails leaves it as it was", () => {
  using shelf = new Shelf();
  makeOld(shelf);
  const migrations = [...MESSAGES.migrations, () => {
    throw new Error("the cable was pulled");
  }];
  assert.throws(() => openDatabase(shelf.messagesPath, { ...MESSAGES, migrations }), {
    name: "StoreError",
  });
  const left = shelf.raw(shelf.messagesPath, (db) => ({
    rows: db.prepare("SELECT count(*) AS n FROM messages").get()?.n,
    version: db.prepare("PRAGMA user_version").get()?.user_version,
  }));
  assert.deepEqual(left, { rows: ROWS, version: 1 });
});
