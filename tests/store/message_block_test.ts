import assert from "node:assert/strict";
import { BlockWriter } from "../../src/store/block_writer.ts";
import { MessageBlock } from "../../src/store/message_block.ts";
import { clipMessage } from "../../src/store/message_clip.ts";
import type { NewMessage } from "../../src/store/mod.ts";
import { frame } from "./support.ts";

const ALL = { from: 0, below: Infinity };

/** The messages as a block that is still open has them, and as a sealed one has them. */
function blocksOf(given: readonly NewMessage[]): MessageBlock[] {
  const writer = new BlockWriter();
  given.forEach((each, at) => assert(writer.append(at + 1, each)));
  const open = writer.read();
  const read = readAll(open);
  const { body } = writer.seal()!;
  const sealed = MessageBlock.parse(body);
  assert.deepEqual(readAll(sealed), read);
  return [sealed];
}

function readAll(block: MessageBlock) {
  return Array.from({ length: block.count }, (_, at) => block.at(at));
}

const ODD: readonly NewMessage[] = [
  frame(),
  frame({ at: 1_700_000_000_123.9, direction: "in", type: "result", latencyMs: 0 }),
  frame({ type: "error", error: "NotSupported", latencyMs: 12.625, bytes: 4 * 1024 ** 3 - 1 }),
  frame({ type: "result-error", action: null, text: '[5,"7","Überlauf","⚡ 電気",{}]' }),
  frame({ type: "send", id: "", text: "[6,]" }),
  frame({ type: "garbage", action: null, id: null, text: "", bytes: 0, error: "It is no JSON" }),
  frame({ id: "not in the text" }),
  frame({ id: 'a"b', text: '[2,"a\\"b","Heartbeat",{}]' }),
  frame({ id: "🔌é", text: '[2,"🔌é","Heartbeat",{}]', stationId: "Säule 1", action: "CP001" }),
  frame({ text: "\ufeff a byte order mark", id: null }),
];

Deno.test("a message comes out of a block as it went in, open or sealed", () => {
  const [block] = blocksOf(ODD);
  assert.deepEqual(readAll(block!), ODD.map((each, at) => clipMessage(at + 1, each)));
});

Deno.test("half a character becomes the sign for it, and the others stay", () => {
  const [block] = blocksOf([frame({ text: "a\ud83db", id: null }), frame({ text: "c\udc00" })]);
  assert.deepEqual(readAll(block!).map(({ text }) => text), ["a\ufffdb", "c\ufffd"]);
  const [halves] = blocksOf([frame({ text: "one\ud83d" }), frame({ text: "\udd0ctwo" })]);
  assert.deepEqual(readAll(halves!).map(({ text }) => text), ["one\ufffd", "\ufffdtwo"]);
});

Deno.test("a text above 64 Ki characters is cut, and few of them fit into a block; words are cut at 255", () => {
  const writer = new BlockWriter();
  const huge = frame({ text: "電".repeat(100_000), error: "e".repeat(300), id: "i".repeat(300) });
  assert(writer.append(1, frame()));
  assert(writer.append(2, huge));
  assert(!writer.append(3, huge), "behind those it does not fit");
  assert.equal(writer.seal()!.count, 2);
  assert(writer.append(2, huge) && writer.append(3, huge));
  assert(!writer.append(4, frame()), "it is full");
  const { text, error, id } = MessageBlock.parse(writer.seal()!.body).at(0);
  assert.equal(text, "電".repeat(64 * 1024));
  assert.deepEqual([error?.length, id?.length], [255, 255]);
  assert(writer.append(3, frame()));
  assert.equal(MessageBlock.parse(writer.seal()!.body).at(0).text, frame().text);
});

Deno.test("a block takes 500 messages, and no more than 128 Ki characters of text", () => {
  const counts = ["x", "x".repeat(1024), "é".repeat(1024)].map((text) => {
    const writer = new BlockWriter();
    let count = 0;
    while (writer.append(count + 1, frame({ text }))) count++;
    return count;
  });
  assert.deepEqual(counts, [500, 128, 128]);
});

Deno.test("an empty writer has nothing to seal, and what was sealed does not change with the next", () => {
  const writer = new BlockWriter();
  assert.equal(writer.seal(), null);
  writer.append(1, frame({ stationId: "CP001", text: "one" }));
  const { body, ...facts } = writer.seal()!;
  assert.deepEqual([facts.first, facts.last, facts.count], [1, 1, 1]);
  writer.append(2, frame({ stationId: "CP002", text: "two" }));
  const { stationId, text } = MessageBlock.parse(body).at(0);
  assert.deepEqual([stationId, text], ["CP001", "one"]);
});

Deno.test("a search in a block tests all of the filter, newest first, in its span", () => {
  const [block] = blocksOf(ODD);
  const find = (filter: object, span = ALL, limit?: number) => block!.find(filter, span, limit);
  assert.deepEqual(find({}), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  assert.deepEqual(find({}, { from: 3, below: 6 }), [4, 3, 2]);
  assert.deepEqual(find({}, ALL, 2), [9, 8]);
  assert.deepEqual(find({ stationId: "Säule 1" }), [8]);
  assert.deepEqual(find({ action: "CP001" }), [8], "an action is no station");
  assert.deepEqual(find({ stationId: "Heartbeat" }), []);
  assert.deepEqual(find({ stationId: "CP404" }), []);
  assert.deepEqual(find({ direction: "in" }), [1]);
  assert.deepEqual(find({ direction: "out", type: "garbage" }), [5]);
  assert.deepEqual(find({ type: "result", direction: "out" }), []);
  assert.deepEqual(find({ type: "call", q: '"HEART' }), [8, 7, 6, 0]);
  assert.deepEqual(find({ q: "Überlauf" }), [3]);
  assert.deepEqual(find({ q: "überlauf" }), [], "only A to Z match a to z");
});

Deno.test("a search for a text finds nothing that two messages make together", () => {
  const [block] = blocksOf([
    frame({ text: "Wall" }),
    frame({ text: "Box" }),
    frame({ text: "ALLB" }),
  ]);
  const find = (q: string) => block!.find({ q }, ALL);
  assert.deepEqual([find("allb"), find("wallb"), find("BOX")], [[2], [], [1]]);
});

Deno.test("bytes that do not add up are no block", () => {
  const writer = new BlockWriter();
  for (let seq = 1; seq <= 3; seq++) writer.append(seq, frame());
  const { body } = writer.seal()!;
  const shifted = new Uint8Array(body.length + 3);
  shifted.set(body, 3);
  assert.equal(MessageBlock.parse(shifted.subarray(3)).at(2).seq, 3, "views may begin anywhere");
  const damaged: Uint8Array[] = [
    new Uint8Array(),
    body.subarray(0, 10),
    body.subarray(0, -1),
    new Uint8Array([...body, 0]),
    ...[0, 4, 8, 16, 24 + 7, 24 + 3 * 24].map((at) => body.with(at, 0xa5)),
    body.with(24 + 3 * 24 + 8, 60),
    new Uint8Array(body.length).fill(0xa5),
  ];
  for (const bytes of damaged) {
    assert.throws(() => MessageBlock.parse(bytes), { name: "StoreError", reason: "corrupt" });
  }
});
