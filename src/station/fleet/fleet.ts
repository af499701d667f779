import { MOST_STATIONS, type StationConfig } from "../../config/mod.ts";
import type { ConnectionManager } from "../../connection/mod.ts";
import { Topic } from "../../log/mod.ts";
import { Attendance } from "./attendance.ts";
import type { Driver, StationSummary, StationView } from "../driver.ts";
import { type FleetCensus, takeCensus } from "./fleet_census.ts";
import { Languages } from "./languages.ts";
import { Lives } from "./lives.ts";
import type { Memories } from "../memory/memories.ts";
import { openWorld, type WorldOptions } from "./open_world.ts";
import { plug } from "./plug.ts";
import { differences, refit, refusal } from "./refit.ts";
import { settingDefaults } from "./setting_defaults.ts";
import type { SettingDefaults } from "../settings/settings.ts";
import { Station } from "../station.ts";
import type { StationChange } from "../station_change.ts";
import type { StationWorld } from "../station_options.ts";
import { wake } from "../survival.ts";
import { summaryOf, viewOf } from "../view.ts";

/** What all stations share. Durations are milliseconds. */
export interface FleetOptions extends WorldOptions {
  readonly manager: ConnectionManager;
  readonly pingIntervalMs: number;
  /** `exponential` unless given. */
  readonly reconnectPolicy?: "exponential" | "ocpp";
  readonly reconnectBackoffMs?: number;
  readonly reconnectMaxBackoffMs?: number;
  readonly reconnectJitter?: number;
}

/** All stations of the program, and which of those that should be there are not. */
export class Fleet {
  /** Something changed that {@link Fleet.missing} may answer differently for. */
  readonly changed: Topic<void>;
  /** What happens to stations. */
  readonly facts: Topic<StationChange>;
  readonly #options: FleetOptions;
  readonly #world: StationWorld;
  readonly #defaults: (config: StationConfig) => SettingDefaults;
  readonly #stations = new Map<string, Station>();
  readonly #attendance: Attendance;
  /** Those that were made over HTTP. */
  readonly #made = new Set<string>();
  readonly #languages = new Languages();
  readonly #lives = new Lives();
  readonly #registrationChanged = (id: string) => this.#attendance.look(id);
  #isStarted = false;

  constructor(options: FleetOptions) {
    this.#options = options;
    const threw = (error: unknown) =>
      options.log.error("An error was thrown by a listener for the fleet", { error });
    this.#attendance = new Attendance((id) => this.#isThere(id), threw);
    this.changed = this.#attendance.changed;
    this.facts = new Topic(threw);
    this.#world = openWorld(options, this.facts);
    this.#defaults = settingDefaults(options);
    options.manager.changes.subscribe(({ stationId, from, to }) => {
      if (from.name === "connected" || to.name === "connected") this.#attendance.look(stationId);
      const reactions = this.#stations.get(stationId)?.reactions;
      if (to.name === "connected") reactions?.connected(to.subprotocol);
      if (from.name === "connecting" && "cause" in to) reactions?.dialFailed(to.cause);
    });
  }

  /** What they remember over a restart. */
  get memories(): Memories {
    return this.#world.memories;
  }

  get size(): number {
    return this.#stations.size;
  }

