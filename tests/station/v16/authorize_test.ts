import assert from "node:assert/strict";
import { authorize } from "../../../src/station/v16/authorize.ts";
import { NOON } from "./fake_charger.ts";
import { oddPayloads, spell } from "./support.ts";

Deno.test("§4.1: a token is presented as text", () => {
  const idToken = { idToken: "B4A63CDF", type: "ISO14443" };
  assert.deepEqual(spell(authorize, { idToken }), { idTag: "B4A63CDF" });
});

for (const status of ["Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"]) {
  Deno.test(`§4.1: the answer ${status} is read with group and expiry`, () => {
    const idTagInfo = { status, parentIdTag: "GROUP", expiryDate: "2026-01-31T12:00:00Z" };
    const { groupId, ...info } = authorize.answer({ idTagInfo });
    assert.deepEqual(info, { status, expiresAt: NOON });
    assert.equal(groupId?.idToken, "GROUP");
    const bare = { status, groupId: null, expiresAt: null };
    assert.deepEqual(authorize.answer({ idTagInfo: { status } }), bare);
  });
}

Deno.test("§4.1: an answer that nobody understands lets nobody in", () => {
  for (const idTagInfo of oddPayloads({ status: "", parentIdTag: "", expiryDate: "" })) {
    assert.notEqual(authorize.answer({ idTagInfo }).status, "Accepted");
  }
  for (const odd of oddPayloads({ idTagInfo: {} })) {
    assert.notEqual(authorize.answer(odd).status, "Accepted");
  }
});
