import assert from "node:assert/strict";
import { heartbeat } from "../../../src/station/v16/heartbeat.ts";
import { NOON } from "./fake_charger.ts";
import { oddPayloads, spell } from "./support.ts";

Deno.test("§4.6: a heartbeat is empty, and its answer is the time", () => {
  assert.deepEqual(spell(heartbeat, null), {});
  assert.equal(heartbeat.answer({ currentTime: "2026-01-31T13:00:00+01:00" }), NOON);
});

Deno.test("§4.6: an answer without a time is no time", () => {
  for (const odd of oddPayloads({ currentTime: "" })) assert.equal(heartbeat.answer(odd), null);
});
