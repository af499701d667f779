import assert from "node:assert/strict";
import {
  AuthorizationCache,
  MOST_CACHED,
} from "../../../src/station/tokens/authorization_cache.ts";
import type { AuthorizationStatus, IdToken, IdTokenInfo } from "../../../src/station/words.ts";

function token(idToken: string): IdToken {
  return { idToken, type: "ISO14443" };
}

function info(status: AuthorizationStatus, expiresAt: number | null = null): IdTokenInfo {
  return { status, groupId: null, expiresAt };
}

function full(): AuthorizationCache {
  const cache = new AuthorizationCache();
  for (let i = 0; i < MOST_CACHED; i++) cache.keep(token(`T${i}`), info("Accepted"), i);
  return cache;
}

Deno.test("1.6 §3.5.1: the cache keeps valid and other tokens, and the last word on each", () => {
  const cache = new AuthorizationCache();
  cache.keep(token("A"), info("Accepted"), 0);
  cache.keep(token("B"), info("Blocked"), 0);
  cache.keep(token("a"), info("Expired"), 1);
  assert.equal(cache.size, 2);
  assert.equal(cache.find(token("A"), 2, 0)?.status, "Expired");
  assert.equal(cache.find(token("b"), 2, 0)?.status, "Blocked");
  assert.equal(cache.find(token("C"), 2, 0), null);
});

Deno.test("1.6 §3.5.1: a full cache lets go of what is not valid before what is old", () => {
  const cache = full();
  cache.keep(token("T1"), info("Invalid"), 1000);
  cache.keep(token("T2"), info("Accepted", 1500), 1000);
  cache.keep(token("new"), info("Accepted"), 2000);
  assert.equal(cache.size, MOST_CACHED - 1);
  assert.equal(cache.find(token("T1"), 2000, 0), null);
  assert.equal(cache.find(token("T2"), 2000, 0), null, "it has expired meanwhile");
  assert.notEqual(cache.find(token("T0"), 2000, 0), null);
});

Deno.test("1.6 §3.5.1: a full cache of valid tokens lets go of the oldest", () => {
  const cache = full();
  cache.used(token("T0"), 1000);
  cache.keep(token("new"), info("Accepted"), 2000);
  assert.equal(cache.size, MOST_CACHED);
  assert.notEqual(cache.find(token("T0"), 2000, 0), null, "it was used since");
  assert.equal(cache.find(token("T1"), 2000, 0), null);
  cache.keep(token("T5"), info("Blocked"), 3000);
  assert.equal(cache.size, MOST_CACHED, "one that is known needs no room");
});

Deno.test("2.x C10: an entry lives for its lifetime since it was last used", () => {
  const cache = new AuthorizationCache();
  cache.keep(token("A"), info("Accepted"), 0);
  assert.notEqual(cache.find(token("A"), 9_999, 10), null);
  cache.used(token("A"), 9_999);
  assert.notEqual(cache.find(token("A"), 19_998, 10), null);
  assert.equal(cache.find(token("A"), 19_999, 10), null);
  assert.equal(cache.size, 0);
});

Deno.test("1.6 §5.4, 2.x C11: a cleared cache knows nobody", () => {
  const cache = full();
  cache.clear();
  assert.equal(cache.size, 0);
  assert.equal(cache.find(token("T1"), 0, 0), null);
});
