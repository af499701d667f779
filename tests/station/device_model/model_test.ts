import assert from "node:assert/strict";
import { DEFINITIONS, findVariable, variablesOf } from "../../../src/station/device_model/model.ts";
import { configurationOf } from "../../../src/station/device_model/configuration.ts";
import { readValue } from "../../../src/station/device_model/variable.ts";
import { writeValue } from "../../../src/station/device_model/write_value.ts";
import { Secret } from "../../../src/log/mod.ts";
import { SETTINGS } from "../../../src/station/settings/definitions.ts";
import { CONFIGURATION_KEYS } from "../../../src/station/v16/configuration_keys.ts";
import { fakeCharger } from "../v16/fake_charger.ts";
import { settings } from "../v2/support.ts";

const nameOf = ({ component, variable, instance }: (typeof DEFINITIONS)[number]) =>
  `${component}.${variable}${instance === null ? "" : `[${instance}]`}`;

function station(given: Parameters<typeof settings>[0] = {}) {
  const none = { size: 0, list: () => [] };
  return fakeCharger({
    settings: settings(given),
    localList: none as never,
    profiles: none as never,
  });
}

Deno.test("dm: no variable comes twice", () => {
  const names = DEFINITIONS.map(nameOf);
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
});

Deno.test("dm: names fit into messages, and lists into reports", () => {
  for (const definition of DEFINITIONS) {
    assert.match(
      nameOf(definition),
      /^[A-Za-z0-9]{1,50}\.[A-Za-z0-9]{1,50}(\[[A-Za-z0-9]{1,50}\])?$/,
    );
    assert((definition.values?.join(",").length ?? 0) <= 1000, nameOf(definition));
  }
});

Deno.test("dm: what can be written is a setting, and what is looked up is read-only", () => {
  for (const definition of DEFINITIONS) {
    if (definition.setting === null) assert.equal(definition.mutability, "ReadOnly");
    const isSecret = definition.setting !== null && SETTINGS[definition.setting].kind === "secret";
    assert.equal(definition.mutability === "WriteOnly", isSecret, nameOf(definition));
  }
});

Deno.test("dm: every setting is a variable or a bound of one, but for those that only 1.6 knows", () => {
  const shown = new Set(DEFINITIONS.map(({ setting }) => setting));
  const hidden = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[])
    .filter((name) => !shown.has(name));
  assert.deepEqual(hidden, [
    "getConfigurationMaxKeys",
    "supportedFeatureProfiles",
    "localAuthListMaxLength",
    "stopTxnIntervalsFollow",
    "numberOfConnectors",
    "connectorPhaseRotation",
    "blinkRepeat",
    "lightIntensity",
    "maxChargingProfilesInstalled",
    "authorizationKey",
    "certificateStoreMaxLength",
  ]);
  const keys = new Set(CONFIGURATION_KEYS.map(({ setting }) => setting));
  // How 1.6 reads what is told at the end is no matter of its CSMS.
  keys.add("stopTxnIntervalsFollow");
  for (const name of hidden) assert(keys.has(name), `${name} is nowhere to be seen`);
});

Deno.test("dm: every value is of its type, and every default may be written again", () => {
  const one = station({ basicAuthPassword: new Secret("correct horse battery") });
  for (const variable of variablesOf(one)) {
    const { definition } = variable;
    const name = nameOf(definition);
    if (definition.mutability === "WriteOnly") continue;
    const value = readValue(one, variable);
    if (value === null) continue;
    switch (definition.type) {
      case "boolean":
        assert(["true", "false"].includes(value), `${name} ${value}`);
        break;
      case "integer":
        assert.match(value, /^-?\d+$/, name);
        break;
      case "decimal":
        assert(Number.isFinite(Number(value)), name);
        break;
      case "dateTime":
        assert(!Number.isNaN(Date.parse(value)), name);
        break;
      case "OptionList":
        assert(definition.values?.includes(value), `${name} ${value}`);
        break;
      case "MemberList":
      case "SequenceList":
      case "string":
        break;
      default:
        assert.fail(definition.type satisfies never);
    }
    if (definition.mutability !== "ReadWrite") continue;
    assert.notEqual(writeValue(one, variable, value).verdict, "rejected", `${name} ${value}`);
  }
});

Deno.test("dm: ten thousand stations share one table", () => {
  const [one, other] = [station(), station()];
  const named = {
    component: "EVSE",
    componentInstance: null,
    evseId: 1,
    connectorId: null,
    variable: "Power",
    instance: null,
  };
  const [found, again] = [findVariable(one, named), findVariable(other, named)];
  assert(typeof found !== "string" && typeof again !== "string");
  assert.equal(found.definition, again.definition);
});

Deno.test("dm: a component has no instances here", () => {
  const named = {
    component: "EVSE",
    componentInstance: "Left",
    evseId: 1,
    connectorId: null,
    variable: "Power",
    instance: null,
  };
  assert.equal(findVariable(station(), named), "UnknownComponent");
});

Deno.test("dm: the configuration that the API shows has no secret in it", () => {
  const one = station({ basicAuthPassword: new Secret("correct horse battery") });
  const entries = configurationOf(one);
  const find = (name: string) => entries.find(({ key }) => key === name);
  assert.deepEqual(find("OCPPCommCtrlr.HeartbeatInterval"), {
    key: "OCPPCommCtrlr.HeartbeatInterval",
    value: "60",
    readonly: false,
  });
  assert.equal(find("OCPPCommCtrlr.MessageTimeout[Default]")?.readonly, true);
  assert.equal(find("SecurityCtrlr.BasicAuthPassword")?.value, null);
  assert(!JSON.stringify(entries).includes("horse"));
});
