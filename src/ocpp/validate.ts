import * as z from "zod";
import type { Fault, FaultKinds } from "./errors.ts";
import type { Validate, Violation } from "./version.ts";
import { describe, quote } from "./words.ts";

/** More than this many violations of one payload tell nobody more. */
const MOST_VIOLATIONS = 20;

/** Of payloads with more values than this only the first violation is looked for. */
const MANY_VALUES = 10_000;

const VALID: readonly Violation[] = [];

/**
 * A validator that builds and compiles its schema when it is first called. A valid payload is
 * checked by generated code, about three times as fast as the parser, which then only has to
 * explain what is wrong. Where code cannot be generated at run time, the parser does both.
 */
export function lazyValidate(build: () => z.ZodType, kinds: FaultKinds): Validate {
  let compiled: z.ZodType | undefined;
  return (payload) => {
    compiled ??= z.compile(build());
    return compiled.validate(payload) ? VALID : explain(build(), payload, kinds);
  };
}

/** What zod's issues are to us. The last four do not come from schemas such as ours. */
const FAULTS = {
  invalid_type: "type",
  unrecognized_keys: "unknown",
  invalid_value: "value",
  invalid_format: "value",
  not_multiple_of: "value",
  too_big: "value",
  too_small: "value",
  invalid_union: "value",
  invalid_key: "value",
  invalid_element: "value",
  custom: "value",
} as const satisfies Record<z.core.$ZodIssue["code"], Fault>;

function explain(schema: z.ZodType, payload: unknown, kinds: FaultKinds): readonly Violation[] {
  // A hostile payload of millions of wrong values must not cost millions of issues.
  const context: z.core.ParseContextInternal<z.core.$ZodIssue> = {
    abortEarly: hasManyValues(payload),
  };
  const issues = schema.safeParse(payload, context).error?.issues ?? [];
  const violations: Violation[] = [];
  for (const issue of issues) {
    for (const { path, fault, message } of describeIssue(issue, schema, payload)) {
      if (violations.length === MOST_VIOLATIONS) return violations;
      violations.push({ kind: kinds[fault], path: renderPath(path), message });
    }
  }
  return violations;
}

type Path = readonly PropertyKey[];

function* describeIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  payload: unknown,
): Generator<{ path: Path; fault: Fault; message: string }> {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const names = list(namesOf(schemaAt(schema, path)));
    const message = `Found an unknown property, must be one of ${names}`;
    for (const key of issue.keys) yield { path: [...path, key], fault: "unknown", message };
    return;
  }
  const found = path.reduce<unknown>((value, step) => Object(value)[step], payload);
  const [size, allowed] = demand(issue, found, schema);
  const message = `Found ${size ?? discreet(found, path.at(-1))}, must be ${allowed}`;
  yield { path, fault: faultOf(issue, found), message };
}

function faultOf(issue: z.core.$ZodIssue, found: unknown): Fault {
  if (issue.path.length === 0) return "payload";
  if (found === undefined) return "missing";
  if (issue.code === "invalid_value" && typeof found !== "string") return "type";
  return Array.isArray(found) && FAULTS[issue.code] === "value" ? "count" : FAULTS[issue.code];
}

const TYPES: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "true or false",
  int: "an integer",
  number: "a number",
  object: "an object",
  string: "a string",
};

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": 'a date-time with zone like "2026-01-31T12:00:00Z"',
  uri: 'a URI like "ftp://host/path"',
};

/** The size of what was found, if it is the size that counts, and what is allowed. */
function demand(
  issue: z.core.$ZodIssue,
  found: unknown,
  schema: z.ZodType,
): [size: string | null, allowed: string] {
  switch (issue.code) {
    case "invalid_type": {
      // To a string where an integer is due, zod says that it expected a number.
      const isInteger = schemaAt(schema, issue.path) instanceof z.ZodNumberFormat;
      return [null, TYPES[isInteger ? "int" : issue.expected] ?? issue.expected];
    }
    case "invalid_value":
      return [null, `one of ${list(issue.values.map(String))}`];
    case "invalid_format":
      return [null, FORMATS[issue.format] ?? `a ${issue.format}`];
    case "not_multiple_of":
      return [null, `a multiple of ${issue.divisor}`];
    case "too_big":
      return [sizeOf(found), `at most ${issue.maximum}`];
    case "too_small":
      return [sizeOf(found), `at least ${issue.minimum}`];
    default:
      return [null, issue.message];
  }
}

function sizeOf(found: unknown): string | null {
  if (Array.isArray(found)) return `${found.length} ${found.length === 1 ? "item" : "items"}`;
  if (typeof found !== "string") return null;
  let points = 0; // which is how JSON Schema counts
  for (const _ of found) points++;
  return `${points} characters`;
}

/** What must not be repeated in an answer or a log. */
const SECRET_NAME = /passw|secret|pin$|^key$/i;

function discreet(value: unknown, name: PropertyKey | undefined): string {
  const isScalar = value !== null && value !== undefined && typeof value !== "object";
  return isScalar && SECRET_NAME.test(String(name)) ? `a ${typeof value}` : describe(value);
}

function list(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ") || "none";
}

/** The schema of the value at a path. */
function schemaAt(schema: z.core.$ZodType | undefined, path: Path): z.core.$ZodType | undefined {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const [step, ...rest] = path;
  if (step === undefined) return inner;
  if (inner instanceof z.ZodArray) return schemaAt(inner.element, rest);
  return inner instanceof z.ZodObject ? schemaAt(inner.shape[String(step)], rest) : undefined;
}

function namesOf(schema: z.core.$ZodType | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** `a.b[0].c`; names that are not simple words are quoted. */
function renderPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!/^\w{1,60}$/.test(String(step))) text += `[${quote(String(step))}]`;
    else text += text === "" ? String(step) : `.${String(step)}`;
  }
  return text;
}

/** Counts without recursion: what comes off the wire may be nested without end. */
function hasManyValues(payload: unknown): boolean {
  const waiting: unknown[] = [payload];
  for (let seen = 0; waiting.length > 0; seen++) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value) && value.length > MANY_VALUES) return true;
    for (const name in value) {
      if (seen + waiting.push((value as Record<string, unknown>)[name]) > MANY_VALUES) return true;
    }
  }
  return false;
}
