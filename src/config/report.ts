import type { Path, Problem } from "./problem.ts";
import { formatPath, formatProblem } from "./problem.ts";

/** What was read, as far as it tells where a key came from. */
export interface Origins {
  /** The file as it was named; `null` when there is none. */
  readonly file: string | null;
  /** Whether the file has this key. */
  has(path: Path): boolean;
  line(path: Path): number | undefined;
  /** Keys that environment or command line set, with the source that won. */
  readonly overrides: ReadonlyMap<string, string>;
}

/** Ten thousand stations may share one oddity. */
const MOST_WARNINGS = 50;

/** Gathers everything that is wrong, and everything that is odd, each with its place. */
export class Report {
  readonly #problems: Problem[] = [];
  readonly #origins: Origins;
  readonly #seen = new Set<string>();
  readonly #warnings: string[] = [];
  #unsaid = 0;

  constructor(origins: Origins) {
    this.#origins = origins;
  }

  /** One problem per key: what else is wrong there is often its consequence. */
  readonly complain = (path: Path, message: string): void => {
    const problem = { ...this.#place(path), message };
    const key = `${problem.source} ${problem.path}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#problems.push(problem);
  };

  /** A problem whose source is known without looking. */
  complainOf(
    source: string,
    message: string,
    place: { line?: number; column?: number } = {},
  ): void {
    this.#problems.push({ source, path: "", ...place, message });
  }

  /** Source by source; those of the file in the order of its lines, as far as they are known. */
  get problems(): Problem[] {
    const sources = [...new Set(this.#problems.map(({ source }) => source))];
    return sources.flatMap((source) =>
      this.#problems
        .filter((problem) => problem.source === source)
        .sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0)
    );
  }

  warn(path: Path, message: string): void {
    if (this.#warnings.length >= MOST_WARNINGS) this.#unsaid++;
    else this.#warnings.push(formatProblem({ ...this.#place(path), message }));
  }

  /** One line each. */
  get warnings(): string[] {
    const more = this.#unsaid > 0 ? [`… and ${this.#unsaid} more warnings`] : [];
    return [...this.#warnings, ...more];
  }

  /** Walks up from a key that may be missing to whoever wrote what is around it. */
  #place(path: Path): Omit<Problem, "message"> {
    const { file, overrides } = this.#origins;
    const text = formatPath(path);
    for (let length = path.length; length > 0; length--) {
      const at = path.slice(0, length);
      const name = formatPath(at);
      const source = overrides.get(name);
      if (source !== undefined) return { source, path: text };
      if (file !== null && this.#origins.has(at)) break;
      const below = this.#overrideBelow(name);
      if (below !== undefined) return { source: below, path: text };
    }
    if (file === null) return { source: "defaults", path: text };
    const line = this.#origins.line(path);
    return { source: file, path: text, ...(line === undefined ? {} : { line }) };
  }

  #overrideBelow(name: string): string | undefined {
    for (const [key, source] of this.#origins.overrides) {
      if (key.startsWith(`${name}.`)) return source;
    }
    return undefined;
  }
}
