import assert from "node:assert/strict";
import { stationSchema } from "../../src/config/mod.ts";
import { assertProblem, load, problemsOf } from "./helpers.ts";

/** The messages about a station in the API's camelCase, each with its key. */
function issuesOf(station: unknown): string[] {
  const { error } = stationSchema.safeParse(station);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function refuses(station: Record<string, unknown>, message: RegExp): void {
  const issues = issuesOf({ id: "A", ...station });
  assert.equal(issues.length, 1, JSON.stringify(issues));
  assert.match(issues[0] ?? "", message);
}

Deno.test("only the id is required", () => {
  assert.deepEqual(stationSchema.parse({ id: "A" }), {
    id: "A",
    enabled: true,
    autoStart: true,
    protocolVersion: ["1.6"],
    vendor: "ocpp-emu",
    model: "Emulator",
    connectors: [{ id: 1, type: "Type2", maxPower: 22_000 }],
    meterValues: {
      interval: 60_000,
      measurands: ["Energy.Active.Import.Register"],
      alignedInterval: 0,
    },
    tags: [],
  });
  assert.deepEqual(issuesOf({}), ["id: Is missing: it must be a text of 1 to 255 characters"]);
});

Deno.test("an unknown key names the nearest one, in the API's spelling and in YAML's", () => {
  refuses({ auto_start: true }, /^: Unknown key "auto_start": .* "autoStart"$/);
  refuses({ tls: { caCret: "x" } }, /^tls: Unknown key "caCret": .* "caCert"$/);
  assertProblem(
    problemsOf("stations:\n  - id: A\n    autoStart: true\n"),
    "stations[0].autoStart",
    /Unknown key "autoStart": the nearest known one is "auto_start"/,
    { line: 3 },
  );
  assertProblem(
    problemsOf("stations: [{ id: A, meter_values: { alignedinterval: 0 } }]"),
    "stations[0].meter_values.alignedinterval",
    /"aligned_interval"/,
  );
});

Deno.test("an id that YAML read as a number is told to be quoted", () => {
  assertProblem(problemsOf("stations: [{ id: 007 }]"), "stations[0].id", /found: 7 \(quote it\)/);
  assertProblem(problemsOf("stations: [{ id: true }]"), "stations[0].id", /\(quote it\)/);
  assert.equal(load('stations: [{ id: "007" }]').stations[0]?.id, "007");
});

Deno.test("an id must survive a URL and a log line", () => {
  for (const id of [".", "..", "a\nb", "\ud800", " a", "a ", "", "x".repeat(256)]) {
    assert.equal(issuesOf({ id }).length, 1, JSON.stringify(id));
  }
  for (const id of ["RDAM 123|\u00df", "a/b", "%2e", "...", "a:b", "\ud83d\udd0c"]) {
    assert.deepEqual(issuesOf({ id }), [], id);
  }
});

Deno.test("a protocol version is a number, a text, a subprotocol, or a list of them", () => {
  const versions = (text: string) =>
    load(`stations: [{ id: A, protocol_version: ${text} }]`).stations[0]?.protocolVersions;
  for (const text of ["1.6", '"1.6"', "ocpp1.6", "OCPP1.6", "[1.6]"]) {
    assert.deepEqual(versions(text), ["1.6"], text);
  }
  assert.deepEqual(versions("2.1"), ["2.1"]);
  assert.deepEqual(versions("ocpp2.0.1"), ["2.0.1"]);
  assert.deepEqual(versions("[2.1, ocpp2.0.1, 1.6]"), ["2.1", "2.0.1", "1.6"]);
});

Deno.test("other versions, empty lists and repetitions are refused", () => {
  refuses({ protocolVersion: 2 }, /Must be 1\.6, 2\.0\.1, 2\.1, or a list .*, found: 2$/);
  refuses({ protocolVersion: ["1.6", "1.5"] }, /found: "1\.5"$/);
  refuses({ protocolVersion: [] }, /found: nothing$/);
  refuses({ protocolVersion: true }, /found: true$/);
  refuses({ protocolVersion: [1.6, "ocpp1.6"] }, /each version once/);
});

Deno.test("a url is ws or wss, without user info, fragment or unknown placeholders", () => {
  refuses({ url: "http://csms/" }, /Must start with ws:\/\/ in place of http:\/\//);
  refuses({ url: "https://csms/" }, /Must start with wss:\/\/ in place of https:\/\//);
  refuses({ url: "csms:9000/ocpp" }, /Must start with ws:\/\/ or wss:\/\/, found: "csms/);
  refuses({ url: "ws://u:p@csms/" }, /user name or password .*, found: "ws:\/\/\*\*\*@csms\/"/);
  refuses({ url: "ws://@csms/" }, /user name or password/);
  refuses({ url: "ws://csms/#x" }, /fragment/);
  refuses({ url: "ws://csms/#" }, /fragment/);
  refuses({ url: "ws://csms/{id}" }, /no placeholder other than "\{stationId\}"/);
  refuses({ url: "ws://cs ms/" }, /spaces/);
  refuses({ url: "ws://" }, /Must be a URL/);
  refuses({ url: "ws://csms:99999/" }, /Must be a URL/);
  for (
    const url of ["ws://csms", "WSS://csms/a?b=c", "ws://[::1]:9000/{stationId}/x", "ws://h/@"]
  ) {
    assert.deepEqual(issuesOf({ id: "A", url }), [], url);
  }
});

Deno.test("auth takes what belongs to its type and nothing else", () => {
  const password = "0123456789abcdef";
  refuses({ auth: { type: "basic" } }, /auth\.password: Is missing: type "basic" needs/);
  refuses({ auth: { type: "bearer" } }, /auth\.token: Is missing/);
  refuses({ auth: { password } }, /auth\.type: Is missing: it must be none, basic or bearer/);
  refuses({ auth: { type: "none", password } }, /auth\.password: .* belongs to type "basic"/);
  refuses({ auth: { type: "basic", password, token: "x" } }, /auth\.token: .* "bearer"/);
  refuses({ auth: { type: "basic", password, authorizationKey: "00" } }, /together/);
  refuses({ auth: { type: "basic", password, username: "a:b" } }, /must not contain ":"/i);
  refuses({ auth: { type: "basic", password: "" } }, /found: an empty text/);
  refuses({ auth: { type: "bearer", token: "a b" } }, /without spaces, found: a text of fewer/);
});

Deno.test("an authorization key is pairs of hex digits, and digits alone are quoted", () => {
  const of = (authorizationKey: unknown) => ({ auth: { type: "basic", authorizationKey } });
  refuses(of("012"), /Must be pairs of hex digits, found: a text of fewer than 16/);
  refuses(of("zz".repeat(20)), /Must be pairs of hex digits/);
  refuses(of(1020304050607), /found: a number \(quote it\)/);
  const parsed = stationSchema.parse({
    id: "A",
    ...of("0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF"),
  });
  assert.equal(parsed.auth?.type, "basic");
});

Deno.test("over HTTP a secret cannot refer to a variable or a file", () => {
  refuses({ auth: { type: "bearer", token: "${TOKEN}" } }, /works in config\.yaml only/);
  refuses({ auth: { type: "bearer", token: { file: "/etc/passwd" } } }, /config\.yaml only/);
});

Deno.test("connectors number themselves and are unique", () => {
  const { connectors } = stationSchema.parse({ id: "A", connectors: [{}, { maxPower: 50_000 }] });
  assert.deepEqual(connectors.map(({ id }) => id), [1, 2]);
  refuses({ connectors: [{ id: 2 }, {}] }, /connectors\.1\.id: Must be unique .* found: 2 twice/);
  refuses({ connectors: [{ id: 0 }] }, /whole number from 1/);
  refuses({ connectors: [{ maxPower: 0 }] }, /number above 0/);
  refuses({ connectors: [] }, /list of 1 to 1000 entries, found: 0/);
  refuses({ connectors: 2 }, /Must be a list, found: 2/);
});

Deno.test("the rest keeps its bounds", () => {
  refuses({ securityProfile: 4 }, /Must be 0, 1, 2 or 3, found: 4/);
  refuses({ simulation: { speed: 0 } }, /above 0 to 100000/);
  refuses({ strictness: "loose" }, /strict or lenient/);
  refuses({ model: "x".repeat(21) }, /text of 1 to 20 characters/);
  refuses({ iccid: 8949000000000000 }, /\(quote it\)/);
  refuses({ meterValues: { interval: 60 } }, /write 60s/);
  refuses({ tags: "depot" }, /Must be a list, found: a text/);
});

Deno.test("what the official 1.6 schema would refuse at boot is refused here", () => {
  const vendor = "x".repeat(21);
  assertProblem(
    problemsOf(`stations: [{ id: A, vendor: ${vendor} }]`),
    "stations[0].vendor",
    /1\.6/,
  );
  assert.equal(
    load(`stations: [{ id: A, vendor: ${vendor}, protocol_version: 2.1 }]`).warnings.length,
    0,
  );
});
