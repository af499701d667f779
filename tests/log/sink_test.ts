import assert from "node:assert/strict";
import { fileSink, type LineWriter, writerSink } from "../../src/log/mod.ts";

/** A writer that takes a few bytes at a time, and can be made to fail or to hang. */
class Writer implements LineWriter {
  text = "";
  fails = false;
  closed = false;
  gate: Promise<void> | null = null;

  async write(bytes: Uint8Array): Promise<number> {
    await this.gate;
    if (this.fails) throw new Error("No space left on device");
    const part = bytes.subarray(0, 7);
    this.text += new TextDecoder().decode(part);
    return part.length;
  }

  close(): void {
    this.closed = true;
  }
}

Deno.test("lines arrive whole and in order over a writer that takes little at a time", async () => {
  const writer = new Writer();
  const sink = writerSink(writer);
  const lines = Array.from({ length: 50 }, (_, n) => `line number ${n}`);
  for (const line of lines) sink.write(line);
  await sink.flush();
  assert.equal(writer.text, lines.join("\n") + "\n");
});

Deno.test("a full disk costs lines, is counted, and is said once there is room again", async () => {
  const writer = new Writer();
  const sink = writerSink(writer);
  writer.fails = true;
  sink.write("lost 1");
  sink.write("lost 2");
  await sink.flush();
  writer.fails = false;
  sink.write("kept");
  await sink.flush();
  assert.equal(writer.text, "kept\n2 log lines were dropped: the log could not be written\n");
});

Deno.test("a stalled reader makes us drop, not grow", async () => {
  const writer = new Writer();
  const sink = writerSink(writer);
  const { promise, resolve } = Promise.withResolvers<void>();
  writer.gate = promise;
  sink.write("first");
  await Promise.resolve();
  await Promise.resolve();
  const long = "x".repeat(100_000);
  for (let n = 0; n < 20; n++) sink.write(long);
  resolve();
  await sink.flush();
  const kept = writer.text.split("\n").filter((line) => line.startsWith("xxx")).length;
  assert.equal(kept, 10);
  assert(writer.text.includes("10 log lines were dropped"));
});

Deno.test("close writes what waits, lets go of the writer, and drops what comes later", async () => {
  const writer = new Writer();
  const sink = writerSink(writer);
  sink.write("last words");
  await sink.close();
  sink.write("too late");
  await sink.flush();
  assert.equal(writer.text, "last words\n");
  assert(writer.closed);
});

Deno.test("a file sink appends to what is there", async () => {
  const path = await Deno.makeTempFile();
  try {
    for (const line of ["one", "two"]) {
      const sink = await fileSink(path);
      sink.write(line);
      await sink.close();
    }
    assert.equal(await Deno.readTextFile(path), "one\ntwo\n");
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("a file that cannot be opened is the caller's to hear of", async () => {
  await assert.rejects(fileSink("/dev/null/log"));
});
