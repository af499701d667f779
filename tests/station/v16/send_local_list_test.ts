import assert from "node:assert/strict";
import type { v16 } from "../../../src/ocpp/mod.ts";
import { type SettingDefaults, Settings } from "../../../src/station/settings/settings.ts";
import { LocalList } from "../../../src/station/tokens/local_list.ts";
import { sendLocalList } from "../../../src/station/v16/send_local_list.ts";
import { fakeCharger, NOON } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

const CARD = { idToken: "CARD", type: "ISO14443" };

function setUp(defaults: SettingDefaults = {}) {
  const settings = new Settings({ settingChanged() {}, settingRefusal: () => null }, defaults);
  const localList = new LocalList();
  const station = fakeCharger({ settings, localList });
  return {
    station,
    localList,
    async send(updateType: v16.UpdateType, listVersion: number, ...ids: string[]) {
      const localAuthorizationList = ids.map((idTag) => ({
        idTag,
        idTagInfo: { status: "Accepted" } as const,
      }));
      const request = { listVersion, updateType, localAuthorizationList };
      return (await obey("SendLocalList", sendLocalList, station, request)).payload.status;
    },
  };
}

Deno.test("§5.15: a full list takes the place of what was there", async () => {
  const { localList, send } = setUp();
  assert.equal(await send("Full", 3, "OLD"), "Accepted");
  assert.equal(await send("Full", 2, "card"), "Accepted");
  assert.equal(localList.version, 2);
  assert.equal(localList.size, 1);
  assert.equal(localList.find(CARD)?.status, "Accepted");
});

Deno.test("§5.15: a differential list changes some, and removes who has no idTagInfo", async () => {
  const { station, localList, send } = setUp();
  await send("Full", 1, "CARD", "GONE");
  const { payload } = await obey("SendLocalList", sendLocalList, station, {
    listVersion: 2,
    updateType: "Differential",
    localAuthorizationList: [
      { idTag: "GONE" },
      {
        idTag: "CARD",
        idTagInfo: { status: "Blocked", parentIdTag: "P", expiryDate: "2026-01-31T12:00:00Z" },
      },
    ],
  });
  assert.deepEqual(payload, { status: "Accepted" });
  assert.equal(localList.size, 1);
  assert.deepEqual(localList.find(CARD), {
    status: "Blocked",
    groupId: { idToken: "P", type: "" },
    expiresAt: NOON,
  });
});

Deno.test("§5.15: a list may be left out", async () => {
  const { station, localList, send } = setUp();
  await send("Full", 1, "CARD");
  const request = { listVersion: 2, updateType: "Full" } as const;
  const { payload } = await obey("SendLocalList", sendLocalList, station, request);
  assert.deepEqual(payload, { status: "Accepted" });
  assert.equal(localList.size, 0);
});

Deno.test("§7.47: a differential list of an old version is a VersionMismatch", async () => {
  const { send } = setUp();
  await send("Full", 5, "CARD");
  assert.equal(await send("Differential", 5, "NEW"), "VersionMismatch");
  assert.equal(await send("Differential", 6, "NEW"), "Accepted");
});

Deno.test("§9.2: what is too long, named twice or without a version has Failed", async () => {
  const { localList, send } = setUp({ sendLocalListMaxLength: 2, localAuthListMaxLength: 3 });
  assert.equal(await send("Full", 1, "A", "B", "C"), "Failed");
  assert.equal(await send("Full", 0, "A"), "Failed");
  assert.equal(await send("Full", 1, "A", "a"), "Failed");
  assert.equal(localList.size, 0);
  assert.equal(await send("Full", 1, "A", "B"), "Accepted");
  assert.equal(await send("Differential", 2, "C", "D"), "Failed");
  assert.equal(await send("Differential", 2, "C"), "Accepted");
});

Deno.test("§9.2.1: a list that is disabled is NotSupported", async () => {
  const { localList, send } = setUp({ localAuthListEnabled: false });
  assert.equal(await send("Full", 1, "CARD"), "NotSupported");
  assert.equal(localList.size, 0);
});

Deno.test("§5.15: odd requests get a proper answer, and an odd list leaves the old one", async () => {
  const request = { listVersion: 2, updateType: "Full", localAuthorizationList: [] };
  for (const odd of oddPayloads(request)) {
    await obeyAnything("SendLocalList", sendLocalList, setUp().station, odd);
  }
  const { station, localList, send } = setUp();
  await send("Full", 1, "CARD");
  for (const localAuthorizationList of [null, "CARD", [null], [{ idTag: 7 }]]) {
    const odd = { ...request, localAuthorizationList };
    const { payload } = await obeyAnything("SendLocalList", sendLocalList, station, odd);
    assert.deepEqual(payload, { status: "Failed" });
  }
  assert.equal(localList.size, 1);
});
