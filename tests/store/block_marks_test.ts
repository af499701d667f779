import assert from "node:assert/strict";
import { mayHold } from "../../src/store/block_marks.ts";
import { BlockWriter } from "../../src/store/block_writer.ts";
import { frame } from "./support.ts";

function marksOf(stations: number, actions: readonly string[]): Uint8Array {
  const writer = new BlockWriter();
  for (let n = 0; n < 500; n++) {
    writer.append(n + 1, frame({ stationId: `CP${n % stations}`, action: actions[n % 3]! }));
  }
  return writer.seal()!.marks;
}

Deno.test("marks never deny what a block has", () => {
  for (const stations of [1, 7, 100, 500]) {
    const marks = marksOf(stations, ["Heartbeat", "MeterValues", "StatusNotification"]);
    for (let n = 0; n < stations; n++) {
      for (const action of ["Heartbeat", "MeterValues", "StatusNotification"]) {
        assert(mayHold(marks, { stationId: `CP${n}`, action, type: "call" }));
      }
    }
    assert(mayHold(marks, {}) && mayHold(marks, { q: "x", direction: "in" }));
  }
});

Deno.test("marks deny nearly all that a block does not have, and grow with what it has", () => {
  for (const stations of [1, 7, 100, 500]) {
    const marks = marksOf(stations, ["Heartbeat", "MeterValues", "StatusNotification"]);
    const foreign = Array.from({ length: 10_000 }, (_, n) => `CP${1_000 + n}`);
    const taken = foreign.filter((stationId) => mayHold(marks, { stationId })).length;
    assert(taken < 700, `${stations} stations: ${taken} of 10,000 look like one of them`);
    assert.equal(
      marks.length,
      stations === 500 ? 512 : stations === 100 ? 128 : stations + 4 > 8 ? 16 : 8,
    );
  }
});

Deno.test("marks tell a station from an action of the same name, and have the types", () => {
  const marks = marksOf(1, ["CP9", "CP9", "CP9"]);
  assert(mayHold(marks, { action: "CP9" }) && mayHold(marks, { type: "call" }));
  assert(!mayHold(marks, { stationId: "CP9" }));
  assert(!mayHold(marks, { type: "error" }) && !mayHold(marks, { type: "garbage" }));
});
