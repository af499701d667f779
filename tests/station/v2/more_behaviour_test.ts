import assert from "node:assert/strict";
import { loadVersion } from "../../../src/ocpp/mod.ts";
import { moreBehaviour } from "../../../src/station/v2/more_behaviour.ts";
import { moreCommands21 } from "../../../src/station/v2/more_commands.ts";
import { moreMessages21 } from "../../../src/station/v2/more_messages.ts";

Deno.test("what is obeyed or said beyond charging is written down, and the rest is sent on demand", async () => {
  const { actions } = await loadVersion("2.1");
  const done = new Set([
    ...Object.keys(moreCommands21),
    ...Object.values(moreMessages21).flatMap((line) => line?.map(({ action }) => action) ?? []),
  ]);
  for (const [action, sentence] of Object.entries(moreBehaviour)) {
    assert.equal(!done.delete(action), sentence.startsWith("Sent on demand"), action);
    if (sentence.startsWith("Sent on demand")) assert.equal(actions.get(action)?.from, "station");
  }
  assert.deepEqual([...done], []);
});
