import assert from "node:assert/strict";
import { Settings } from "../../../src/station/settings/settings.ts";
import { AuthorizationCache } from "../../../src/station/tokens/authorization_cache.ts";
import { decideHere, knownHere, learn } from "../../../src/station/tokens/local_authorization.ts";
import { LocalList } from "../../../src/station/tokens/local_list.ts";
import type { AuthorizationStatus, IdTokenInfo } from "../../../src/station/words.ts";

const CARD = { idToken: "CARD", type: "ISO14443" };

function info(status: AuthorizationStatus): IdTokenInfo {
  return { status, groupId: null, expiresAt: null };
}

function setUp() {
  let now = 0;
  const station = {
    settings: new Settings({ settingChanged() {}, settingRefusal: () => null }),
    localList: new LocalList(),
    cache: new AuthorizationCache(),
    now: () => now,
  };
  return {
    station,
    list: (status: AuthorizationStatus) =>
      station.localList.update(station.localList.version + 1, "full", [
        { idToken: CARD, info: info(status) },
      ], { inUpdate: 1, inAll: 1 }),
    wait: (ms: number) => now += ms,
  };
}

Deno.test("1.6 §3.5.1: what the CSMS says is remembered for the time without it", () => {
  const { station } = setUp();
  assert.equal(decideHere(station, CARD, { connectorId: 1, online: false }).kind, "refused");
  assert.equal(learn(station, CARD, info("Accepted")), false);
  assert.equal(decideHere(station, CARD, { connectorId: 1, online: false }).kind, "accepted");
  assert.equal(decideHere(station, CARD, { connectorId: 1, online: true }).kind, "ask");
  station.settings.set("localPreAuthorize", true);
  assert.equal(decideHere(station, CARD, { connectorId: 1, online: true }).kind, "accepted");
});

Deno.test("1.6 §3.5.3: what is in the local list does not go into the cache", () => {
  const { station, list } = setUp();
  list("Accepted");
  learn(station, CARD, info("Accepted"));
  assert.equal(station.cache.size, 0);
});

Deno.test("1.6 §3.5.2: a word of the CSMS that contradicts the list is told of", () => {
  const { station, list } = setUp();
  list("Accepted");
  assert.equal(learn(station, CARD, info("Blocked")), true);
  assert.equal(learn(station, CARD, info("Accepted")), false);
  list("Invalid");
  assert.equal(learn(station, CARD, info("Accepted")), true);
  assert.equal(learn(station, CARD, info("Blocked")), false);
});

Deno.test("1.6 §9.1.2, §9.2.1: a list or a cache that is disabled is neither asked nor fed", () => {
  const { station, list } = setUp();
  list("Accepted");
  station.settings.set("localAuthListEnabled", false);
  assert.equal(knownHere(station, CARD), null);
  learn(station, CARD, info("Accepted"));
  assert.equal(knownHere(station, CARD)?.status, "Accepted");
  station.settings.set("authorizationCacheEnabled", false);
  assert.equal(knownHere(station, CARD), null);
  station.cache.clear();
  learn(station, CARD, info("Accepted"));
  assert.equal(station.cache.size, 0);
});

Deno.test("2.x C10: the lifetime of the cache is the one that is configured", () => {
  const { station, wait } = setUp();
  station.settings.set("authorizationCacheLifetime", 60);
  learn(station, CARD, info("Accepted"));
  wait(59_999);
  assert.equal(knownHere(station, CARD)?.status, "Accepted");
  wait(60_000);
  assert.equal(knownHere(station, CARD), null);
});

Deno.test("2.x C02, C25: what will not be presented twice is not kept", () => {
  const { station } = setUp();
  for (const type of ["NoAuthorization", "Local", "DirectPayment"]) {
    learn(station, { idToken: "X", type }, info("Accepted"));
  }
  assert.equal(station.cache.size, 0);
});

Deno.test("2.x C10: the cache is used by whoever charges by it, and not by a look at it", () => {
  const { station, wait } = setUp();
  station.settings.set("authorizationCacheLifetime", 60);
  learn(station, CARD, info("Accepted"));
  wait(50_000);
  knownHere(station, CARD);
  wait(10_000);
  assert.equal(knownHere(station, CARD), null);
  learn(station, CARD, info("Accepted"));
  wait(50_000);
  assert.equal(decideHere(station, CARD, { connectorId: 1, online: false }).kind, "accepted");
  wait(50_000);
  assert.equal(knownHere(station, CARD)?.status, "Accepted");
});

Deno.test("2.x C10.FR.13: what holds until a time holds until then, whatever the lifetime", () => {
  const { station, wait } = setUp();
  station.settings.set("authorizationCacheLifetime", 60);
  learn(station, CARD, { ...info("Accepted"), expiresAt: 100_000 });
  wait(99_999);
  assert.equal(knownHere(station, CARD)?.status, "Accepted");
  wait(1);
  assert.equal(knownHere(station, CARD)?.status, "Expired");
});
