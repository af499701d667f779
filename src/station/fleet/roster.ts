import {
  dropSecrets,
  keepSecrets,
  MOST_STATIONS,
  type StationConfig,
  type StationDocument,
  type StationReader,
} from "../../config/mod.ts";
import type { Clock } from "../../clock/mod.ts";
import type { Log } from "../../log/mod.ts";
import type { Fleet } from "./fleet.ts";
import { Keeper, startsBy } from "./keeper.ts";
import { loadKept, type StationsKept } from "./kept.ts";
import { readMany, SLICE } from "./read_many.ts";
import { RosterNews } from "./roster_news.ts";
import { done, refused, type RosterAnswer } from "./roster_answer.ts";
import { Turns } from "./turns.ts";

/** What a {@link Roster} needs. */
export interface RosterOptions {
  readonly fleet: Fleet;
  readonly reader: StationReader;
  readonly kept: StationsKept;
  /** Lets others do something between two pieces of long work. */
  readonly pause: () => Promise<void>;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/**
 * Who is in the fleet, and stays there over a restart: stations are made, changed and removed while the
 * program runs, one thing at a time for each, and what was made is kept before it is answered. Those of
 * config.yaml can only be started and stopped.
 */
export class Roster {
  readonly #options: RosterOptions;
  readonly #turns = new Turns();
  readonly #keeper: Keeper;
  readonly #news: RosterNews;

  constructor(options: RosterOptions) {
    this.#options = options;
    this.#keeper = new Keeper(options.fleet, options.kept);
    this.#news = new RosterNews({ ...options, facts: options.fleet.facts });
  }

  /** Adds the stations of config.yaml, then those that are kept. Call it once, before anything else. */
  async open(configs: readonly StationConfig[]): Promise<void> {
    const { fleet, log } = this.#options;
    const { fromConfig, found, aside } = await loadKept(configs, this.#options);
    for (const [id, document] of aside) this.#keeper.aside.set(id, document);
    await fleet.add(fromConfig);
    const fitting = found.slice(0, MOST_STATIONS - fleet.size);
    await fleet.add(fitting, "api");
    if (fitting.length === found.length) return;
    log.error(
      `Too many stations: at most ${MOST_STATIONS} are possible, the last made are left out`,
      {
        leftOut: found.length - fitting.length,
      },
    );
  }

  /** Makes a station. */
  async create(value: unknown): Promise<RosterAnswer> {
    const read = this.#options.reader.read([value]);
    if ("problems" in read) return { kind: "invalid", ...read };
    return await this.#turns.take(read.stations.map(({ id }) => id), async () => {
      const [taken] = this.#taken(read.stations);
      if (taken === undefined) return await this.#add(read.stations, read.warnings);
      return refused(`Cannot make station "${taken.id}": ${taken.why}`);
    });
  }

