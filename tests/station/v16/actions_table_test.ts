import assert from "node:assert/strict";
import type { VersionId } from "../../../src/ocpp/mod.ts";
import { actionsTable, BEHAVIOURS, insertTable } from "../../../tools/actions_table.ts";

const readme = await Deno.readTextFile(new URL("../../../README.md", import.meta.url));

for (const version of Object.keys(BEHAVIOURS) as VersionId[]) {
  Deno.test(`the table of ${version} in README is the one that the code makes`, async () => {
    assert.equal(insertTable(readme, version, await actionsTable(version)), readme);
  });
}

Deno.test("the table of 1.6 has all 39 actions with who sends them", async () => {
  const lines = (await actionsTable("1.6")).trimEnd().split("\n");
  assert.equal(lines.length, 2 + 39);
  const senders = (sender: string) => lines.filter((line) => line.split("|")[2]?.trim() === sender);
  assert.equal(senders("station").length, 13);
  assert.equal(senders("CSMS").length, 25);
  assert.equal(senders("both").length, 1);
  assert(lines.every((line) => line.split("|").length === 5));
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
  await assert.rejects(
    actionsTable("2.1"),
    /Cannot describe "\w+" of OCPP 2\.1: it has no sentence/,
  );
});
