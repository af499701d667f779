import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";
import { utf8Length } from "../../src/connection/text.ts";

const encoder = new TextEncoder();

for (
  const text of [
    "",
    "plain",
    "\u00df",
    "\u20ac",
    "\u{1f600}",
    "\ud83d",
    "\ude00",
    "\ude00\ud83d",
    "\ud83d\ud83d\ude00",
  ]
) {
  Deno.test(`UTF-8 length of ${JSON.stringify(text)} is what goes on the wire`, () => {
    assert.equal(utf8Length(text), encoder.encode(text).length);
  });
}

Deno.test("UTF-8 length agrees with the encoder on any mixture, broken pairs too", () => {
  const random = seededRandom(7);
  const units = [
    0x41,
    0x7f,
    0x80,
    0x7ff,
    0x800,
    0xd7ff,
    0xd800,
    0xdbff,
    0xdc00,
    0xdfff,
    0xe000,
    0xffff,
  ];
  for (let round = 0; round < 2_000; round++) {
    const text = String.fromCharCode(
      ...Array.from({ length: 8 }, () => units[Math.floor(random() * units.length)]!),
    );
    assert.equal(utf8Length(text), encoder.encode(text).length, JSON.stringify(text));
  }
});
