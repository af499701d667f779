import assert from "node:assert/strict";
import { authorization, type Credentials } from "../../src/connection/authorization.ts";
import { Secret } from "../../src/log/mod.ts";

function basic(
  part: { username?: string; password?: string; authorizationKey?: string },
): Credentials {
  const secret = (text?: string) => text === undefined ? null : new Secret(text);
  return {
    type: "basic",
    username: part.username ?? null,
    password: secret(part.password),
    authorizationKey: secret(part.authorizationKey),
  };
}

/** The bytes behind `Basic`. */
function sentBytes(credentials: Credentials, id = "CP1"): number[] {
  const header = authorization(credentials, id)?.reveal() ?? "";
  assert.match(header, /^Basic /);
  return Array.from(atob(header.slice(6)), (character) => character.charCodeAt(0));
}

const utf8 = (text: string) => [...new TextEncoder().encode(text)];

Deno.test("no credentials send no header", () => {
  assert.equal(authorization({ type: "none" }, "CP1"), null);
});

Deno.test("the station id is the user name unless another is given", () => {
  assert.deepEqual(sentBytes(basic({ password: "p" })), utf8("CP1:p"));
  assert.deepEqual(sentBytes(basic({ username: "joe", password: "p" })), utf8("joe:p"));
});

Deno.test("a password is sent as UTF-8, never decoded as hex (2.x A00.FR.205)", () => {
  assert.deepEqual(
    sentBytes(basic({ password: "gr\u00fc\u00df \u20ac" })),
    utf8("CP1:gr\u00fc\u00df \u20ac"),
  );
  assert.deepEqual(sentBytes(basic({ password: "00FF" })), utf8("CP1:00FF"));
  assert.deepEqual(sentBytes(basic({ password: "a:b" })), utf8("CP1:a:b"));
});

Deno.test("the key of the 1.6 whitepaper (section 4) gives the header that it prints", () => {
  const credentials = basic({ authorizationKey: "0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF" });
  assert.equal(
    authorization(credentials, "AL1000")?.reveal(),
    "Basic QUwxMDAwOgABAgMEBQYH////////////////",
  );
});

Deno.test("a key may be written in either case, and wins over a password", () => {
  const bytes = [...utf8("CP1:"), 0xab, 0x00, 0xcd];
  assert.deepEqual(sentBytes(basic({ authorizationKey: "aB00Cd", password: "no" })), bytes);
});

for (const key of ["", "abc", "0x00", "zz", "00 11"]) {
  Deno.test(`the key "${key}" is refused without being repeated`, () => {
    assert.throws(
      () => authorization(basic({ authorizationKey: key }), "CP1"),
      /^TypeError: Cannot decode the authorization key: it must be pairs of hex digits$/,
    );
  });
}

Deno.test("a user name with a colon is refused: nobody could tell where it ends", () => {
  assert.throws(
    () => authorization(basic({ password: "p" }), "CP:1"),
    /^TypeError: Cannot use "CP:1" with Basic authentication: it contains ":"$/,
  );
});

Deno.test("a bearer token is sent as it is", () => {
  const credentials = { type: "bearer", token: new Secret("abc.def-_~+/=") } as const;
  assert.equal(authorization(credentials, "CP1")?.reveal(), "Bearer abc.def-_~+/=");
});

for (const token of ["line\nbreak", "nul\u0000", "eu\u20acro", "sp ace", ""]) {
  Deno.test(`a token that no header can carry is refused, unrepeated: ${JSON.stringify(token)}`, () => {
    assert.throws(
      () => authorization({ type: "bearer", token: new Secret(token) }, "CP1"),
      /^TypeError: Cannot use the bearer token: it must be printable ASCII without spaces$/,
    );
  });
}

Deno.test("the header is a secret", () => {
  assert.equal(`${authorization(basic({ password: "hunter2" }), "CP1")}`, "***");
});
