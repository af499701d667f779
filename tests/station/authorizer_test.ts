import assert from "node:assert/strict";
import { Authorizer } from "../../src/station/authorizer.ts";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";
import { ACCEPTED, charge, configure, INVALID, OTHER, TAG } from "./sessions.ts";

function ask(harness: StationHarness, idToken = TAG) {
  return new Authorizer(harness.station).ask(idToken, 1);
}

/** Puts TAG on the local list (1.6 §5.15). */
async function list(harness: StationHarness, info: object): Promise<void> {
  const { status } = await harness.call("SendLocalList", {
    listVersion: 1,
    updateType: "Full",
    localAuthorizationList: [{ idTag: TAG.idToken, idTagInfo: info }],
  });
  assert.equal(status, "Accepted");
}

Deno.test("online the CSMS is asked, and its word is told (1.6 §4.1)", async () => {
  const harness = await (await stationHarness({
    replies: { Authorize: { idTagInfo: { status: "Accepted", parentIdTag: "HOME" } } },
  })).boot();
  const verdict = await ask(harness);
  assert(verdict.kind === "accepted" && verdict.info.groupId?.idToken === "HOME");
  assert.equal(verdict.csms?.action, "Authorize");
  assert.deepEqual(harness.only("Authorize"), { idTag: "TAG-1" });
  await harness.over();
});

for (const status of ["Blocked", "Expired", "Invalid", "ConcurrentTx"]) {
  Deno.test(`a token that is ${status} may not charge, and the CSMS's word is told (1.6 §7.2)`, async () => {
    const reply = { idTagInfo: { status } };
    const harness = await (await stationHarness({ replies: { Authorize: reply } })).boot();
    assert.deepEqual(await ask(harness), {
      kind: "refused",
      reason: `The CSMS does not accept "TAG-1": ${status}`,
      csms: { action: "Authorize", payload: reply },
    });
    await harness.over();
  });
}

Deno.test("LocalPreAuthorize: what the list accepts needs no question (1.6 §3.5, §9.1.13)", async () => {
  const harness = await (await stationHarness({ replies: { Authorize: INVALID } })).boot();
  await list(harness, { status: "Accepted" });
  assert.equal((await ask(harness)).kind, "refused", "without it the CSMS decides");
  await configure(harness, { LocalPreAuthorize: "true" });
  assert.equal((await ask(harness)).kind, "accepted");
  assert.deepEqual(harness.said, []);
  await harness.over();
});

Deno.test("LocalPreAuthorize: what the cache accepts needs no question either (1.6 §3.5.1)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { LocalPreAuthorize: "true" });
  await ask(harness);
  await ask(harness);
  assert.equal(harness.payloads("Authorize").length, 1);
  await harness.over();
});

Deno.test("a list that says otherwise than the CSMS is a LocalListConflict (1.6 §3.5.2)", async () => {
  const harness = await (await stationHarness({ replies: { Authorize: INVALID } })).boot();
  await list(harness, { status: "Accepted" });
  await ask(harness);
  await harness.clock.settle();
  const { connectorId, errorCode, status } = harness.only("StatusNotification");
  assert.deepEqual([connectorId, errorCode, status], [0, "LocalListConflict", "Available"]);
  await harness.over();
});

Deno.test("offline list and cache decide, as far as LocalAuthorizeOffline lets them (1.6 §3.5, §9.1.12)", async () => {
  const harness = await (await stationHarness()).boot();
  await list(harness, { status: "Accepted" });
  await harness.lose();
  assert.equal((await ask(harness)).kind, "accepted");
  const unknown = await ask(harness, OTHER);
  assert(unknown.kind === "refused", JSON.stringify(unknown));
  assert.equal(
    unknown.reason,
    '"TAG-2" may not charge: it is not known here, and the station is offline',
  );
  harness.station.settings.set("localAuthorizeOffline", false);
  assert.equal((await ask(harness)).kind, "refused");
  harness.station.settings.set("allowOfflineTxForUnknownId", true);
  assert.equal((await ask(harness, OTHER)).kind, "accepted");
  await harness.over();
});

Deno.test("offline a token that is known to be bad is refused whatever is allowed (1.6 §3.5.3)", async () => {
  const harness = await (await stationHarness()).boot();
  await configure(harness, { AllowOfflineTxForUnknownId: "true" });
  await list(harness, { status: "Blocked" });
  await harness.lose();
  const verdict = await ask(harness);
  assert(verdict.kind === "refused" && verdict.reason.includes("the local list says Blocked"));
  await harness.over();
});

Deno.test("no answer is a timeout, and a lost connection a refusal that says so", async () => {
  const harness = await (await stationHarness({ replies: { Authorize: "silence" } })).boot();
  const slow = ask(harness);
  await harness.clock.advance(30_000);
  const verdict = await slow;
  assert(verdict.kind === "timeout" && verdict.message.includes("Authorize"));
  const cut = ask(harness);
  await harness.lose();
  const lost = await cut;
  assert(lost.kind === "refused" && lost.reason.includes("connection"));
  await harness.over();
});

Deno.test("a CALLERROR is a refusal with the error", async () => {
  const harness =
    await (await stationHarness({ replies: { Authorize: { error: "InternalError" } } }))
      .boot();
  const verdict = await ask(harness);
  assert(verdict.kind === "refused" && verdict.csms !== undefined && "error" in verdict.csms);
  assert.equal(verdict.reason, "The CSMS answered Authorize with InternalError");
  await harness.over();
});

Deno.test("an answer that breaks its schema is a refusal that says where", async () => {
  const harness = await (await stationHarness({ replies: { Authorize: { idTagInfo: {} } } }))
    .boot();
  const verdict = await ask(harness);
  assert(verdict.kind === "refused" && verdict.reason.includes("status"), JSON.stringify(verdict));
  await harness.over();
});

Deno.test("what StartTransaction says of a token is in the cache for the next time (1.6 §3.5.1)", async () => {
  const expiryDate = "2026-01-01T00:10:00Z";
  const harness = await (await stationHarness({
    replies: {
      Authorize: ACCEPTED,
      StartTransaction: { idTagInfo: { status: "Accepted", expiryDate }, transactionId: 1 },
    },
  })).boot();
  await charge(harness);
  await harness.lose();
  assert.equal((await ask(harness)).kind, "accepted");
  await harness.clock.advance(600_000);
  const verdict = await ask(harness);
  assert(verdict.kind === "refused" && verdict.reason.includes("Expired"));
  await harness.over();
});