  /**
   * Makes a station for each config: all, or none when they would be too many (`false`). They do nothing
   * before {@link Fleet.start} or {@link Fleet.launch}. @throws TypeError when one cannot be added
   */
  async add(
    configs: readonly StationConfig[],
    source: StationSummary["source"] = "config",
  ): Promise<boolean> {
    await this.#languages.load(configs);
    if (this.#stations.size + configs.length > MOST_STATIONS) return false;
    for (const config of configs) {
      const { id, enabled, autoStart } = config;
      this.#put(config);
      if (source === "api") this.#made.add(id);
      this.#attendance.want(id, enabled && autoStart);
    }
    return true;
  }

  /** Connects the stations that start by themselves, and lets those live that are to. */
  start(): void {
    this.#isStarted = true;
    for (const id of this.#stations.keys()) this.launch(id);
  }

  /** As {@link Fleet.start}, for one station that came later. Before the start it waits for that. */
  launch(id: string): void {
    const station = this.#stations.get(id);
    if (station === undefined || !this.#isStarted) return;
    this.#dial(id);
    this.#lives.begin(station);
  }

  /** Lets go of every timer. The connections are the manager's to close. */
  stop(): void {
    this.#isStarted = false;
    this.#lives.endAll();
    for (const station of this.#stations.values()) station.stop();
  }

  /**
   * Makes a station what `config` says now, and disturbs it no more than that takes. Resolves why it
   * cannot be, in one sentence, and then nothing has changed. One change of a station at a time.
   */
  async change(id: string, config: StationConfig): Promise<string | null> {
    await this.#languages.load([config]);
    const { manager } = this.#options;
    const station = this.#known(id);
    const { config: before } = station;
    const what = differences(before, config);
    const isNew = what.rebuilds.length > 0;
    const replugs = isNew || what.redials;
    const early = refusal(station, what);
    if (early !== null) return early;
    if (replugs) await manager.disconnect(id);
    // Somebody may have driven it meanwhile.
    const late = refusal(station, what);
    if (late !== null) {
      this.#dial(id);
      return late;
    }
    if (replugs) await manager.remove(id);
    if (isNew) {
      station.stop();
      station.memory.end();
      this.#put(config);
    } else {
      refit(station, config, { before: this.#defaults(before), after: this.#defaults(config) });
      if (what.redials && what.boots) station.line.registration.forget("LocalReset");
      else if (what.boots) station.line.goDown("LocalReset", 0);
      if (what.redials) plug(station, manager, this.#options.reconnectPolicy);
    }
    const comes = config.enabled && config.autoStart && !(before.enabled && before.autoStart);
    this.#attendance.want(id, config.enabled && (comes || this.#attendance.wants(id)));
    if (comes || replugs) this.#dial(id);
    if (!config.enabled) void manager.disconnect(id);
    if (this.#isStarted && (what.lives || isNew)) this.#lives.begin(this.#known(id));
    return null;
  }

  /** Closes a station's connection and forgets the station. Resolves when its socket is gone. */
  async remove(id: string): Promise<void> {
    const station = this.#known(id);
    this.#lives.end(id);
    this.#stations.delete(id);
    this.#made.delete(id);
    this.#attendance.want(id, false);
    await this.#options.manager.remove(id);
    station.stop();
    station.memory.end();
  }

  /** By hand. `false`: there is no such station; `"closed"`: it is gone for good. */
  connect(id: string): boolean | "closed" | "disabled" {
    const config = this.config(id);
    if (config === undefined) return false;
    if (!config.enabled) return "disabled";
    if (!this.#options.manager.connect(id)) return "closed";
    this.#attendance.want(id, true);
    return true;
  }

  /** By hand: it stays away until the next connect, and nobody waits for it. */
  disconnect(id: string): boolean | "closed" {
    if (!this.#stations.has(id)) return false;
    if (this.#options.manager.state(id)?.name === "closed") return "closed";
    this.#attendance.want(id, false);
    void this.#options.manager.disconnect(id);
    return true;
  }

  /** Ids of the stations that should be connected and accepted, and are not. */
  missing(): readonly string[] {
    return this.#attendance.missing();
  }

  /** All stations in figures. */
  census(): FleetCensus {
    return takeCensus(this.#stations.values());
  }

  /** In the order they were added. */
  ids(): Iterable<string> {
    return this.#stations.keys();
  }

  /** `undefined`: there is no such station. */
  config(id: string): StationConfig | undefined {
    return this.#stations.get(id)?.config;
  }

  /** Where a station comes from. */
  source(id: string): StationSummary["source"] {
    return this.#made.has(id) ? "api" : "config";
  }

  summary(id: string): StationSummary | undefined {
    const station = this.#stations.get(id);
    return station && { ...summaryOf(station, this.#state(id)), source: this.source(id) };
  }

  view(id: string): StationView | undefined {
    const station = this.#stations.get(id);
    return station && { ...viewOf(station, this.#state(id)), source: this.source(id) };
  }

  /** What a driver can do there. */
  driver(id: string): Driver | undefined {
    return this.#stations.get(id)?.driver;
  }

  #known(id: string): Station {
    const station = this.#stations.get(id);
    if (station !== undefined) return station;
    throw new TypeError(`Cannot change station "${id}": there is no such station`);
  }

  /** Makes a station, in the place of the one that has its id if there is one. */
  #put(config: StationConfig): void {
    const station = new Station({
      world: this.#world,
      config,
      languages: this.#languages.of(config),
      defaults: this.#defaults(config),
      registrationChanged: this.#registrationChanged,
    });
    if (station.memory.isUsed) wake(station);
    plug(station, this.#options.manager, this.#options.reconnectPolicy);
    this.#stations.set(config.id, station);
  }

  /** Connects a station if it is wanted. */
  #dial(id: string): void {
    if (this.#isStarted && this.#attendance.wants(id)) this.#options.manager.connect(id);
  }

  #state(id: string): string {
    return this.#options.manager.state(id)?.name ?? "closed";
  }

  #isThere(id: string): boolean {
    return this.#stations.get(id)?.line.accepted === true && this.#state(id) === "connected";
  }
}
