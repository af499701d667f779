import assert from "node:assert/strict";
import {
  checkCall,
  checkResult,
  type ErrorKind,
  type Frame,
  type FrameFault,
  messageIds,
  parseFrame,
  type VersionId,
  type Violation,
  writeCall,
  writeError,
  writeResult,
  writeResultError,
  writeSend,
} from "../../src/ocpp/mod.ts";
import { seededRandom, VirtualClock } from "../../src/clock/mod.ts";
import { fakeAction, fakeVersion, VERSION_IDS } from "./fake_version.ts";

const VERSIONS = {
  "1.6": fakeVersion("1.6"),
  "2.0.1": fakeVersion("2.0.1"),
  "2.1": fakeVersion("2.1"),
} as const;

function frame(text: string, id: VersionId): Frame {
  const read = parseFrame(text, VERSIONS[id]);
  assert.notEqual(read.type, "fault", JSON.stringify(read));
  return read as Frame;
}

function fault(text: string, id: VersionId): FrameFault {
  const read = parseFrame(text, VERSIONS[id]);
  assert(read.type === "fault", `expected a fault, got ${read.type}`);
  return read;
}

/** Type, id and code of an answer; `null` for none. Checks what all answers have in common. */
function answer(text: string, id: VersionId): string | null {
  const { answer } = fault(text, id);
  if (answer === null) return null;
  const [type, messageId, code, description, details, ...more] = JSON.parse(answer);
  assert(typeof description === "string" && description.length > 0 && description.length <= 255);
  assert.deepEqual([details, more], [{}, []]);
  return `${type} ${messageId} ${code}`;
}

/** Asserts the answers of 1.6, 2.0.1 and 2.1 to the same text. */
function answers(text: string, v16: string | null, v201: string | null, v21 = v201): void {
  assert.deepEqual(VERSION_IDS.map((id) => answer(text, id)), [v16, v201, v21], text.slice(0, 80));
}

Deno.test("CALL, CALLRESULT and CALLERROR are read in every version", () => {
  for (const id of VERSION_IDS) {
    assert.deepEqual(frame('[2,"a","Reset",{"type":"Hard"}]', id), {
      type: "call",
      id: "a",
      action: "Reset",
      payload: { type: "Hard" },
    });
    assert.deepEqual(frame(' [ 3 , "a" , {} ] ', id), { type: "result", id: "a", payload: {} });
    assert.deepEqual(frame('[4,"a","GenericError","no",{"x":1}]', id), {
      type: "error",
      id: "a",
      code: "GenericError",
      description: "no",
      details: { x: 1 },
    });
  }
});

Deno.test("CALLRESULTERROR and SEND are read in 2.1 (2.1 part 4 §4.2.4, §4.2.5)", () => {
  assert.deepEqual(frame('[5,"a","FormatViolation","",{}]', "2.1"), {
    type: "result-error",
    id: "a",
    code: "FormatViolation",
    description: "",
    details: {},
  });
  const send = frame('[6,"a","NotifyPeriodicEventStream",{"id":1}]', "2.1");
  assert.deepEqual(send, {
    type: "send",
    id: "a",
    action: "NotifyPeriodicEventStream",
    payload: { id: 1 },
  });
});

Deno.test("an unknown type number is ignored in 1.6 and 2.1 and refused in 2.0.1 (part 4 §4.4)", () => {
  answers('[9,"a",{}]', null, "4 a MessageTypeNotSupported", null);
  answers("[9]", null, "4 -1 MessageTypeNotSupported", null);
  answers('[2.5,"a","Reset",{}]', null, "4 a MessageTypeNotSupported", null);
  assert.equal(answer('[5,"a","GenericError","",{}]', "2.0.1"), "4 a MessageTypeNotSupported");
  assert.equal(answer('[6,"a","Reset",{}]', "2.0.1"), "4 a MessageTypeNotSupported");
  assert.equal(answer('[6,"a","Reset",{}]', "1.6"), null);
  assert.equal(
    fault('[9,"a"]', "2.1").message,
    'Cannot read frame "a": OCPP 2.1 has no message type 9',
  );
});

