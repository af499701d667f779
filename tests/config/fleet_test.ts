import assert from "node:assert/strict";
import { expandIds } from "../../src/config/fleet.ts";
import { assertProblem, load, problemsOf } from "./helpers.ts";

function messageOf(pattern: string, count?: number): string {
  const expanded = expandIds(pattern, count);
  return "message" in expanded ? expanded.message : assert.fail(`${pattern} is a pattern`);
}

Deno.test("a pattern keeps the zeros of its first number", () => {
  assert.deepEqual(expandIds("CP{0009..0011}"), { ids: ["CP0009", "CP0010", "CP0011"] });
  assert.deepEqual(expandIds("CP{9..11}-x"), { ids: ["CP9-x", "CP10-x", "CP11-x"] });
  assert.deepEqual(expandIds("{7..7}"), { ids: ["7"] });
});

Deno.test("a count may stand beside a pattern when both agree", () => {
  assert.deepEqual(expandIds("A{1..3}", 3), { ids: ["A1", "A2", "A3"] });
  assert.match(messageOf("A{1..3}", 4), /count says: 4, found: 3/);
});

Deno.test("an id without a range is told the range to write", () => {
  assert.match(messageOf("CP", 250), /"CP\{001\.\.250\}", found: "CP"/);
  assert.match(messageOf("CP{1..2}{3..4}"), /Must have one range/);
  assert.match(messageOf("CP{x}"), /Must have one range/);
});

Deno.test("a range goes up and stays below a hundred thousand", () => {
  assert.match(messageOf("CP{5..4}"), /goes up/);
  assert.match(messageOf("CP{1..100001}"), /at most 100000 ids, found: 100001/);
});

Deno.test("a fleet becomes stations that differ in id and name only", () => {
  const { stations } = load(`
fleets:
  - id: "CP{01..03}"
    count: 3
    protocol_version: 2.1
    url: ws://csms/ocpp
stations:
  - id: ALONE
`);
  assert.deepEqual(stations.map(({ id, name }) => [id, name]), [
    ["CP01", "CP01"],
    ["CP02", "CP02"],
    ["CP03", "CP03"],
    ["ALONE", "ALONE"],
  ]);
  assert.equal(stations[0]?.connectors, stations[2]?.connectors);
  assert.deepEqual(stations[2]?.protocolVersions, ["2.1"]);
});

Deno.test("ids are unique across fleets and stations, also where the rest is wrong", () => {
  const problems = problemsOf(`
fleets:
  - id: A{1..5}
  - id: A{4..6}
stations:
  - id: A3
    url: nonsense
`);
  assert.deepEqual(problems.map(({ path, line }) => [path, line]), [
    ["fleets[1].id", 4],
    ["stations[0].id", 6],
    ["stations[0].url", 7],
  ]);
  assert.match(problems[0]?.message ?? "", /"A4" \(and 1 more\) belongs to fleets\[0\]/);
});

Deno.test("a range under stations is sent to fleets", () => {
  assertProblem(
    problemsOf(`stations: [{ id: "CP{1..2}" }]`),
    "stations[0].id",
    /belongs under fleets/,
  );
});

Deno.test("fleets are expanded only until there are too many stations", () => {
  const fleets = Array.from({ length: 1000 }, (_, n) => `  - id: F${n}-{1..60000}`);
  const problems = problemsOf(["fleets:", ...fleets].join("\n"));
  assertProblem(problems, "", /at most 100000 stations, found: at least 120000/);
});

Deno.test("a wrong count is the problem of count alone", () => {
  assertProblem(problemsOf(`fleets: [{ id: "A{1..2}", count: many }]`), "fleets[0].count", /whole/);
});
