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
    now: NOW,
    localPreAuthorize: false,
    localAuthorizeOffline: false,
    allowOfflineTxForUnknownId: false,
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
    now: NOW,
    localPreAuthorize: false,
    localAuthorizeOffline: true,
    allowOfflineTxForUnknownId: false,
  });
  assert.deepEqual(decision, {
    kind: "accepted",
    by: "list",
    info: { ...listed, status: "Accepted" },
  });
});
