import assert from "node:assert/strict";
import { loadVersion, type VersionId } from "../../src/ocpp/mod.ts";
import { loadDialect } from "../../src/station/dialects.ts";
import { actionsTable, BEHAVIOURS, insertTable } from "../../tools/actions_table.ts";

const readme = await Deno.readTextFile(new URL("../../README.md", import.meta.url));

/** How many actions a version has, and who sends them. */
const COUNTS = {
  "1.6": { all: 39, station: 13, CSMS: 25, both: 1 },
  "2.0.1": { all: 64, station: 24, CSMS: 39, both: 1 },
  "2.1": { all: 91, station: 36, CSMS: 54, both: 1 },
} as const satisfies Record<VersionId, Record<string, number>>;

for (
  const [version, { all, ...senders }] of Object.entries(COUNTS) as [
    VersionId,
    typeof COUNTS["2.1"],
  ][]
) {
  Deno.test(`the table of ${version} in README is the one that the code makes`, async () => {
    assert.equal(insertTable(readme, version, await actionsTable(version)), readme);
  });

  Deno.test(`the table of ${version} has all ${all} actions with who sends them`, async () => {
    const lines = (await actionsTable(version)).trimEnd().split("\n");
    assert.equal(lines.length, 2 + all);
    assert(lines.every((line) => line.split("|").length === 5));
    for (const [sender, count] of Object.entries(senders)) {
      const sent = lines.filter((line) => line.split("|")[2]?.trim() === sender);
      assert.equal(sent.length, count, sender);
    }
  });

  Deno.test(`a station of ${version} obeys every action of its CSMS, and none that is not there`, async () => {
    const { actions } = await loadVersion(version);
    const { commands } = await loadDialect(version);
    const sent = [...actions.values()].filter(({ from }) => from !== "station");
    assert.deepEqual(Object.keys(commands).sort(), sent.map(({ name }) => name).sort());
  });
}

Deno.test("no sentence is about an action that is in no version", async () => {
  for (const [version, behaviour] of Object.entries(BEHAVIOURS)) {
    const { actions } = await loadVersion(version === "2.0.1" ? "2.1" : version as VersionId);
    assert.deepEqual(Object.keys(behaviour).filter((name) => !actions.has(name)), []);
  }
});

Deno.test("the table is as deno fmt leaves it", async () => {
  const text = insertTable(
    "# Title\n\n<!-- actions-1.6 -->\n<!-- /actions-1.6 -->\n",
    "1.6",
    await actionsTable("1.6"),
  );
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a.md`, text);
    const command = new Deno.Command(Deno.execPath(), {
      args: ["fmt", "-q", "--no-config", "--line-width=100", `${folder}/a.md`],
    });
    assert((await command.output()).success);
    assert.equal(await Deno.readTextFile(`${folder}/a.md`), text);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a table is put between its markers, however often", () => {
  const before = "a\n<!-- actions-1.6 -->\nold\n<!-- /actions-1.6 -->\nb\n";
  const after = "a\n<!-- actions-1.6 -->\n\n| x |\n\n<!-- /actions-1.6 -->\nb\n";
  assert.equal(insertTable(before, "1.6", "| x |\n"), after);
  assert.equal(insertTable(after, "1.6", "| x |\n"), after);
});

Deno.test("a table without markers, or without a sentence, is refused by name", async () => {
  const missing = /Cannot insert the table of OCPP 1\.6: "<!-- actions-1\.6 -->" … .* is missing/;
  assert.throws(() => insertTable("nothing", "1.6", ""), missing);
  assert.throws(() => insertTable("<!-- /actions-1.6 --><!-- actions-1.6 -->", "1.6", ""), missing);
  const { Reset: _, ...without } = BEHAVIOURS["2.1"];
  await assert.rejects(
    actionsTable("2.1", without),
    /Cannot describe "Reset" of OCPP 2\.1: it has no sentence/,
  );
});
