import type {
  ReadStations,
  StationConfig,
  StationProblem,
  StationReader,
} from "../../config/mod.ts";

/** What {@link readMany} needs. */
export interface ReadManyOptions {
  readonly reader: StationReader;
  /** Lets others do something between two pieces of long work. */
  readonly pause: () => Promise<void>;
}

/** So many stations are read or made at once: a few milliseconds of work. */
export const SLICE = 200;

/** Reads any number of stations, all or none, without holding up everybody else. */
export async function readMany(
  values: readonly unknown[],
  pathOf: (index: number) => readonly (string | number)[],
  { reader, pause }: ReadManyOptions,
): Promise<ReadStations> {
  const stations: StationConfig[] = [];
  const warnings: string[] = [];
  const problems: StationProblem[] = [];
  for (let from = 0; from < values.length; from += SLICE) {
    if (from > 0) await pause();
    const read = reader.read(values.slice(from, from + SLICE), (index) => pathOf(from + index));
    if ("problems" in read) problems.push(...read.problems);
    else {
      stations.push(...read.stations);
      warnings.push(...read.warnings);
    }
  }
  return problems.length > 0 ? { problems } : { stations, warnings };
}
