import type { SettingName } from "../settings/definitions.ts";
import { SETTINGS } from "../settings/definitions.ts";
import type { Definition as Setting } from "../settings/kinds.ts";
import type { DataType, Definition, Reader, Tier } from "./variable.ts";

/** A variable without its name. */
export type Unnamed = Omit<Definition, "component" | "instance" | "tier" | "variable">;

/** The variables of a component, by name, `Name[Instance]` where it has an instance. */
export type Component = Readonly<Record<string, Unnamed>>;

const PLAIN = {
  unit: null,
  min: null,
  max: null,
  maxOf: null,
  values: null,
  mutability: "ReadOnly",
  isPersistent: false,
  isConstant: false,
  isMonitored: false,
  setting: null,
  readTarget: null,
} as const satisfies Partial<Unnamed>;

/** What OCPP calls an integer is no larger: as a bound it says nothing. */
const LARGEST = 2 ** 31 - 1;

const TYPES = {
  boolean: "boolean",
  whole: "integer",
  words: "MemberList",
  text: "string",
  secret: "string",
} as const satisfies Record<Setting["kind"], DataType>;

/** A setting that a CSMS may write; a secret it may only write. */
export function writable(setting: SettingName, more: Partial<Unnamed> = {}): Unnamed {
  const mutability = SETTINGS[setting].kind === "secret" ? "WriteOnly" : "ReadWrite";
  return { ...readOnly(setting, boundsOf(SETTINGS[setting])), mutability, ...more };
}

/** A setting that a CSMS may only look at. */
export function readOnly(setting: SettingName, more: Partial<Unnamed> = {}): Unnamed {
  const { kind } = SETTINGS[setting];
  const definition: Setting = SETTINGS[setting];
  return {
    ...PLAIN,
    type: TYPES[kind],
    unit: "unit" in definition ? definition.unit : null,
    isPersistent: true,
    setting,
    read: ({ settings }) => settings.read(setting),
    ...more,
  };
}

/** What never changes. */
export function fixed(type: DataType, value: string, more: Partial<Unnamed> = {}): Unnamed {
  return { ...PLAIN, type, isPersistent: true, isConstant: true, read: () => value, ...more };
}

/** What is looked up when it is asked for. */
export function live(type: DataType, read: Reader, more: Partial<Unnamed> = {}): Unnamed {
  return { ...PLAIN, type, read, ...more };
}

/** Names the variables of a component. */
export function define(component: string, tier: Tier, variables: Component): Definition[] {
  return Object.entries(variables).map(([name, unnamed]) => {
    const [, variable = name, instance = null] = /^(.+)\[(.+)\]$/.exec(name) ?? [];
    return { component, tier, variable, instance, ...unnamed };
  });
}

function boundsOf(setting: Setting): Partial<Unnamed> {
  switch (setting.kind) {
    case "whole":
      return { min: setting.min, max: setting.max === LARGEST ? null : setting.max };
    case "text":
      return { max: setting.maxLength };
    case "words":
      return { values: setting.known ?? null };
    case "boolean":
    case "secret":
      return {};
    default:
      return setting satisfies never;
  }
}
