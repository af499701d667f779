import type { DatabaseSync } from "node:sqlite";
import { BlockRows } from "./block_rows.ts";
import { BlockWriter } from "./block_writer.ts";
import type { LoggedMessage } from "./message.ts";

/** The message log of version 1 had a row for each message; version 2 has them in blocks. */
export function packRows(db: DatabaseSync): void {
  db.exec(`CREATE TABLE blocks (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    count INTEGER NOT NULL,
    marks BLOB NOT NULL,
    body BLOB NOT NULL
  )`);
  const blocks = new BlockRows(db);
  const writer = new BlockWriter();
  let count = 0;
  const seal = () => {
    const block = writer.seal();
    if (block === null) return;
    blocks.insert(block);
    count += block.count;
  };
  // One at a time: there may be millions.
  for (const row of db.prepare("SELECT * FROM messages ORDER BY seq").iterate()) {
    const message = row as unknown as LoggedMessage;
    if (writer.append(message.seq, message)) continue;
    seal();
    writer.append(message.seq, message);
  }
  seal();
  db.exec("DROP TABLE messages");
  db.prepare("UPDATE facts SET value = ? WHERE name = 'rows'").run(count);
}
