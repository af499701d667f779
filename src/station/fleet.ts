import type { Clock, Random } from "../clock/mod.ts";
import type { ProtocolVersion, StationConfig } from "../config/mod.ts";
import type { ConnectionManager } from "../connection/mod.ts";
import { type Log, Topic } from "../log/mod.ts";
import {
  loadVersion,
  messageIds,
  type NewMessageId,
  type OcppVersion,
  SUBPROTOCOLS,
} from "../ocpp/mod.ts";
import { Station } from "./station.ts";

/** What all stations share. Durations are milliseconds. */
export interface FleetOptions {
  readonly manager: ConnectionManager;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly heartbeatIntervalMs: number;
  readonly callTimeoutMs: number;
}

/** All stations of the program, and which of those that should be there are not. */
export class Fleet {
  /** Something changed that {@link Fleet.missing} may answer differently for. */
  readonly changed: Topic<void>;
  readonly #options: FleetOptions;
  readonly #newId: NewMessageId;
  readonly #stations = new Map<string, Station>();
  /** Those that start by themselves, less those that somebody stopped. */
  readonly #wanted = new Set<string>();
  /** Of the wanted, those that are not both connected and accepted. */
  readonly #missing = new Set<string>();

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#newId = messageIds(options.clock, options.random);
    this.changed = new Topic((error) =>
      options.log.error("An error was thrown by a listener for the fleet", { error })
    );
    options.manager.changes.subscribe(({ stationId, from, to }) => {
      if (from.name === "connected" || to.name === "connected") this.#look(stationId);
    });
  }

  /** Makes a station for each config. @throws TypeError when a connection cannot be added */
  async add(configs: readonly StationConfig[]): Promise<void> {
    const versions = await loadVersions(configs);
    for (const config of configs) this.#addOne(config, versions);
  }

  /** Connects the stations that start by themselves. */
  start(): void {
    for (const id of this.#wanted) this.#options.manager.connect(id);
  }

  /** By hand. `false`: there is no such station; `"closed"`: it is gone for good. */
  connect(id: string): boolean | "closed" {
    if (!this.#stations.has(id)) return false;
    if (!this.#options.manager.connect(id)) return "closed";
    this.#wanted.add(id);
    this.#look(id);
    return true;
  }

  /** By hand: it stays away until the next connect, and nobody waits for it. */
  disconnect(id: string): boolean | "closed" {
    if (!this.#stations.has(id)) return false;
    if (this.#options.manager.state(id)?.name === "closed") return "closed";
    this.#wanted.delete(id);
    void this.#options.manager.disconnect(id);
    this.#look(id);
    return true;
  }

  /** Ids of the stations that should be connected and accepted, and are not. */
  missing(): readonly string[] {
    return [...this.#missing];
  }

  #addOne(config: StationConfig, loaded: ReadonlyMap<ProtocolVersion, OcppVersion>): void {
    const { manager, clock, log, heartbeatIntervalMs, callTimeoutMs } = this.#options;
    const { id, protocolVersions, strictness, url, auth, tls } = config;
    const station = new Station({
      id,
      identity: config,
      strictness,
      versions: protocolVersions.flatMap((version) => loaded.get(version) ?? []),
      heartbeatIntervalMs,
      callTimeoutMs,
      clock,
      log: log.with({ station: id }),
      newId: this.#newId,
      onAccepted: () => this.#look(id),
    });
    station.attach(manager.add({
      stationId: id,
      url,
      subprotocols: protocolVersions.map((version) => SUBPROTOCOLS[version]),
      credentials: auth,
      tls: tls.enabled ? tls : null,
      owner: station,
    }));
    this.#stations.set(id, station);
    if (config.enabled && config.autoStart) this.#wanted.add(id);
    this.#look(id);
  }

  /** Puts a station on the list of the missing, or takes it off. */
  #look(id: string): void {
    const there = this.#stations.get(id)?.accepted &&
      this.#options.manager.state(id)?.name === "connected";
    if (this.#wanted.has(id) && !there) this.#missing.add(id);
    else this.#missing.delete(id);
    this.changed.publish();
  }
}

async function loadVersions(
  configs: readonly StationConfig[],
): Promise<ReadonlyMap<ProtocolVersion, OcppVersion>> {
  const ids = new Set(configs.flatMap(({ protocolVersions }) => protocolVersions));
  const loaded = await Promise.all(
    [...ids].map(async (id) => [id, await loadVersion(id)] as const),
  );
  return new Map(loaded);
}
