/**
 * ClearCache, GetLocalListVersion and SendLocalList.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import type { AuthorizationCache } from "../../../src/station/tokens/authorization_cache.ts";
import { LocalList } from "../../../src/station/tokens/local_list.ts";
import { clearCache } from "../../../src/station/v2/clear_cache.ts";
import { getLocalListVersion } from "../../../src/station/v2/get_local_list_version.ts";
import { sendLocalList } from "../../../src/station/v2/send_local_list.ts";
import { fakeCharger } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf, settings } from "./support.ts";

Deno.test("C11: the cache is cleared, unless it is disabled", async () => {
  for (const authorizationCacheEnabled of [true, false]) {
    let cleared = 0;
    const cache = { clear: () => void cleared++ } as unknown as AuthorizationCache;
    const station = fakeCharger({ cache, settings: settings({ authorizationCacheEnabled }) });
    const { payload } = await obey("ClearCache", clearCache, station, {});
    assert.equal(payload.status, authorizationCacheEnabled ? "Accepted" : "Rejected");
    assert.equal(reasonOf(payload), authorizationCacheEnabled ? undefined : "NotEnabled");
    assert.equal(cleared, authorizationCacheEnabled ? 1 : 0);
  }
});

const ANNA = { idToken: "ANNA", type: "Central" } as const;
const OTHER = { idToken: "OTHER", type: "KeyCode" } as const;
const ENTRY = { idToken: ANNA, idTokenInfo: { status: "Accepted" } } as const;

function setUp(given: Parameters<typeof settings>[0] = {}) {
  const localList = new LocalList();
  const station = fakeCharger({ localList, settings: settings(given) });
  return {
    localList,
    station,
    version: async () => {
      const { payload } = await obey("GetLocalListVersion", getLocalListVersion, station, {});
      return payload.versionNumber;
    },
    send: async (request: Partial<v21.SendLocalListRequest>) => {
      const full = { versionNumber: 1, updateType: "Full", ...request } as const;
      return (await obey("SendLocalList", sendLocalList, station, full)).payload;
    },
  };
}

Deno.test("D01, D02: a list that is sent has its version, and says what it says", async () => {
  const { localList, version, send } = setUp();
  assert.equal(await version(), 0);
  assert.deepEqual(await send({ versionNumber: 4, localAuthorizationList: [ENTRY] }), {
    status: "Accepted",
  });
  assert.equal(await version(), 4);
  assert.equal(localList.find(ANNA)?.status, "Accepted");
  assert.equal(localList.find({ ...ANNA, type: "KeyCode" }), null);
});

Deno.test("D01: a differential update adds, changes and takes away", async () => {
  const { localList, send } = setUp();
  await send({ localAuthorizationList: [ENTRY] });
  const updateType = "Differential";
  const status = "Blocked";
  await send({
    versionNumber: 2,
    updateType,
    localAuthorizationList: [{ ...ENTRY, idToken: OTHER }],
  });
  assert.equal(localList.size, 2);
  await send({
    versionNumber: 3,
    updateType,
    localAuthorizationList: [{ idToken: ANNA, idTokenInfo: { status } }],
  });
  assert.equal(localList.find(ANNA)?.status, "Blocked");
  await send({ versionNumber: 4, updateType, localAuthorizationList: [{ idToken: ANNA }] });
  assert.equal(localList.find(ANNA), null);
});

Deno.test("D01: a differential update that is not newer is a VersionMismatch", async () => {
  const { send } = setUp();
  await send({ versionNumber: 4, localAuthorizationList: [ENTRY] });
  const payload = await send({ versionNumber: 4, updateType: "Differential" });
  assert.equal(payload.status, "VersionMismatch");
  assert.match(payload.statusInfo?.additionalInfo ?? "", /above 4/);
});

Deno.test("D01: what cannot be is Failed, with the reason", async () => {
  const twice = await setUp().send({ localAuthorizationList: [ENTRY, ENTRY] });
  assert.equal(twice.status, "Failed");
  assert.match(twice.statusInfo?.additionalInfo ?? "", /"ANNA" twice/);
  assert.equal(reasonOf(twice), "InvalidIdToken");
  const many = await setUp({ sendLocalListMaxLength: 0 }).send({ localAuthorizationList: [ENTRY] });
  assert.deepEqual([many.status, reasonOf(many)], ["Failed", "TooManyElements"]);
  const long = await setUp({ localAuthListMaxLength: 0 }).send({ localAuthorizationList: [ENTRY] });
  assert.deepEqual([long.status, reasonOf(long)], ["Failed", "OutOfStorage"]);
  const disabled = setUp({ localAuthListEnabled: false });
  assert.equal(reasonOf(await disabled.send({})), "NotEnabled");
  assert.equal(await disabled.version(), 0);
});

Deno.test("D01: odd requests get a proper answer, and change nothing by halves", async () => {
  const good = { versionNumber: 1, updateType: "Full", localAuthorizationList: [ENTRY] };
  for (const odd of oddPayloads(good)) {
    const { station, localList } = setUp();
    await obeyAnything("SendLocalList", sendLocalList, station, odd);
    assert(Number.isSafeInteger(localList.version));
  }
});
