import assert from "node:assert/strict";
import { identityOddity, passwordOddity } from "../../src/config/oddities.ts";
import type { AuthConfig, ProtocolVersion } from "../../src/config/types.ts";
import { Secret } from "../../src/log/mod.ts";
import { load } from "./helpers.ts";

function basic(password: string | null, authorizationKey: string | null = null): AuthConfig {
  return {
    type: "basic",
    username: null,
    password: password === null ? null : new Secret(password),
    authorizationKey: authorizationKey === null ? null : new Secret(authorizationKey),
  };
}

Deno.test("an identity is odd in 2.x when it is long or has other letters (part 4 §3.1.1)", () => {
  assert.equal(identityOddity("x".repeat(48), ["2.0.1"]), null);
  assert.match(identityOddity("x".repeat(49), ["2.0.1"]) ?? "", /48 characters, .* has 49/);
  assert.match(identityOddity("RDAM 123", ["1.6", "2.1"]) ?? "", /found: "RDAM 123"/);
  assert.match(identityOddity("a:b", ["2.1"]) ?? "", /letters, digits/);
  assert.equal(identityOddity("Az09*-_=+|@.", ["2.1"]), null);
  assert.equal(identityOddity("RDAM 123|\u00df", ["1.6"]), null);
});

Deno.test("a password is odd below 16 and above what its versions allow (A00.FR.205)", () => {
  const odd = (length: number, ...versions: ProtocolVersion[]) =>
    passwordOddity(basic("x".repeat(length)), versions)?.message;
  const table = [["1.6", 16, 20], ["2.0.1", 16, 40], ["2.1", 16, 64]] as const;
  for (const [version, least, most] of table) {
    assert.equal(odd(least, version), undefined);
    assert.equal(odd(most, version), undefined);
    assert.match(odd(least - 1, version) ?? "", /16 to \d+ characters, this has fewer/);
    assert.match(odd(most + 1, version) ?? "", /this has more/);
  }
  assert.equal(odd(40, "1.6", "2.0.1"), undefined);
});

Deno.test("an authorization key is odd outside of 16 to 20 bytes, and in 2.x alone", () => {
  const odd = (bytes: number, version: ProtocolVersion) =>
    passwordOddity(basic(null, "00".repeat(bytes)), [version]);
  assert.equal(odd(16, "1.6"), null);
  assert.equal(odd(20, "1.6"), null);
  assert.match(odd(15, "1.6")?.message ?? "", /16 to 20 bytes, this has fewer/);
  assert.match(odd(21, "1.6")?.message ?? "", /this has more/);
  assert.match(odd(16, "2.0.1")?.message ?? "", /use password in its place/);
});

Deno.test("oddities are warnings, with their place, and one per fleet", () => {
  const { warnings } = load(`csms:
  auth: { type: bearer, token: x }
fleets:
  - id: RDAM {1..500}
    protocol_version: 2.1
    auth: { type: basic, username: u, password: short }
`);
  assert.deepEqual(warnings, [
    'config.yaml:4: fleets[0].id: OCPP 2.x allows letters, digits and * - _ = + | @ . only, found: "RDAM 1"',
    "config.yaml:6: fleets[0].auth.password: OCPP asks for 16 to 64 characters, this has fewer",
  ]);
});

Deno.test("ten thousand warnings become fifty and a count", () => {
  const stations = Array.from(
    { length: 200 },
    (_, n) => `  - { id: "a ${n}", protocol_version: 2.1 }`,
  );
  const { warnings } = load(["stations:", ...stations].join("\n"));
  assert.equal(warnings.length, 51);
  assert.equal(warnings.at(-1), "… and 150 more warnings");
});