Deno.test('what has no readable id is answered with "-1" in 2.x and not at all in 1.6 (part 4 §4.2.3)', () => {
  const texts = [
    "",
    "hello",
    '[2,"a","Reset",{',
    "{}",
    "null",
    '"[]"',
    "[]",
    "[2]",
    "[null]",
    '[2,7,"Reset",{}]',
    '[2,null,"Reset",{}]',
    '[2,["a"],"Reset",{}]',
    `[2,"${"x".repeat(256)}","Reset",{}]`,
    "\ufeff[]",
  ];
  for (const text of texts) answers(text, null, "4 -1 RpcFrameworkError");
});

Deno.test("a message type that is no number is refused on its id in 2.x", () => {
  answers('["2","a","Reset",{}]', null, "4 a RpcFrameworkError");
  answers('[{},"a"]', null, "4 a RpcFrameworkError");
});

Deno.test("a CALL with a readable id and a bad shape is answered on that id", () => {
  answers('[2,"a"]', "4 a FormationViolation", "4 a RpcFrameworkError");
  answers('[2,"a","Reset"]', "4 a FormationViolation", "4 a RpcFrameworkError");
  answers('[2,"a","Reset",{},{}]', "4 a FormationViolation", "4 a RpcFrameworkError");
  answers('[2,"a",5,{}]', "4 a FormationViolation", "4 a RpcFrameworkError");
  answers('[2,"a",null,{}]', "4 a FormationViolation", "4 a RpcFrameworkError");
  for (const payload of ["[]", '"x"', "0", "false"]) {
    answers(`[2,"a","Reset",${payload}]`, "4 a FormationViolation", "4 a FormatViolation");
  }
});

Deno.test("a payload of null is empty in 1.6 and a fault in 2.x (1.6-J §4.2)", () => {
  const call = frame('[2,"a","Heartbeat",null]', "1.6");
  assert(call.type === "call");
  assert.deepEqual(call.payload, {});
  assert.deepEqual(frame('[3,"a",null]', "1.6"), { type: "result", id: "a", payload: {} });
  assert.equal(answer('[2,"a","Heartbeat",null]', "2.0.1"), "4 a FormatViolation");
  assert.equal(answer('[2,"a","Heartbeat",null]', "2.1"), "4 a FormatViolation");
});

Deno.test("an id of 36 characters is fine and one of 37 is refused on that id (part 4 §4.1.4)", () => {
  for (const id of ["x".repeat(36), "\u{1f50c}".repeat(36), ""]) {
    for (const version of VERSION_IDS) frame(`[2,"${id}","Reset",{}]`, version);
  }
  for (const id of ["x".repeat(37), "\u{1f50c}".repeat(37), "y".repeat(255)]) {
    const text = `[2,"${id}","Reset",{}]`;
    answers(text, `4 ${id} FormationViolation`, `4 ${id} RpcFrameworkError`);
    assert.equal(fault(text, "1.6").frame?.id, id, "a lenient station can still take it");
  }
});

Deno.test("an answer is never answered, but for a bad CALLRESULT in 2.1 (2.1 part 4 §4.2.4)", () => {
  answers('[3,"a"]', null, null, "5 a RpcFrameworkError");
  answers('[3,"a",{},{}]', null, null, "5 a RpcFrameworkError");
  answers('[3,"a",[]]', null, null, "5 a FormatViolation");
  answers("[3,7,{}]", null, null);
  answers('[4,"a"]', null, null);
  answers('[4,"a",5,"",{}]', null, null);
  answers('[4,null,"GenericError","",{}]', null, null);
  assert.equal(answer('[3,"a",null]', "2.1"), "5 a FormatViolation");
  assert.equal(answer('[5,"a"]', "2.1"), null);
  assert.equal(answer("[5,7]", "2.1"), null);
});

Deno.test("a SEND is never answered (2.1 part 4 §4.2.5)", () => {
  for (
    const text of [
      "[6]",
      '[6,"a"]',
      '[6,"a",1,{}]',
      '[6,"a","X",[]]',
      `[6,"${"x".repeat(37)}","X",{}]`,
    ]
  ) {
    assert.equal(answer(text, "2.1"), null);
  }
});

Deno.test("a CALLERROR without description or details is taken as if it had them", () => {
  for (
    const text of ['[4,"a","X"]', '[4,"a","X",""]', '[4,"a","X",null,null]', '[4,"a","X","",{}]']
  ) {
    const expected = { type: "error", id: "a", code: "X", description: "", details: {} };
    for (const id of VERSION_IDS) assert.deepEqual(frame(text, id), expected);
  }
});

