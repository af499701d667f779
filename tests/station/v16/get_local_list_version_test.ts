import assert from "node:assert/strict";
import { Settings } from "../../../src/station/settings/settings.ts";
import { LocalList } from "../../../src/station/tokens/local_list.ts";
import { getLocalListVersion } from "../../../src/station/v16/get_local_list_version.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

Deno.test("§5.10: the version is the last one sent, 0 for an empty list, -1 for none", async () => {
  const settings = new Settings({ settingChanged() {}, settingRefusal: () => null });
  const localList = new LocalList();
  const station = fakeCharger({ settings, localList });
  async function version(): Promise<number> {
    const answer = await obey("GetLocalListVersion", getLocalListVersion, station, {});
    return answer.payload.listVersion;
  }
  assert.equal(await version(), 0);
  const idToken = { idToken: "A", type: "" };
  const info = { status: "Accepted", groupId: null, expiresAt: null } as const;
  localList.update(234, "full", [{ idToken, info }], { inUpdate: 1, inAll: 1 });
  assert.equal(await version(), 234);
  settings.write("localAuthListEnabled", "false");
  assert.equal(await version(), -1);
});
