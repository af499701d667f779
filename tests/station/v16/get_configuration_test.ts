import assert from "node:assert/strict";
import { CallRefused } from "../../../src/station/dialect.ts";
import { Settings } from "../../../src/station/settings/settings.ts";
import { CONFIGURATION_KEYS } from "../../../src/station/v16/configuration_keys.ts";
import { getConfiguration } from "../../../src/station/v16/get_configuration.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

const KEY = "00112233445566778899AABBCCDDEEFF";

async function get(key?: string[]) {
  const settings = new Settings(
    { settingChanged() {}, settingRefusal: () => null },
    { getConfigurationMaxKeys: 3 },
  );
  settings.write("authorizationKey", KEY);
  const request = key === undefined ? {} : { key };
  const answer = await obey(
    "GetConfiguration",
    getConfiguration,
    fakeCharger({ settings }),
    request,
  );
  return answer.payload;
}

Deno.test("§5.8: without keys, or with an empty list of them, all are given", async () => {
  for (const asked of [undefined, []]) {
    const { configurationKey, unknownKey } = await get(asked);
    assert.deepEqual(
      configurationKey?.map(({ key }) => key),
      CONFIGURATION_KEYS.map(({ key }) => key),
    );
    assert.equal(unknownKey, undefined);
  }
});

Deno.test("§5.8: known keys are given with value and read-only state, others are named", async () => {
  assert.deepEqual(await get(["numberofconnectors", "Colour", "HeartbeatInterval"]), {
    configurationKey: [
      { key: "NumberOfConnectors", readonly: true, value: "1" },
      { key: "HeartbeatInterval", readonly: false, value: "60" },
    ],
    unknownKey: ["Colour"],
  });
  assert.deepEqual(await get(["Colour"]), { unknownKey: ["Colour"] });
});

Deno.test("whitepaper §4: AuthorizationKey is never given out", async () => {
  assert.deepEqual(await get(["AuthorizationKey"]), {
    configurationKey: [{ key: "AuthorizationKey", readonly: false }],
  });
  assert(!JSON.stringify(await get()).includes(KEY));
});

Deno.test("§9.1.9: more keys than GetConfigurationMaxKeys are refused, with the number", async () => {
  await assert.rejects(get(["A", "B", "C", "D"]), (error) => {
    assert(error instanceof CallRefused);
    assert.equal(error.kind, "OccurrenceConstraintViolation");
    assert.equal(
      error.message,
      "At most 3 keys can be asked for at once (GetConfigurationMaxKeys), found: 4",
    );
    return true;
  });
});

Deno.test("§5.8: odd requests get a proper answer", async () => {
  const settings = new Settings({ settingChanged() {}, settingRefusal: () => null });
  const station = fakeCharger({ settings });
  for (const odd of oddPayloads({ key: ["A"] })) {
    await obeyAnything("GetConfiguration", getConfiguration, station, odd);
  }
  await obeyAnything("GetConfiguration", getConfiguration, station, { key: ["x".repeat(99), 7] });
});