Deno.test("a sloppy CALLERROR is reported, and what it says can still be taken", () => {
  for (const text of ['[4,"a","X",5,{}]', '[4,"a","X","",""]', '[4,"a","X","",{},1]']) {
    const { frame, of, answer } = fault(text, "1.6");
    assert.deepEqual([frame?.type, frame?.id, of, answer], ["error", "a", "error", null]);
  }
  assert.equal(fault('[4,"a",5,"",{}]', "1.6").frame, null);
});

Deno.test("a fault says what is wrong, where it is written, and what can be made out", () => {
  const { message, rule, kind, of, id, frame } = fault('[2,"a","Reset",{},[]]', "2.0.1");
  assert.equal(message, 'Cannot read CALL "a": it must have 4 elements, found 5');
  assert.equal(rule, "OCPP 2.0.1 part 4 §4.2.1");
  assert.deepEqual([kind, of, id], ["arity", "call", "a"]);
  assert.deepEqual(frame, { type: "call", id: "a", action: "Reset", payload: {} });

  const noPayload = fault('[2,"a","Reset",["x"]]', "1.6");
  assert.equal(
    noPayload.message,
    'Cannot read CALL "a": its payload must be an object, found an array',
  );
  assert.deepEqual([noPayload.rule, noPayload.frame], ["OCPP 1.6-J §4.2.1", null]);

  const garbage = fault("<html>", "2.1");
  assert.match(garbage.message, /^Cannot read frame: it is not JSON: .*<html>/);
  assert.equal(garbage.rule, "OCPP 2.1 part 4 §4.1.2");
});

Deno.test("no text makes a message long or multi-line", () => {
  const long = "\n\ud800".repeat(100_000);
  for (const version of VERSION_IDS) {
    for (const parts of [[long], [2, long], [2, "a", [], long], [4, "a", "X", {}, long], long]) {
      const { message } = fault(parts === long ? `[${long}` : JSON.stringify(parts), version);
      assert(message.length < 600 && !message.includes("\n") && message.isWellFormed(), message);
    }
  }
});

