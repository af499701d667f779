import assert from "node:assert/strict";
import type { v16 } from "../../../src/ocpp/mod.ts";
import { idTag, readIdTagInfo } from "../../../src/station/v16/id_tag.ts";
import { NOON } from "./fake_charger.ts";
import { oddPayloads } from "./support.ts";

Deno.test("§7.28: an idTag is a token of no type", () => {
  assert.deepEqual(idTag("B4A63CDF"), { idToken: "B4A63CDF", type: "" });
});

Deno.test("§7.27: an IdTagInfo with all it can have, and with the least", () => {
  const whole = { status: "Blocked", parentIdTag: "P", expiryDate: "2026-01-31T13:00:00+01:00" };
  assert.deepEqual(readIdTagInfo(whole as v16.IdTagInfo), {
    status: "Blocked",
    groupId: idTag("P"),
    expiresAt: NOON,
  });
  const least = { status: "Accepted", groupId: null, expiresAt: null };
  assert.deepEqual(readIdTagInfo({ status: "Accepted" }), least);
  assert.deepEqual(readIdTagInfo({ status: "Accepted", parentIdTag: "" }), least);
});

Deno.test("a lenient station reads a status in the wrong case, and any other as Invalid", () => {
  const read = (status: string) => readIdTagInfo({ status } as v16.IdTagInfo).status;
  assert.equal(read("ACCEPTED"), "Accepted");
  assert.equal(read("concurrenttx"), "ConcurrentTx");
  assert.equal(read("Fine"), "Invalid");
});

Deno.test("nothing odd makes it throw", () => {
  for (const odd of oddPayloads({ status: "Accepted", parentIdTag: "P", expiryDate: "2026" })) {
    const info = readIdTagInfo(odd as unknown as v16.IdTagInfo);
    assert(info.expiresAt === null || Number.isFinite(info.expiresAt));
  }
  for (const odd of [null, "abc", 1, []]) {
    assert.equal(readIdTagInfo(odd as unknown as v16.IdTagInfo).status, "Invalid");
  }
});
