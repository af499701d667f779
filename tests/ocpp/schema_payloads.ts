import type { Random } from "../../src/clock/mod.ts";
import type { Fault } from "../../src/ocpp/errors.ts";
import type { JsonSchema } from "../../tools/schemas/official.ts";

/** A payload that breaks its official schema in exactly one place, and where and how. */
export interface BrokenPayload {
  readonly payload: unknown;
  readonly fault: Fault;
  readonly path: string;
}

interface Site {
  readonly path: string;
  readonly fault: Fault;
  /** Breaks a copy of the payload. */
  readonly apply: (root: { payload: unknown }) => void;
}

type Step = string | number;

const DATE_TIMES = [
  "2026-01-31T12:00:00Z",
  "2024-02-29T23:59:59.123Z",
  "2000-02-29t00:00:00z",
  "1999-12-31T00:00:00+01:00",
  "2026-06-30T12:34:56.1234567-08:30",
  "2016-12-31T23:59:60Z",
];
const BROKEN_DATE_TIMES = [
  "",
  "yesterday",
  "2026-01-31",
  "12:00:00Z",
  "2026-02-29T12:00:00Z",
  "1900-02-29T12:00:00Z",
  "2026-04-31T12:00:00Z",
  "2026-13-01T12:00:00Z",
  "2026-01-00T12:00:00Z",
  "2026-01-31T24:00:00Z",
  "2026-01-31T12:60:00Z",
  "2026-01-31T12:00:61Z",
  "2026-01-31T12:00Z",
  "2026-01-31T12:00:00.Z",
  "2026-01-31T12:00:00+1:00",
  "26-01-31T12:00:00Z",
  " 2026-01-31T12:00:00Z",
  "2026-01-31T12:00:00Z\n",
];
const URIS = [
  "https://example.com/firmware.bin",
  "ftp://user:pa%20ss@192.0.2.1:2121/a/b;type=i",
  "http://[2001:db8::1]:8080/x?y=1#z",
  "HTTPS://EXAMPLE.COM",
  "urn:firmware:1",
  "file:///tmp/x",
];
const BROKEN_URIS = ["", "firmware.bin", "/a/b", "http://a b/", "1http://x/", "http://x/%zz"];
const TEXTS = ["a", "Ärger", "日本", "👍", '"\\', "\u0000"];

/** A valid payload of an official schema. Optional properties are there at the rate of `density`. */
export function validPayload(schema: JsonSchema, random: Random, density: number): unknown {
  const definitions = schema.definitions ?? {};

  function value(node: JsonSchema, depth: number): unknown {
    if (node.$ref !== undefined) return value(definitions[node.$ref.slice(14)]!, depth);
    if (node.enum !== undefined) return pick(node.enum, random);
    switch (node.type) {
      case undefined:
        return pick<unknown>([null, 1, "x", [], { a: [{}] }], random);
      case "boolean":
        return random() < 0.5;
      case "integer":
        return Math.round(number(node));
      case "number":
        return number(node);
      case "string":
        return text(node);
      case "array": {
        const least = node.minItems ?? 0;
        const most = Math.min(node.maxItems ?? 3, least + 2);
        const length = least + Math.floor(random() * (most - least + 1));
        return Array.from({ length }, () => value(node.items ?? {}, depth + 1));
      }
      case "object": {
        const object: Record<string, unknown> = {};
        for (const [name, property] of Object.entries(node.properties ?? {})) {
          const wanted = node.required?.includes(name) || random() < density / (depth + 1);
          if (wanted) object[name] = value(property, depth + 1);
        }
        if (node.additionalProperties !== false && random() < 0.5) object.extra = [{ a: null }];
        return object;
      }
    }
  }

  function number({ minimum, maximum, multipleOf, type }: JsonSchema): number {
    const low = minimum ?? (maximum ?? 0) - 2 ** 31;
    const high = maximum ?? (minimum ?? 0) + 2 ** 31;
    if (multipleOf !== undefined) return Math.round(random() * 1e6) / (1 / multipleOf);
    const edges = [low, high, Math.max(low, 0)];
    if (type === "number") edges.push(low + random() * (high - low));
    return random() < 0.5 ? pick(edges, random) : low + Math.floor(random() * (high - low + 1));
  }

  function text({ maxLength, format }: JsonSchema): string {
    if (format === "date-time") return pick(DATE_TIMES, random);
    if (format === "uri") return pick(URIS, random);
    const most = maxLength ?? 300;
    const length = random() < 0.3 ? most : Math.min(most, Math.floor(random() * 8));
    // Cut by code points, as JSON Schema counts them.
    return [...pick(TEXTS, random).repeat(length)].slice(0, length).join("");
  }

  return value(schema, 0);
}

