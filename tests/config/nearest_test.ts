import assert from "node:assert/strict";
import { nearest, unknownKey } from "../../src/config/nearest.ts";

const KEYS = ["auto_start", "auth", "url", "tls", "protocol_version"];

Deno.test("nearest finds a key with a letter dropped, added, changed or swapped", () => {
  assert.equal(nearest("aut", KEYS), "auth");
  assert.equal(nearest("urll", KEYS), "url");
  assert.equal(nearest("tlz", KEYS), "tls");
  assert.equal(nearest("protocol_versoin", KEYS), "protocol_version");
});

Deno.test("nearest does not mind the spelling of word borders", () => {
  assert.equal(nearest("autoStart", KEYS), "auto_start");
  assert.equal(nearest("PROTOCOL-VERSION", KEYS), "protocol_version");
});

Deno.test("nearest says nothing when nothing is near", () => {
  assert.equal(nearest("colour", KEYS), undefined);
  assert.equal(nearest("", []), undefined);
});

Deno.test("an unknown key without a near one is told which keys are known", () => {
  assert.equal(
    unknownKey("colour", ["id", "url"]),
    'Unknown key "colour": known here are id, url',
  );
});

Deno.test("a key of a megabyte is cut before it is compared or printed", () => {
  assert(unknownKey("x".repeat(1_000_000), KEYS).length < 200);
});
