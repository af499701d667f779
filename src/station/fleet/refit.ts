import type { StationConfig } from "../../config/mod.ts";
import { Secret } from "../../log/mod.ts";
import { SettingReactions } from "../setting_reactions.ts";
import type { SettingName } from "../settings/definitions.ts";
import type { SettingDefaults } from "../settings/settings.ts";
import type { Identity } from "../spoken.ts";
import type { Station } from "../station.ts";

/** What a station has to be built anew for, and how the API calls it. */
const BUILT_IN = {
  connectors: "connectors",
  protocolVersions: "protocolVersion",
  strictness: "strictness",
} as const satisfies Partial<Record<keyof StationConfig, string>>;

/** What a station dials with. */
const DIALLED = ["url", "auth", "tls"] as const satisfies readonly (keyof StationConfig)[];

/** What a station says of itself when it boots. */
const SAID_AT_BOOT = [
  "vendor",
  "model",
  "serialNumber",
  "firmwareVersion",
  "iccid",
  "imsi",
] as const satisfies readonly (keyof Identity)[];

/** What a changed config means to a station that runs. */
export interface Differences {
  /** Keys that a new station has to be built for, in the words of the API. */
  readonly rebuilds: readonly string[];
  /** It dials somebody else, or introduces itself otherwise. */
  readonly redials: boolean;
  /** The CSMS, or what it is told at the boot, is another: it has to hear of the station anew. */
  readonly boots: boolean;
  readonly lives: boolean;
}

/** Compares two configs of one station. */
export function differences(before: StationConfig, after: StationConfig): Differences {
  const differs = (key: keyof StationConfig) => spell(before[key]) !== spell(after[key]);
  return {
    rebuilds: Object.keys(BUILT_IN).filter((key) => differs(key as keyof typeof BUILT_IN))
      .map((key) => BUILT_IN[key as keyof typeof BUILT_IN]),
    redials: DIALLED.some(differs),
    boots: differs("url") || SAID_AT_BOOT.some(differs),
    lives: differs("simulation"),
  };
}

/** Why a station cannot be changed now, in one sentence; `null`: nothing is lost with it. */
export function refusal(station: Station, { rebuilds }: Differences): string | null {
  const why = rebuilds.length > 0 ? occupied(station) : null;
  return why && `Cannot change ${rebuilds.join(" and ")} of station "${station.id}": ${why}`;
}

/** What would be lost with a station that is built anew, in one clause. */
function occupied(station: Station): string | null {
  for (const { id, transaction } of station.all.values()) {
    if (transaction !== null) return `a transaction runs on connector ${id}, stop it first`;
  }
  const { size } = station.line.outbox;
  if (size === 0) return null;
  const messages = size === 1 ? "1 transaction message waits" : `${size} transaction messages wait`;
  return `${messages} for the CSMS, let the station connect first`;
}

/**
 * Puts a config in place of the one a station has. What the CSMS configured stays, unless the user wants
 * it otherwise now. The connection is for the caller to change. Not for what `differences` wants rebuilt.
 */
export function refit(
  station: Station,
  config: StationConfig,
  settings: { readonly before: SettingDefaults; readonly after: SettingDefaults },
): void {
  const { config: before } = station;
  const differs = (key: keyof StationConfig) => spell(before[key]) !== spell(config[key]);
  const identity = SAID_AT_BOOT.reduce<Identity>(
    (identity, key) => config[key] === before[key] ? identity : { ...identity, [key]: config[key] },
    station.identity,
  );
  station.refit(config, identity);
  if (differs("auth")) {
    station.settings.set("authorizationKey", null);
    station.settings.set("basicAuthPassword", null);
  }
  station.network.refit(config, { url: differs("url"), tls: differs("tls") });
  for (const name of Object.keys(settings.after) as SettingName[]) {
    if (spell(settings.before[name]) === spell(settings.after[name])) continue;
    station.settings.set(name, settings.after[name] as never);
    // The profile follows from what is dialled with, and that is the caller's.
    if (name !== "securityProfile") new SettingReactions(station).settingChanged(name);
  }
}

/** As text that differs when anything in it does, secrets too: it must not leave this file. */
function spell(value: unknown): string | undefined {
  return JSON.stringify(value, function (this: Record<string, unknown>, key) {
    const given = this[key];
    return given instanceof Secret ? given.reveal() : given;
  });
}