Deno.test("keys named __proto__, double keys, huge numbers and lone surrogates are data", () => {
  const call = frame('[2,"a","X",{"__proto__":{"polluted":1},"n":1e999,"d":1,"d":2}]', "2.1");
  assert(call.type === "call");
  assert.deepEqual(Object.keys(call.payload), ["__proto__", "n", "d"]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.equal(call.payload.polluted, undefined);
  assert.deepEqual([call.payload.n, call.payload.d], [Infinity, 2]);

  assert.equal(frame('[3,"__proto__",{}]', "2.1").id, "__proto__");
  const lone = fault('[2,"\\ud800","X"]', "2.1");
  assert.equal(JSON.parse(lone.answer!)[1], "\ud800");
  assert(lone.answer!.isWellFormed(), "a socket would change a lone surrogate");
});

Deno.test("only the white space that JSON knows may stand between the parts of a frame (RFC 8259 §2)", () => {
  const call = { type: "call", id: "7", action: "Reset", payload: { type: "Soft" } };
  const parts = ["", "[", "2", ",", '"7"', ",", '"Reset"', ",", '{"type":"Soft"}', "]", ""];
  for (let gap = 1; gap < parts.length; gap++) {
    const spaced = (space: string) =>
      parts.slice(0, gap).join("") + space + parts.slice(gap).join("");
    for (const space of [" ", "\t", "\n\r"]) {
      assert.deepEqual(frame(spaced(space), "1.6"), call, JSON.stringify(spaced(space)));
    }
    for (const space of ["\v", "\u00a0", "\ufeff", "\x01", "\u2028"]) {
      assert.equal(fault(spaced(space), "1.6").kind, "json", JSON.stringify(spaced(space)));
    }
  }
});

Deno.test("more than one payload is none", () => {
  assert.equal(fault('[2,"7","Reset",{},{}]', "1.6").kind, "arity");
  assert.equal(fault('[3,"7",{},{}]', "2.1").kind, "arity");
  assert.equal(fault('[2,"7","Reset",{}{}]', "1.6").kind, "json");
});

Deno.test("deep nesting is refused before it is parsed", () => {
  const deep = "[".repeat(250_000) + "]".repeat(250_000);
  for (
    const text of [deep, `[2,"a","X",{"a":${deep}}]`, "[".repeat(10_000_000), '{"a":'.repeat(1000)]
  ) {
    answers(text, null, "4 -1 RpcFrameworkError");
    assert.equal(fault(text, "2.1").kind, "depth");
  }
  const brackets = "[{".repeat(5000);
  const call = frame(JSON.stringify([2, "a", "X", { s: `${brackets}\\"${brackets}` }]), "2.1");
  assert(call.type === "call" && typeof call.payload.s === "string");
  const wide = JSON.stringify([2, "a", "X", { list: Array.from({ length: 5000 }, () => [{}]) }]);
  frame(wide, "2.1");
  const limit = "[".repeat(498) + "]".repeat(498);
  frame(`[2,"a","X",{"a":${limit},"b":"${"x".repeat(1000)}"}]`, "2.1");
});

Deno.test("a text of 10 MiB is read like any other", () => {
  const large = "x".repeat(10 * 2 ** 20);
  const call = frame(`[2,"a","DataTransfer",{"data":"${large}"}]`, "1.6");
  assert(call.type === "call" && call.payload.data === large);
  answers(`[2,"a","DataTransfer",{"data":"${large}`, null, "4 -1 RpcFrameworkError");
  answers(`[2,"a","${large}"]`, "4 a FormationViolation", "4 a RpcFrameworkError");
  answers(`[2,"${large}","X",{}]`, null, "4 -1 RpcFrameworkError");
});

Deno.test("frames are written without undefined fields, and the same way every time", () => {
  const payload = { connectorId: 1, info: undefined, list: [{ a: undefined, b: 0 }] };
  const text = '[2,"a","StatusNotification",{"connectorId":1,"list":[{"b":0}]}]';
  assert.equal(writeCall("a", "StatusNotification", payload), text);
  assert.equal(writeCall("a", "StatusNotification", payload), text);
  assert.equal(writeResult("a", {}), '[3,"a",{}]');
  assert.equal(
    writeSend("a", "NotifyPeriodicEventStream", { id: 1 }),
    '[6,"a","NotifyPeriodicEventStream",{"id":1}]',
  );
  assert.equal(
    writeResultError(VERSIONS["2.1"], "a", "FormatViolation", "no"),
    '[5,"a","FormatViolation","no",{}]',
  );
});

Deno.test("an error code is spelled the way of its version", () => {
  const code = (id: VersionId, kind: ErrorKind) =>
    JSON.parse(writeError(VERSIONS[id], "a", kind))[2];
  assert.equal(code("1.6", "FormatViolation"), "FormationViolation");
  assert.equal(code("1.6", "OccurrenceConstraintViolation"), "OccurenceConstraintViolation");
  assert.equal(code("2.0.1", "FormatViolation"), "FormatViolation");
  assert.equal(writeError(VERSIONS["2.1"], "a", "SecurityError"), '[4,"a","SecurityError","",{}]');
});

Deno.test("a description is cut at 255 characters, never inside a surrogate pair", () => {
  const described = (text: string) =>
    JSON.parse(writeError(VERSIONS["2.1"], "a", "GenericError", text))[3];
  assert.equal(described("x".repeat(255)), "x".repeat(255));
  assert.equal(described("x".repeat(256)), "x".repeat(255));
  assert.equal(described("x".repeat(254) + "\u{1f50c}"), "x".repeat(254));
  assert.equal(described("x".repeat(253) + "\u{1f50c}y"), "x".repeat(253) + "\u{1f50c}");
});

Deno.test("message ids differ within a process and over restarts, and stay short", () => {
  const clock = new VirtualClock();
  const newId = messageIds(clock, seededRandom(7));
  const ids = Array.from({ length: 10_000 }, newId);
  assert.equal(new Set(ids).size, ids.length);
  assert(ids.every((id) => id.length <= 36 && /^[0-9a-z-]+$/.test(id)));

  const sibling = messageIds(clock, seededRandom(8));
  assert(!ids.includes(sibling()), "another process started in the same millisecond");
  const restarted = messageIds(new VirtualClock(clock.now() + 1), seededRandom(7));
  assert(!ids.includes(restarted()), "a restart with the same seed");
  assert(`${ids[0]}`.length + Number.MAX_SAFE_INTEGER.toString(36).length - 1 <= 36, "a long run");
});

const VIOLATIONS: readonly Violation[] = [
  { kind: "TypeConstraintViolation", path: "type", message: "Found 5, must be a string" },
  { kind: "ProtocolError", path: "extra", message: "Found a property that is not allowed" },
];
const strict = (payload: unknown) => (payload as { bad?: true }).bad ? VIOLATIONS : [];

function checkedVersion(id: VersionId) {
  return fakeVersion(id, [
    fakeAction("Reset", { request: strict, response: strict }),
    fakeAction("BootNotification", { from: "station", request: strict }),
    fakeAction("DataTransfer", { from: "both" }),
    fakeAction("NotifyPeriodicEventStream", {
      from: "station",
      messageType: "send",
      request: strict,
    }),
  ]);
}

function call(action: string, payload = {}, type: "call" | "send" = "call") {
  return { type, id: "a", action, payload } as const;
}

Deno.test("a CALL of a known action with a good payload is fine", () => {
  const version = checkedVersion("2.1");
  assert.equal(checkCall(version, call("Reset"), "csms"), null);
  assert.equal(checkCall(version, call("DataTransfer"), "csms"), null);
  assert.equal(checkCall(version, call("DataTransfer"), "station"), null);
  assert.equal(checkCall(version, call("NotifyPeriodicEventStream", {}, "send"), "station"), null);
});

Deno.test("an unknown action is NotImplemented, whatever its name", () => {
  for (const action of ["Foo", "", "__proto__", "constructor", "reset"]) {
    const fault = checkCall(checkedVersion("1.6"), call(action), "csms");
    assert.equal(fault?.kind, "NotImplemented");
    assert.equal(fault.violations.length, 0);
  }
  const fault = checkCall(checkedVersion("1.6"), call("Foo"), "csms");
  assert.equal(fault?.message, 'Cannot accept CALL "a": OCPP 1.6 has no action "Foo"');
  assert.equal(fault.answer, '[4,"a","NotImplemented","OCPP 1.6 has no action \\"Foo\\"",{}]');
});

Deno.test("many violations make one CALLERROR, with the code and the path of the first", () => {
  const fault = checkCall(checkedVersion("1.6"), call("Reset", { bad: true }), "csms");
  assert.deepEqual(JSON.parse(fault!.answer!), [
    4,
    "a",
    "TypeConstraintViolation",
    "Reset.type: Found 5, must be a string (and 1 more)",
    {},
  ]);
  assert.equal(fault!.violations, VIOLATIONS);
});

Deno.test("the payload is checked before it is asked who may send the action", () => {
  const version = checkedVersion("2.1");
  const kindOf = (...args: Parameters<typeof call>) =>
    checkCall(version, call(...args), "csms")?.kind;
  assert.equal(kindOf("BootNotification", { bad: true }), "TypeConstraintViolation");
  assert.equal(kindOf("BootNotification"), "NotSupported");
  assert.equal(kindOf("NotifyPeriodicEventStream"), "NotSupported");
});

Deno.test("a bad SEND is not answered", () => {
  const version = checkedVersion("2.1");
  for (const action of ["Foo", "Reset", "NotifyPeriodicEventStream"]) {
    const fault = checkCall(version, call(action, { bad: true }, "send"), "station");
    assert.equal(fault?.answer, null);
    assert.match(fault.message, /^Cannot accept SEND "a": /);
  }
});

Deno.test("a bad CALLRESULT is answered in 2.1 only (2.1 part 4 §4.2.4)", () => {
  const result = { id: "a", payload: { bad: true } };
  const check = (id: VersionId) => {
    const version = checkedVersion(id);
    return checkResult(version, version.actions.get("Reset")!, result);
  };
  assert.equal(check("1.6")?.answer, null);
  assert.equal(check("2.0.1")?.answer, null);
  assert.match(check("2.1")!.answer!, /^\[5,"a","TypeConstraintViolation","Reset.type: Found 5/);
  const version = checkedVersion("2.1");
  assert.equal(checkResult(version, version.actions.get("Reset")!, { id: "a", payload: {} }), null);
});
