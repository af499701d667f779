import { Secret } from "../../log/mod.ts";
import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import { type SettingName, SETTINGS, type SettingValue } from "./definitions.ts";
import { type Definition, parse, type Plain, spell } from "./kinds.ts";

/** What stations of one config have in place of the defaults of {@link SETTINGS}. They share one object. */
export type SettingDefaults = { readonly [Name in SettingName]?: SettingValue<Name> };

/** The station, as its settings see it. */
export interface SettingsOwner {
  /** Something is configured otherwise than before. */
  settingChanged(name: SettingName): void;
  /** Why this station cannot have this value, in one clause that begins with "it"; `null`: it can. */
  settingRefusal(name: SettingName, value: SettingValue<SettingName>): string | null;
}

/** What became of a value that a CSMS wrote. */
export type Written =
  | {
    readonly verdict: "accepted" | "reboot-required";
    /** Tells the owner of the change. Call it once the CSMS has its answer. */
    readonly announce: () => void;
  }
  /** Nothing changed. The reason is one sentence and quotes no secret. */
  | { readonly verdict: "rejected"; readonly reason: string };

/** What differs from the defaults. Plain JSON. */
type Changed = { readonly [Name in SettingName]?: Plain };

const UNCHANGED: Changed = {};

/** How one station is configured. It keeps only what differs from the defaults. */
export class Settings {
  readonly #owner: SettingsOwner;
  readonly #defaults: SettingDefaults;
  readonly #changed: Cell<Changed>;
  /** What holds until the next start and goes before the rest; `null`: nothing does. */
  #forNow: Changed | null = null;

  constructor(
    owner: SettingsOwner,
    defaults: SettingDefaults = {},
    memory: Remembering = FORGETFUL,
  ) {
    this.#owner = owner;
    this.#defaults = defaults;
    this.#changed = new Cell(memory, "settings", UNCHANGED);
  }

  get<Name extends SettingName>(name: Name): SettingValue<Name>;
  get(name: SettingName): SettingValue<SettingName> {
    const changed = this.#forNow?.[name] ?? this.#changed.value[name];
    if (changed === undefined) return this.#defaults[name] ?? SETTINGS[name].default;
    return asValue(name, changed);
  }

  /**
   * For the station itself, which may do more than a CSMS and is not told. `null`: the default again.
   * @throws RangeError when it is out of bounds
   */
  set<Name extends SettingName>(name: Name, value: SettingValue<Name> | null): void {
    if (value === null) {
      const { [name]: gone, ...others } = this.#changed.value;
      if (gone !== undefined) {
        this.#changed.value = Object.keys(others).length === 0 ? UNCHANGED : others;
      }
      return;
    }
    this.#keep(name, plain(name, value));
  }

  /** As {@link Settings.set}, until the next start: a boot says it anew. */
  setForNow(name: SettingName, value: Plain): void {
    const parsed = plain(name, value);
    if (spell(this.get(name) ?? "") !== spell(parsed)) {
      this.#forNow = { ...this.#forNow, [name]: parsed };
    }
  }

  /** As {@link Settings.write} takes it. `null`: it is a secret, or a text that is not set. */
  read(name: SettingName): string | null {
    const { kind } = SETTINGS[name];
    if (kind === "secret") return null;
    const text = spell(this.get(name) ?? "");
    return kind === "text" && text === "" ? null : text;
  }

  /** For a CSMS: checks a value and keeps it. The effect waits until `announce` is called. */
  write(name: SettingName, text: string): Written {
    const definition: Definition = SETTINGS[name];
    const parsed = parse(definition, text);
    if ("problem" in parsed) return rejected(name, parsed.problem);
    const { value } = parsed;
    const now = this.get(name);
    if ("onlyUp" in definition && Number(value) < Number(now)) {
      return rejected(name, `it may only be raised, from ${now}, found: ${value}`);
    }
    const refusal = this.#owner.settingRefusal(name, asValue(name, value));
    if (refusal !== null) return rejected(name, refusal);
    const isNew = this.#keep(name, value);
    return {
      verdict: definition.needsReboot ? "reboot-required" : "accepted",
      announce: () => {
        if (isNew) this.#owner.settingChanged(name);
      },
    };
  }

  /** Whether it is another value than before. */
  #keep(name: SettingName, value: Plain): boolean {
    if (spell(this.get(name) ?? "") === spell(value)) return false;
    if (this.#forNow !== null) {
      const { [name]: _, ...others } = this.#forNow;
      this.#forNow = others;
    }
    this.#changed.value = { ...this.#changed.value, [name]: value };
    return true;
  }
}

/** @throws RangeError when it is out of bounds */
function plain(name: SettingName, value: Plain | Secret): Plain {
  const parsed = parse(SETTINGS[name], spell(value));
  if ("problem" in parsed) throw new RangeError(`Cannot set "${name}": ${parsed.problem}`);
  return parsed.value;
}

function asValue(name: SettingName, value: Plain): SettingValue<SettingName> {
  return SETTINGS[name].kind === "secret" ? new Secret(String(value)) : value;
}

function rejected(name: SettingName, problem: string): Written {
  return { verdict: "rejected", reason: `Cannot set "${name}": ${problem}` };
}
