/** Where a key is: names and list positions from the root. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with the configuration. */
export interface Problem {
  /** The file as it was named, `environment NAME`, `command line`, or `defaults`. */
  readonly source: string;
  /** The key, like `stations[3].url`; `""` is the whole source. */
  readonly path: string;
  /** From 1, where it can be told. */
  readonly line?: number;
  /** From 1, for syntax errors. */
  readonly column?: number;
  /** What is allowed and what was found; never a secret. */
  readonly message: string;
}

/** How many problems the message of a {@link ConfigError} spells out. */
const MOST_PRINTED = 50;

/** The configuration cannot be used. Its message has one line per problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** All of them, in the order they were found. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.slice(0, MOST_PRINTED).map(formatProblem);
    const more = problems.length - lines.length;
    super([...lines, ...(more > 0 ? [`… and ${more} more problems`] : [])].join("\n"));
    this.problems = problems;
  }
}

/**
 * One line for a person.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const problem = { source: "config.yaml", path: "server.port", line: 3, message: "Is missing" };
 * assert.equal(formatProblem(problem), "config.yaml:3: server.port: Is missing");
 * ```
 */
export function formatProblem({ source, line, column, path, message }: Problem): string {
  const place = [source, line, column].filter((part) => part !== undefined).join(":");
  return path === "" ? `${place}: ${message}` : `${place}: ${path}: ${message}`;
}

/**
 * A path as a person writes it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatPath(["stations", 3, "url"]), "stations[3].url");
 * ```
 */
export function formatPath(path: Path): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += (text === "" ? "" : ".") + printableKey(part);
  }
  return text;
}

/** A path into a value in camelCase, as config.yaml spells it. */
export function snakePath(path: readonly PropertyKey[]): Path {
  return path.map((part) => typeof part === "number" ? part : snakeCase(String(part)));
}

/** `autoStart` as YAML spells it: `auto_start`. What is in snake_case stays as it is. */
export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A strange key must not forge a line of the report. */
function printableKey(key: string): string {
  return /^[\w-]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60));
}
