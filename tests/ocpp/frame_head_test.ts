import assert from "node:assert/strict";
import { readHead } from "../../src/ocpp/frame_head.ts";
import { writeCall, writeResult } from "../../src/ocpp/mod.ts";

const HEADS = [
  ['[2,"7","Reset",{"type":"Soft"}]', "call", "7", "Reset", null],
  ['[3,"7",{"status":"Accepted"}]', "result", "7", null, null],
  ['[4,"7","NotSupported","no",{}]', "error", "7", null, "NotSupported"],
  ['[5,"7","FormatViolation","",{}]', "result-error", "7", null, "FormatViolation"],
  ['[6,"7","NotifyPeriodicEventStream",{}]', "send", "7", "NotifyPeriodicEventStream", null],
  // White space as some servers write it
  ['\n [ 2 , "7" ,\t"Reset" , { } ]\r\n', "call", "7", "Reset", null],
  // Rare, and parsed whole
  ['[2,"a\\u0062","Re\\"set",{}]', "call", "ab", 'Re"set', null],
  ['[3,"7",null]', "result", "7", null, null],
  ['[4,"7","GenericError"]', "error", "7", null, "GenericError"],
  ['[3,"7","text",{}]', "result", "7", null, null],
  ['[2,"","",{}]', "call", "", "", null],
] as const;

Deno.test("the head of a frame tells type, id and action or error code (1.6-J §4.2)", () => {
  for (const [text, type, id, action, error] of HEADS) {
    const { restAt: _, ...head } = readHead(text);
    assert.deepEqual(head, { type, id, action, error }, text);
  }
});

const GARBAGE = [
  ["", /^it is not JSON: Unexpected end/],
  ['[2,"7","Reset",{"a":', /^it is not JSON: /],
  ['[2,"7","Reset",{}', /^it is not JSON: /],
  ["hello", /^it is not JSON: Unexpected token 'h'$/],
  ['{"a":{}}', /^it is no JSON array$/],
  ['[7,"7","Reset",{}]', /^its message type is unknown$/],
  ['["2","7","Reset",{}]', /^its message type is unknown$/],
  ["[]", /^its message type is unknown$/],
  ['[2,7,"Reset",{}]', /^its message id is no string$/],
  ['[2,"7",{}]', /^its action is no string$/],
  ['[4,"7",null,"",{}]', /^its error code is no string$/],
  ["[".repeat(1_000_000), /^it begins or ends like no frame$/],
] as const;

Deno.test("what is no frame is garbage, and why is told", () => {
  for (const [text, error] of GARBAGE) {
    const head = readHead(text);
    assert.deepEqual([head.type, head.id, head.action], ["garbage", null, null], text.slice(0, 50));
    assert.match(head.error!, error);
  }
});

Deno.test("the word about garbage quotes nothing of it", () => {
  assert.doesNotMatch(readHead('[2,"7","X",{"password":hunter2}').error!, /hunter2/);
});

Deno.test("where the rest begins is told of all that need not be parsed whole", () => {
  const rest = (text: string) => text.slice(readHead(text).restAt);
  assert.equal(rest('[2,"7","Reset",{"type":"Soft"}]'), '{"type":"Soft"}]');
  assert.equal(rest(' [ 3 , "7" , {}]'), "{}]");
  assert.equal(readHead('[3,"7",null]').restAt, 0);
  assert.equal(readHead('[2,"a\\u0062","Reset",{}]').restAt, 0);
});

Deno.test("a frame that was just written has the head that is read of it", () => {
  const other = '[2,"8","Heartbeat",{}]';
  for (
    const write of [
      () => writeCall("7", "Reset", { type: "Soft" }),
      () => writeResult('7"\ud83d', { status: "Accepted" }),
    ]
  ) {
    readHead(other);
    const { restAt: _, ...written } = readHead(write());
    const text = write();
    readHead(other);
    const { restAt: __, ...read } = readHead(text);
    assert.deepEqual(written, read);
  }
});

Deno.test("the words of a large frame are told as they are", () => {
  const text = `[2,"7-ß-7","${"A".repeat(300)}",{"data":"${"x".repeat(1_000_000)}"}]`;
  const { type, id, action } = readHead(text);
  assert.deepEqual([type, id, action], ["call", "7-ß-7", "A".repeat(300)]);
});
