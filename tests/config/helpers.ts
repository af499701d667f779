import assert from "node:assert/strict";
import {
  type Config,
  ConfigError,
  type ConfigSources,
  loadConfig,
  type Problem,
} from "../../src/config/mod.ts";

/** Sources for one text of config.yaml in `/etc/emu`; `files` are what can be read. */
export function sourcesOf(
  text: string | null,
  rest: Partial<ConfigSources> & { files?: Readonly<Record<string, string>> } = {},
): ConfigSources {
  const { files = {}, ...overrides } = rest;
  return {
    file: text === null ? null : { path: "config.yaml", text },
    environment: {},
    flags: {},
    workingFolder: "/etc/emu",
    readFile(path) {
      const content = files[path];
      if (content === undefined) throw new Deno.errors.NotFound(`no such file: ${path}`);
      return content;
    },
    tryTls: () => {},
    clock: { now: () => Date.UTC(2026, 0, 1) },
    ...overrides,
  };
}

/** Loads it; a ConfigError fails the test with its message. */
export function load(...given: Parameters<typeof sourcesOf>): Config {
  return loadConfig(sourcesOf(...given));
}

/** The problems of a configuration that must not load. */
export function problemsOf(...given: Parameters<typeof sourcesOf>): readonly Problem[] {
  return errorOf(...given).problems;
}

/** The error of a configuration that must not load. */
export function errorOf(...given: Parameters<typeof sourcesOf>): ConfigError {
  try {
    loadConfig(sourcesOf(...given));
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown;
    throw thrown;
  }
  return assert.fail("the configuration loads");
}

/** Asserts that there is exactly one problem, here, and that its message matches. */
export function assertProblem(
  problems: readonly Problem[],
  path: string,
  message: RegExp,
  place: { source?: string; line?: number } = {},
): void {
  assert.deepEqual(problems.map((problem) => problem.path), [path], JSON.stringify(problems));
  const [problem] = problems;
  assert.match(problem?.message ?? "", message);
  if (place.source !== undefined) assert.equal(problem?.source, place.source);
  if (place.line !== undefined) assert.equal(problem?.line, place.line);
}