/** The payload broken in one of the places in which it can be broken. */
export function breakPayload(
  schema: JsonSchema,
  payload: unknown,
  random: Random,
): BrokenPayload {
  const { path, fault, apply } = pick(sitesOf(schema, payload, random), random);
  const root = { payload: structuredClone(payload) };
  apply(root);
  return { payload: root.payload, fault, path };
}

function sitesOf(schema: JsonSchema, payload: unknown, random: Random): readonly Site[] {
  const definitions = schema.definitions ?? {};
  const sites: Site[] = [];
  visit(schema, payload, []);
  return sites;

  function add(steps: readonly Step[], fault: Fault, broken: unknown): void {
    sites.push({ path: render(steps), fault, apply: (root) => set(root, steps, broken) });
  }

  function visit(node: JsonSchema, value: unknown, steps: readonly Step[]): void {
    if (node.$ref !== undefined) return visit(definitions[node.$ref.slice(14)]!, value, steps);
    if (node.type === undefined) return;
    add(steps, steps.length === 0 ? "payload" : "type", ofWrongType(node, random));
    if (node.enum !== undefined) {
      add(steps, "value", pick([`${value}x`, String(value).toLowerCase() + " ", ""], random));
    } else if (node.type === "string") visitString(node, steps);
    else if (node.type === "integer" || node.type === "number") visitNumber(node, steps);
    else if (node.type === "array") visitArray(node, value as unknown[], steps);
    else if (node.type === "object") visitObject(node, value as Record<string, unknown>, steps);
  }

  function visitString({ maxLength, format }: JsonSchema, steps: readonly Step[]): void {
    if (format === "date-time") add(steps, "value", pick(BROKEN_DATE_TIMES, random));
    if (format === "uri") add(steps, "value", pick(BROKEN_URIS, random));
    if (maxLength !== undefined) {
      add(steps, "value", pick(["x", "👍"], random).repeat(maxLength + 1));
    }
  }

  function visitNumber(node: JsonSchema, steps: readonly Step[]): void {
    if (node.minimum !== undefined) add(steps, "value", node.minimum - 1);
    if (node.maximum !== undefined) add(steps, "value", node.maximum + 1);
    if (node.type === "integer") add(steps, "type", 1.5);
    if (node.multipleOf !== undefined) add(steps, "value", 3.5 * node.multipleOf);
  }

  function visitArray(node: JsonSchema, items: unknown[], steps: readonly Step[]): void {
    if (node.minItems !== undefined) add(steps, "count", items.slice(0, node.minItems - 1));
    if (node.maxItems !== undefined && items.length > 0) {
      const tooMany = Array.from({ length: node.maxItems + 1 }, () => items[0]);
      add(steps, "count", tooMany);
    }
    items.forEach((item, i) => visit(node.items ?? {}, item, [...steps, i]));
  }

  function visitObject(
    node: JsonSchema,
    object: Record<string, unknown>,
    steps: readonly Step[],
  ): void {
    for (const name of node.required ?? []) add([...steps, name], "missing", undefined);
    if (node.additionalProperties === false) add([...steps, "notAProperty"], "unknown", 1);
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      if (object[name] !== undefined) visit(property, object[name], [...steps, name]);
    }
  }
}

function ofWrongType(node: JsonSchema, random: Random): unknown {
  const values: Record<string, unknown> = { object: {}, array: [], string: "1", boolean: true };
  const isNumber = node.type === "integer" || node.type === "number";
  const others = Object.keys(values).filter((type) => type !== node.type);
  const wrong = others.map((type) => values[type]).concat(isNumber ? [null] : [null, 1]);
  return pick(wrong, random);
}

/** `undefined` takes the property away. */
function set(root: { payload: unknown }, steps: readonly Step[], value: unknown): void {
  const path: Step[] = ["payload", ...steps];
  const last = path.pop()!;
  const parent = path.reduce<unknown>((at, step) => Object(at)[step], root) as Record<
    Step,
    unknown
  >;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

function render(steps: readonly Step[]): string {
  return steps.map((step) => typeof step === "number" ? `[${step}]` : `.${step}`).join("")
    .replace(/^\./, "");
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}
