import { hideSecrets, type StationConfig, type StationDocument } from "../../config/mod.ts";
import type { Log } from "../../log/mod.ts";
import { readMany, type ReadManyOptions } from "./read_many.ts";

/** What must be known of a station at the next start. Plain JSON. */
export interface KeptStation {
  /** As it was made over HTTP, without its id, its secrets in plain text. */
  readonly document?: StationDocument;
  /** What a start or a stop said of a station of config.yaml. */
  readonly autoStart?: boolean;
}

/** Where {@link KeptStation}s are kept. */
export interface StationsKept {
  /** By id. */
  load(): Iterable<readonly [id: string, kept: unknown]>;
  /** Keeps these, or forgets those that are `null`: all or none. Resolves when it is done for good. */
  keep(changes: readonly (readonly [id: string, kept: KeptStation | null])[]): Promise<void>;
  /** Forgets a station, and everything that it remembered itself. Resolves when it is done for good. */
  forget(id: string): Promise<void>;
}

/** What {@link loadKept} found. */
export interface LoadedKept {
  /** The stations of config.yaml, as starts and stops over HTTP left them. */
  readonly fromConfig: readonly StationConfig[];
  readonly found: readonly StationConfig[];
  /** Documents that cannot be stations now. They stay where they are. */
  readonly aside: ReadonlyMap<string, StationDocument>;
}

/** How many stations a log line names, and how many that are wrong get a line of their own. */
const MOST_NAMED = 20;

/** Reads what is kept. A station of config.yaml comes before a kept one with its id. */
export async function loadKept(
  configs: readonly StationConfig[],
  options: ReadManyOptions & { readonly kept: StationsKept; readonly log: Log },
): Promise<LoadedKept> {
  const { log } = options;
  const claimed = new Set(configs.map(({ id }) => id));
  const overruled = new Map<string, boolean>();
  const aside = new Map<string, StationDocument>();
  const documents = new Map<string, StationDocument>();
  for (const [id, value] of options.kept.load()) {
    const { document, autoStart } = value as KeptStation;
    if (claimed.has(id) && autoStart !== undefined) overruled.set(id, autoStart);
    if (document === undefined) continue;
    const safe = hideSecrets(document);
    if (claimed.has(id)) aside.set(id, safe);
    else documents.set(id, safe);
  }
  if (aside.size > 0) {
    log.warn("config.yaml claims stations that were made over HTTP: the config's are used", {
      count: aside.size,
      stations: [...aside.keys()].slice(0, MOST_NAMED),
    });
  }
  const stopped = [...overruled].filter(([, autoStart]) => !autoStart).map(([id]) => id);
  if (stopped.length > 0) {
    log.info("Stations of config.yaml stay away: they were stopped over HTTP", {
      count: stopped.length,
      stations: stopped.slice(0, MOST_NAMED),
    });
  }
  const found: StationConfig[] = [];
  for (const [id, outcome] of await readEach(documents, options)) {
    if ("config" in outcome) {
      found.push(outcome.config);
      continue;
    }
    aside.set(id, documents.get(id) ?? {});
    const told = aside.size <= MOST_NAMED ? "error" : "debug";
    log[told](`A station that was made over HTTP cannot be used now: ${outcome.problem}`, {
      station: id,
    });
  }
  const fromConfig = configs.map((config) => {
    const autoStart = overruled.get(config.id);
    return autoStart === undefined ? config : { ...config, autoStart };
  });
  return { fromConfig, found, aside };
}

type Outcome = { readonly config: StationConfig } | { readonly problem: string };

/** Each for itself, as one that is wrong must not keep the others away; together while all are right. */
async function readEach(
  documents: ReadonlyMap<string, StationDocument>,
  options: ReadManyOptions,
): Promise<readonly (readonly [string, Outcome])[]> {
  const values = Array.from(documents, ([id, document]) => ({ id, ...document }));
  const all = await readMany(values, () => [], options);
  if ("stations" in all) return all.stations.map((config) => [config.id, { config }]);
  const outcomes: (readonly [string, Outcome])[] = [];
  for (const value of values) {
    const read = await readMany([value], () => [], options);
    if ("problems" in read) {
      const problem = read.problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
      outcomes.push([value.id, { problem }]);
    } else for (const config of read.stations) outcomes.push([value.id, { config }]);
  }
  return outcomes;
}
