import assert from "node:assert/strict";
import { decide, type Decision, type LocalFacts } from "../../../src/station/tokens/decide.ts";
import type { AuthorizationStatus, IdTokenInfo } from "../../../src/station/words.ts";

const NOW = 1_000_000;

function info(status: AuthorizationStatus, expiresAt: number | null = null): IdTokenInfo {
  return { status, groupId: { idToken: "G", type: "" }, expiresAt };
}

/** Who decided and how, in short. */
function short(given: Partial<LocalFacts>): string {
  const decision: Decision = decide({
    listed: null,
    cached: null,
    online: false,
    connectorId: 1,
    now: NOW,
    localPreAuthorize: false,
    localAuthorizeOffline: false,
    allowOfflineTxForUnknownId: false,
    disableRemoteAuthorization: false,
    listDisablePostAuthorize: false,
    cacheDisablePostAuthorize: false,
    ...given,
  });
  switch (decision.kind) {
    case "accepted":
      assert.equal(decision.info.status, "Accepted");
      return `accepted by ${decision.by}`;
    case "refused":
      return `refused as ${decision.info.status}: ${decision.reason}`;
    case "ask":
      return "ask";
  }
}

const good = info("Accepted");
const bad = info("Blocked");

Deno.test("1.6 §9.1.13: online, a valid token needs no question with LocalPreAuthorize only", () => {
  assert.equal(short({ online: true, listed: good }), "ask");
  assert.equal(short({ online: true, listed: good, localPreAuthorize: true }), "accepted by list");
  assert.equal(short({ online: true, cached: good, localPreAuthorize: true }), "accepted by cache");
});

Deno.test("1.6 §3.5.1, 2.x C12, C14: online, what is not valid or not known is asked for", () => {
  for (const stored of [bad, info("Expired"), info("Accepted", NOW), null]) {
    const facts = { online: true, localPreAuthorize: true, allowOfflineTxForUnknownId: true };
    assert.equal(short({ ...facts, listed: stored }), "ask");
    assert.equal(short({ ...facts, cached: stored }), "ask");
  }
});

Deno.test("1.6 §9.1.12: offline, a valid token charges with LocalAuthorizeOffline only", () => {
  assert.equal(short({ listed: good, localAuthorizeOffline: true }), "accepted by list");
  assert.equal(short({ cached: good, localAuthorizeOffline: true }), "accepted by cache");
  assert.equal(
    short({ listed: good, localPreAuthorize: true }),
    "refused as Unknown: the station is offline, and does not authorize by itself",
  );
});

Deno.test("1.6 §3.5.3: the list goes before the cache", () => {
  const facts = { localAuthorizeOffline: true };
  assert.equal(
    short({ ...facts, listed: bad, cached: good }),
    "refused as Blocked: the local list says Blocked",
  );
  assert.equal(short({ ...facts, listed: good, cached: bad }), "accepted by list");
});

Deno.test("1.6 §3.5.4: offline, unknown tokens charge where that is allowed", () => {
  assert.equal(short({ allowOfflineTxForUnknownId: true }), "accepted by unknown-offline");
  assert.equal(
    short({ localAuthorizeOffline: true }),
    "refused as Unknown: it is not known here, and the station is offline",
  );
});

Deno.test("1.6 §3.5.4: offline, what is not valid is refused whatever else is allowed", () => {
  for (const localAuthorizeOffline of [true, false]) {
    const facts = { localAuthorizeOffline, allowOfflineTxForUnknownId: true };
    assert.equal(
      short({ ...facts, cached: bad }),
      "refused as Blocked: the authorization cache says Blocked",
    );
    assert.equal(
      short({ ...facts, listed: info("Accepted", NOW) }),
      "refused as Expired: the local list says Expired",
    );
    assert.match(short({ ...facts, listed: info("Invalid", NOW - 1) }), /^refused as Invalid/);
  }
});

Deno.test("1.6 §3.5: a token expires at its expiryDate and not before", () => {
  const facts = { localAuthorizeOffline: true };
  assert.equal(short({ ...facts, listed: info("Accepted", NOW + 1) }), "accepted by list");
  assert.match(short({ ...facts, listed: info("Accepted", NOW) }), /^refused as Expired/);
});

Deno.test("1.6 §3.5.2: ConcurrentTx in a list marks a valid token, and the group is handed on", () => {
  const listed = info("ConcurrentTx");
  const decision = decide({
    listed,
    cached: null,
    online: false,
    connectorId: 1,
    now: NOW,
    localPreAuthorize: false,
    localAuthorizeOffline: true,
    allowOfflineTxForUnknownId: false,
    disableRemoteAuthorization: false,
    listDisablePostAuthorize: false,
    cacheDisablePostAuthorize: false,
  });
  assert.deepEqual(decision, {
    kind: "accepted",
    by: "list",
    info: { ...listed, status: "Accepted" },
  });
});

Deno.test("2.x AuthCtrlr.DisableRemoteAuthorization: list and cache decide, and nobody else", () => {
  const facts = { online: true, disableRemoteAuthorization: true };
  assert.equal(short({ ...facts, listed: good }), "accepted by list");
  assert.equal(short({ ...facts, cached: good }), "accepted by cache");
  assert.equal(
    short({ ...facts, cached: bad }),
    "refused as Blocked: the authorization cache says Blocked",
  );
  const reason = "it is not known here, and the CSMS is not asked (DisableRemoteAuthorization)";
  assert.equal(
    short({ ...facts, allowOfflineTxForUnknownId: true }),
    `refused as Unknown: ${reason}`,
    "OfflineTxForUnknownIdEnabled is for stations that are offline",
  );
});

Deno.test("2.x C14: LocalAuthListCtrlr.DisablePostAuthorize spares the CSMS what the list knows", () => {
  const facts = { online: true, listDisablePostAuthorize: true };
  assert.equal(short({ ...facts, listed: bad }), "refused as Blocked: the local list says Blocked");
  assert.equal(short({ ...facts, listed: good }), "ask");
  assert.equal(short({ ...facts, cached: bad }), "ask", "it is not for the cache");
  assert.equal(
    short({ ...facts, listed: info("Accepted", NOW) }),
    "ask",
    "else it is out for ever",
  );
});

Deno.test("2.x C10.FR.03, C12.FR.05: AuthCacheCtrlr.DisablePostAuthorize does so for the cache", () => {
  const facts = { online: true, cacheDisablePostAuthorize: true };
  assert.match(short({ ...facts, cached: bad }), /^refused as Blocked/);
  assert.equal(short({ ...facts, listed: bad, cached: bad }), "ask", "the list goes first");
  assert.equal(short({ ...facts, cached: info("Accepted", NOW) }), "ask");
});

Deno.test("2.x C01: what is good at other connectors only is not good here", () => {
  const cached = { ...good, connectorIds: [2, 3] };
  const facts = { cached, localAuthorizeOffline: true, localPreAuthorize: true };
  assert.match(short(facts), /^refused as NotAtThisLocation/);
  assert.equal(short({ ...facts, online: true }), "ask");
  assert.equal(short({ ...facts, connectorId: 3 }), "accepted by cache");
});
