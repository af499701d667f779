import assert from "node:assert/strict";
import {
  endsWith,
  type Holding,
  type Loss,
  startPoint,
} from "../../../src/station/transactions/tx_points.ts";

const NOTHING: Holding = { plugged: false, authorized: false, closed: false, flowing: false };
const COURSE: readonly Holding[] = [
  NOTHING,
  { ...NOTHING, plugged: true },
  { ...NOTHING, authorized: true },
  { ...NOTHING, plugged: true, authorized: true, closed: true },
  { plugged: true, authorized: true, closed: true, flowing: true },
];

/** By point: whether it holds with nothing, a car, a token, both, and energy; and the losses that it ends with. */
const TABLE: readonly (readonly [point: string, holds: string, ends: readonly Loss[]])[] = [
  ["ParkingBayOccupancy", ".x.xx", ["car"]],
  ["EVConnected", ".x.xx", ["car"]],
  ["Authorized", "..xxx", ["token"]],
  ["PowerPathClosed", "...xx", ["car", "token"]],
  ["DataSigned", "...xx", []],
  ["EnergyTransfer", "....x", ["flow"]],
];

for (const [point, holds, ends] of TABLE) {
  Deno.test(`E01, E06: when ${point} holds, and what ends it`, () => {
    const found = COURSE.map((holding) => startPoint([point], holding) === null ? "." : "x");
    assert.equal(found.join(""), holds);
    const losses: readonly Loss[] = ["car", "token", "flow"];
    assert.deepEqual(losses.filter((loss) => endsWith([point], loss)), ends);
  });
}

Deno.test("E01: of several points the first in a session counts, in whatever order they are written", () => {
  const all = TABLE.map(([point]) => point).toReversed();
  assert.deepEqual(COURSE.map((holding) => startPoint(all, holding)), [
    null,
    "ParkingBayOccupancy",
    "Authorized",
    "ParkingBayOccupancy",
    "ParkingBayOccupancy",
  ]);
});

Deno.test("E01, E06: an empty list, or one of words that nobody knows, is PowerPathClosed", () => {
  for (const points of [[], ["Moonrise"]]) {
    assert.deepEqual(COURSE.map((holding) => startPoint(points, holding)), [
      null,
      null,
      null,
      "PowerPathClosed",
      "PowerPathClosed",
    ]);
    assert(endsWith(points, "car") && endsWith(points, "token") && !endsWith(points, "flow"));
  }
});
