import * as z from "zod";
import { configSchema } from "./config_schema.ts";
import { isSecret } from "./fields.ts";
import { innermost, isMapping, snakeKeys } from "./keys.ts";
import { nearest } from "./nearest.ts";
import { parseYaml } from "./yaml.ts";

const PREFIX = "OCPP_EMU_";

/** One key of config.yaml, as environment and flags name it. */
interface Setting {
  /** In snake_case, from the root. */
  readonly path: readonly string[];
  readonly schema: z.ZodType;
}

/** A value that wins over the file's. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly source: string;
}

/** What is wrong with an override before its value is looked at. */
export interface OverrideFault {
  readonly source: string;
  readonly message: string;
}

/** Every key that can be set, by its dotted name: mappings, their keys, and lists as a whole. */
function settings(schema: z.ZodObject, above: readonly string[] = []): Setting[] {
  return [...snakeKeys(schema)].flatMap(([name, { schema: inner }]) => {
    const path = [...above, name];
    const below = inner instanceof z.ZodObject ? settings(inner, path) : [];
    return [{ path, schema: inner }, ...below];
  });
}

const SETTINGS = settings(configSchema);
const BY_VARIABLE = new Map(SETTINGS.map((setting) => [variableOf(setting.path), setting]));
const BY_FLAG = new Map(SETTINGS.map((setting) => [setting.path.join("."), setting]));

/**
 * The variable that sets a key.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(variableOf(["csms", "default_url"]), "OCPP_EMU_CSMS__DEFAULT_URL");
 * ```
 */
export function variableOf(path: readonly string[]): string {
  return PREFIX + path.join("__").toUpperCase();
}

/** What the environment sets. A variable that `fileText` refers to is a secret and no key. */
export function readEnvironment(
  environment: Readonly<Record<string, string>>,
  fileText: string,
): { overrides: Override[]; faults: OverrideFault[] } {
  const overrides: Override[] = [];
  const faults: OverrideFault[] = [];
  for (const name of Object.keys(environment).sort()) {
    if (!name.startsWith(PREFIX) || fileText.includes(`\${${name}}`)) continue;
    const source = `environment ${name}`;
    const setting = BY_VARIABLE.get(name);
    if (setting === undefined) {
      const guess = nearest(name.slice(PREFIX.length), variableNames());
      faults.push({ source, message: `Unknown variable: ${guessSentence(guess)}` });
      continue;
    }
    const read = readAs(setting.schema, environment[name] ?? "");
    if ("message" in read) faults.push({ source, message: read.message });
    else overrides.push({ path: setting.path, value: read.value, source });
  }
  return { overrides: overrides.sort(outermostFirst), faults };
}

/**
 * What the command line sets.
 *
 * @throws TypeError when a key is none of config.yaml: the program, not its user, chose it
 */
export function readFlags(
  flags: Readonly<Record<string, string | undefined>>,
): { overrides: Override[]; faults: OverrideFault[] } {
  const overrides: Override[] = [];
  const faults: OverrideFault[] = [];
  for (const [name, text] of Object.entries(flags)) {
    const setting = BY_FLAG.get(name);
    if (setting === undefined) throw new TypeError(`Cannot set "${name}" by a flag: no such key`);
    if (text === undefined) continue;
    const read = readAs(setting.schema, text);
    const source = "command line";
    if ("message" in read) faults.push({ source, message: `${name}: ${read.message}` });
    else overrides.push({ path: setting.path, value: read.value, source });
  }
  return { overrides: overrides.sort(outermostFirst), faults };
}

/** The tree with one value replaced; what it shares with other trees stays as it is. */
export function withValue(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  // What is no mapping is wrong already: leave it to be reported.
  if (tree !== undefined && tree !== null && !isMapping(tree)) return tree;
  return { ...tree, [key]: withValue(tree?.[key], rest, value) };
}

/** A key of an outer mapping must not wipe out what an inner one said. */
function outermostFirst(a: Override, b: Override): number {
  return a.path.length - b.path.length;
}

/** Numbers, booleans, lists and mappings as YAML reads them; everything else as it stands. */
function readAs(schema: z.ZodType, text: string): { value: unknown } | { message: string } {
  const inner = innermost(schema);
  if (inner instanceof z.ZodNumber) {
    return { value: /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : text };
  }
  if (inner instanceof z.ZodBoolean) {
    return { value: text === "true" ? true : text === "false" ? false : text };
  }
  const isNested = inner instanceof z.ZodObject || inner instanceof z.ZodArray;
  if (!isNested || isSecret(inner)) return { value: text };
  const parsed = parseYaml(text);
  return "value" in parsed ? { value: parsed.value } : { message: parsed.message };
}

function variableNames(): string[] {
  return [...BY_VARIABLE.keys()].map((name) => name.slice(PREFIX.length));
}

function guessSentence(guess: string | undefined): string {
  return guess === undefined
    ? `keys of config.yaml are spelled like "${variableOf(["csms", "default_url"])}"`
    : `the nearest known one is "${PREFIX}${guess}"`;
}
