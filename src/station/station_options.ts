import type { Random } from "../clock/mod.ts";
import type { StationConfig } from "../config/mod.ts";
import type { Topic } from "../log/mod.ts";
import type { Language, LineWorld } from "./line/line_ports.ts";
import type { Logbook } from "./traffic/logbook.ts";
import type { Memories } from "./memory/memories.ts";
import type { Transfers } from "./service/transfers.ts";
import type { SettingDefaults } from "./settings/settings.ts";
import type { StationChange } from "./station_change.ts";

/** What all stations of a program share. */
export interface StationWorld extends LineWorld {
  readonly random: Random;
  readonly transfers: Transfers;
  readonly logbook: Logbook;
  readonly memories: Memories;
  /** What happens to stations, for whoever wants to look on. */
  readonly facts: Topic<StationChange>;
}

/** What a station needs. */
export interface StationOptions {
  readonly world: StationWorld;
  readonly config: StationConfig;
  /** The versions it offers. */
  readonly languages: readonly Language[];
  /** Shared by all stations that are configured alike. */
  readonly defaults: SettingDefaults;
  /** The boot is, or is no longer, accepted. One function for all stations. */
  readonly registrationChanged: (stationId: string) => void;
}
