import assert from "node:assert/strict";
import { partsOf } from "../../../src/station/device_model/parts.ts";
import { MOST_REPORTED_BYTES } from "../../../src/station/device_model/message_limits.ts";

Deno.test("B07.FR.10: parts are numbered from 0, and only the last says that no more follows", () => {
  const items = Array.from({ length: 120 }, (_, index) => index);
  const parts = partsOf(5, items);
  assert.deepEqual(parts.map(({ seqNo, isContinued }) => [seqNo, isContinued]), [
    [0, true],
    [1, true],
    [2, false],
  ]);
  assert.deepEqual(parts.flatMap((part) => part.items), items);
  assert(parts.every(({ at }) => at === 5));
});

Deno.test("B07: long items make short parts, and one that is too long goes alone", () => {
  const items = [10_000, 10_000, 100_000, 1].map((length) => "x".repeat(length));
  const parts = partsOf(0, items);
  assert.deepEqual(parts.map(({ items }) => items.map(({ length }) => length)), [
    [10_000],
    [10_000],
    [100_000],
    [1],
  ]);
  const many = partsOf(0, Array<string>(100).fill("x".repeat(1000)));
  assert(many.every(({ items }) => JSON.stringify(items).length < MOST_REPORTED_BYTES + 100));
});

Deno.test("B07: nothing has no parts", () => {
  assert.deepEqual(partsOf(0, []), []);
});
