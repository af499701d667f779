import assert from "node:assert/strict";
import { Settings } from "../../../src/station/settings/settings.ts";
import { AuthorizationCache } from "../../../src/station/tokens/authorization_cache.ts";
import { clearCache } from "../../../src/station/v16/clear_cache.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey } from "./support.ts";

for (const [enabled, status, left] of [[true, "Accepted", 0], [false, "Rejected", 1]] as const) {
  Deno.test(`§5.4: clearing a cache that is ${enabled ? "en" : "dis"}abled is ${status}`, async () => {
    const settings = new Settings(
      { settingChanged() {}, settingRefusal: () => null },
      { authorizationCacheEnabled: enabled },
    );
    const cache = new AuthorizationCache();
    const info = { status: "Accepted", groupId: null, expiresAt: null } as const;
    cache.keep({ idToken: "A", type: "" }, info, 0);
    const station = fakeCharger({ settings, cache });
    assert.deepEqual((await obey("ClearCache", clearCache, station, {})).payload, { status });
    assert.equal(cache.size, left);
  });
}
