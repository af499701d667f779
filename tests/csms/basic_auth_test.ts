import assert from "node:assert/strict";
import { isAuthorized } from "../../src/csms/basic_auth.ts";

const bytes = Uint8Array.fromHex("0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF");
const users = new Map<string, string | Uint8Array>([["AL1000", bytes], ["CP1", "p\u00e4ss:word"]]);

Deno.test("the example of the 1.6 security whitepaper is let in", () => {
  assert(isAuthorized(users, "AL1000", "Basic QUwxMDAwOgABAgMEBQYH////////////////"));
});

Deno.test("a text password is its UTF-8 bytes, colons and all", () => {
  assert(isAuthorized(users, "CP1", basic("CP1:p\u00e4ss:word")));
  assert(isAuthorized(users, "CP1", basic("CP1:p\u00e4ss:word").replace("Basic", "bAsIc")));
});

Deno.test("a wrong, shorter, longer, missing or unreadable password is refused", () => {
  const headers = [
    basic("CP1:p\u00e4ss:wore"),
    basic("CP1:p\u00e4ss:wor"),
    basic("CP1:p\u00e4ss:wordd"),
    basic("CP1:"),
    basic("CP1"),
    "Basic",
    "Basic ===",
    "Bearer abc",
    null,
  ];
  for (const header of headers) assert(!isAuthorized(users, "CP1", header), `${header}`);
});

Deno.test("another station's password proves nothing, and neither does an unknown station", () => {
  assert(!isAuthorized(users, "CP1", "Basic QUwxMDAwOgABAgMEBQYH////////////////"));
  assert(!isAuthorized(users, "CP1", basic("AL1000:p\u00e4ss:word")));
  assert(!isAuthorized(users, "CP2", basic("CP2:")));
});

function basic(text: string): string {
  return `Basic ${new TextEncoder().encode(text).toBase64()}`;
}