  /** Makes many stations, or none of them. `values` are the entries of `stations`. */
  async import(values: readonly unknown[]): Promise<RosterAnswer> {
    const pathOf = (index: number) => ["stations", index];
    const read = await readMany(values, pathOf, this.#options);
    if ("problems" in read) return { kind: "invalid", ...read };
    return await this.#turns.take(read.stations.map(({ id }) => id), async () => {
      const problems = this.#taken(read.stations).map(({ id, why, index }) => ({
        path: `stations[${index}].id`,
        message: `Must be new, but "${id}": ${why}`,
      }));
      if (problems.length > 0) return { kind: "invalid", problems };
      return await this.#add(read.stations, read.warnings);
    });
  }

  /** Makes a station like another one, which may come from config.yaml; `changes` must name an id. */
  async clone(id: string, changes: unknown): Promise<RosterAnswer> {
    const original = this.#options.fleet.config(id);
    if (original === undefined) return { kind: "unknown" };
    if (!isDocument(changes)) return await this.create(changes);
    return await this.create({ ...original.written, ...keepSecrets(changes, original.written) });
  }

  /** Puts another definition in place of a station's. A secret that is absent stays as it is. */
  replace(id: string, value: unknown): Promise<RosterAnswer> {
    return this.#turns.take([id], async () => {
      const { fleet, reader } = this.#options;
      const before = fleet.config(id);
      if (before === undefined) return { kind: "unknown" };
      if (fleet.source(id) === "config") return refused(ofConfig("change", id));
      const read = reader.read([
        isDocument(value) ? { id, ...keepSecrets(value, before.written) } : value,
      ]);
      if ("problems" in read) return { kind: "invalid", ...read };
      const [config] = read.stations;
      if (config?.id !== id) {
        const message = `Must be ${
          JSON.stringify(id)
        } as in the path, or left out: an id cannot change`;
        return { kind: "invalid", problems: [{ path: "id", message }] };
      }
      return await this.#change(before, config, read.warnings);
    });
  }

  /** Removes a station. Resolves when its socket is gone. */
  remove(id: string): Promise<RosterAnswer> {
    return this.#turns.take([id], async () => {
      const { fleet } = this.#options;
      const isThere = fleet.config(id) !== undefined;
      if (!isThere && !this.#keeper.aside.has(id)) return { kind: "unknown" };
      if (isThere && fleet.source(id) === "config") return refused(ofConfig("delete", id));
      const unkept = await this.#keeper.forget(id);
      if (unkept !== null) return unkept;
      if (isThere) {
        await fleet.remove(id);
        // What it remembered on its way out.
        await this.#keeper.forget(id);
      }
      this.#news.deleted(id);
      return done([id]);
    });
  }

  /** Connects a station, from now on at every start of the program. */
  start(id: string): Promise<RosterAnswer> {
    return this.#setAutoStart(id, true);
  }

  /** Disconnects a station, which stays away until somebody starts it. */
  stop(id: string): Promise<RosterAnswer> {
    return this.#setAutoStart(id, false);
  }

  /** How a station was defined, without its secrets; `undefined`: there is none. */
  definition(id: string): StationDocument | undefined {
    const config = this.#options.fleet.config(id);
    if (config === undefined) return undefined;
    const { autoStart, written } = config;
    const overruled = autoStart === startsBy(written) ? {} : { autoStart };
    return { id, ...dropSecrets(written), ...overruled };
  }

  /** Those that cannot be new, and why, in one clause. */
  #taken(configs: readonly StationConfig[]) {
    const seen = new Set<string>();
    return configs.flatMap(({ id }, index) => {
      const why = this.#options.fleet.config(id) !== undefined
        ? "it already exists"
        : seen.has(id)
        ? "it is in the list twice"
        : RESERVED.has(id)
        ? "the API has a path of that name"
        : null;
      seen.add(id);
      return why === null ? [] : [{ id, why, index }];
    });
  }

  async #add(
    configs: readonly StationConfig[],
    warnings: readonly string[],
  ): Promise<RosterAnswer> {
    const { fleet, pause } = this.#options;
    const ids = configs.map(({ id }) => id);
    for (let from = 0; from < configs.length; from += SLICE) {
      if (from > 0) await pause();
      if (await fleet.add(configs.slice(from, from + SLICE), "api")) continue;
      await this.#undo(ids);
      return refused(
        `Cannot make ${ids.length} more: at most ${MOST_STATIONS} stations are possible, ` +
          `there are ${fleet.size}`,
      );
    }
    const unkept = await this.#keeper.keep(configs);
    if (unkept !== null) {
      await this.#undo(ids);
      return unkept;
    }
    for (const id of ids) fleet.launch(id);
    this.#news.created(ids);
    return done(ids, warnings);
  }

  async #undo(ids: readonly string[]): Promise<void> {
    const { fleet } = this.#options;
    const there = ids.filter((id) => fleet.config(id) !== undefined);
    await Promise.all(there.map((id) => fleet.remove(id)));
  }

  async #change(
    before: StationConfig,
    config: StationConfig,
    warnings: readonly string[] = [],
  ): Promise<RosterAnswer> {
    const { fleet } = this.#options;
    const { id } = config;
    const unkept = await this.#keeper.keep([config]);
    if (unkept !== null) return unkept;
    const reason = await fleet.change(id, config);
    if (reason === null) {
      this.#news.changed(id);
      return done([id], warnings);
    }
    // It is kept first, so that a change which is answered survives; this one is none.
    return await this.#keeper.keep([before]) ?? refused(reason);
  }

  #setAutoStart(id: string, autoStart: boolean): Promise<RosterAnswer> {
    return this.#turns.take([id], async () => {
      const { fleet } = this.#options;
      const config = fleet.config(id);
      if (config === undefined) return { kind: "unknown" };
      if (autoStart && !config.enabled) {
        return refused(`Cannot start station "${id}": it is not enabled`);
      }
      const isApi = fleet.source(id) === "api";
      const written = isApi ? { ...config.written, autoStart } : config.written;
      const changed = autoStart === config.autoStart
        ? done([id])
        : await this.#change(config, { ...config, autoStart, written });
      if (changed.kind !== "done") return changed;
      const isDone = autoStart ? fleet.connect(id) : fleet.disconnect(id);
      if (isDone === true) return changed;
      return refused(
        `Cannot ${autoStart ? "start" : "stop"} station "${id}": it is closed for good`,
      );
    });
  }
}

/** `GET /api/stations/export` is no station. */
const RESERVED: ReadonlySet<string> = new Set(["export"]);

function ofConfig(what: "change" | "delete", id: string): string {
  return `Cannot ${what} station "${id}": it belongs to config.yaml, ${what} it there and restart`;
}

function isDocument(value: unknown): value is StationDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
