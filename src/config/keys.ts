import * as z from "zod";
import { isSecret } from "./fields.ts";
import { unknownKey } from "./nearest.ts";
import type { Path } from "./problem.ts";
import { snakeCase } from "./problem.ts";

/** What {@link toCamelCase} meets on its way. */
export interface KeyVisitor {
  complain(path: Path, message: string): void;
  /** Gives what shall stand where a secret is: a resolved reference, or `value` as it is. */
  secret(value: unknown, path: Path): unknown;
}

/** A mapping, as parsers make them: no list, no date, no null. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Date);
}

/** The schema below defaults, optionals and transforms. */
export function innermost(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (!isSecret(inner)) {
    if (
      inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault ||
      inner instanceof z.ZodOptional
    ) inner = inner.unwrap() as z.ZodType;
    else if (inner instanceof z.ZodPipe) inner = inner.in as z.ZodType;
    else break;
  }
  return inner;
}

/** The keys of a mapping in snake_case with their schemas. */
export function snakeKeys(schema: z.ZodObject): Map<string, { key: string; schema: z.ZodType }> {
  const known = KNOWN.get(schema) ?? new Map(
    Object.entries(schema.shape).map(([key, value]) => [
      snakeCase(key),
      { key, schema: innermost(value as z.ZodType) },
    ]),
  );
  KNOWN.set(schema, known);
  return known;
}

/** Ten thousand stations ask for the same few schemas. */
const KNOWN = new WeakMap<z.ZodObject, Map<string, { key: string; schema: z.ZodType }>>();

/**
 * The value with its keys as the schema spells them. Keys that the schema does not know are reported
 * and left out; a key without a value counts as not written.
 */
export function toCamelCase(
  value: unknown,
  schema: z.ZodType,
  path: Path,
  visitor: KeyVisitor,
): unknown {
  const inner = innermost(schema);
  if (isSecret(inner)) return visitor.secret(value, path);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const element = inner.element as z.ZodType;
    return value.map((item, index) => toCamelCase(item, element, [...path, index], visitor));
  }
  if (!(inner instanceof z.ZodObject) || !isMapping(value)) return value;
  const known = snakeKeys(inner);
  const result: Record<string, unknown> = {};
  for (const [name, below] of Object.entries(value)) {
    const found = known.get(name);
    if (found === undefined) {
      visitor.complain([...path, name], unknownKey(name, [...known.keys()]));
    } else if (below !== null && below !== undefined) {
      result[found.key] = toCamelCase(below, found.schema, [...path, name], visitor);
    }
  }
  return result;
}
