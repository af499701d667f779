import type { Clock } from "../clock/mod.ts";
import type { TryTls } from "./deno_tls.ts";
import type { Path } from "./problem.ts";
import type { ReadFile } from "./read_file.ts";
import { Report } from "./report.ts";
import type { StationDefaults } from "./station.ts";
import { withoutNulls } from "./station_document.ts";
import { readStation } from "./stations.ts";
import { TlsReader } from "./tls.ts";
import type { StationConfig } from "./types.ts";

/** What a {@link StationReader} works with: that of the config which it reads more stations for. */
export interface StationReaderOptions {
  readonly defaults: StationDefaults;
  readonly readFile: ReadFile;
  readonly tryTls: TryTls;
  readonly clock: Pick<Clock, "now">;
  /** Where relative paths start. */
  readonly folder: string;
}

/** One thing that is wrong with a station. */
export interface StationProblem {
  /** The key in the spelling of the API, like `stations[3].auth.password`; `""` is the whole of it. */
  readonly path: string;
  /** What is allowed and what was found; never a secret. */
  readonly message: string;
}

/** All stations that were asked for, or everything that is wrong with them. */
export type ReadStations =
  | { readonly stations: readonly StationConfig[]; readonly warnings: readonly string[] }
  | { readonly problems: readonly StationProblem[] };

/** Reads stations that are not in config.yaml, with the schema and the defaults of those that are. */
export class StationReader {
  readonly #options: StationReaderOptions;

  constructor(options: StationReaderOptions) {
    this.#options = options;
  }

  /** All or none; a TLS file that several name is read once. `pathOf`: where a station was written. */
  read(
    values: readonly unknown[],
    pathOf: (index: number) => Path = () => [],
  ): ReadStations {
    const { defaults } = this.#options;
    const report = new Report({
      file: "request",
      has: () => true,
      line: () => undefined,
      overrides: new Map(),
    });
    const tls = new TlsReader({ ...this.#options, report });
    const context = { defaults, tls, report, shareAuth: <T>(auth: T) => auth };
    const stations = values.flatMap((value, index) =>
      readStation(withoutNulls(value), pathOf(index), context) ?? []
    );
    const problems = report.problems.map(({ path, message }) => ({ path: apiPath(path), message }));
    if (problems.length > 0) return { problems };
    for (const [index, station] of stations.entries()) {
      if (!station.tls.insecureSkipVerify || defaults.tls.insecureSkipVerify) continue;
      report.warn(
        [...pathOf(index), "tls"],
        "The server's certificate is not verified, anyone in between can read and change",
      );
    }
    return { stations, warnings: report.warnings.map(apiWarning) };
  }
}

/** Without the source, which says nothing here. */
function apiWarning(warning: string): string {
  return warning.replace(/^request: ([\w.[\]]+)?/, (_, path: string = "") => apiPath(path));
}

/** A key of a station as the API spells it; one of the config's own stays as config.yaml has it. */
function apiPath(path: string): string {
  if (path.startsWith("csms.")) return path;
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
