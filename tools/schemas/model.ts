import { NAMES_16 } from "./names.ts";
import type { JsonSchema, OfficialSchema } from "./official.ts";

/** A value inside a payload. */
export type Node =
  | { readonly kind: "any" | "boolean" | "date-time" | "uri" }
  | { readonly kind: "string"; readonly max?: number }
  | NumberNode
  | { readonly kind: "array"; readonly of: Node; readonly min?: number; readonly max?: number }
  | { readonly kind: "named"; readonly name: string };

export interface NumberNode {
  readonly kind: "integer" | "number";
  readonly min?: number;
  readonly max?: number;
  readonly multipleOf?: number;
}

/** What has a name of its own: an enumeration, a data type or a payload. */
export type Declaration =
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "object"; readonly open: boolean; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly node: Node;
}

/** A version's schemas with every shared type declared once. Both maps are in order of name. */
export interface Model {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** By action: the names of its payloads' declarations. */
  readonly actions: ReadonlyMap<string, { readonly request: string; readonly response?: string }>;
}

/** Keywords that say nothing about which payloads are valid, the way these schemas use them. */
const ANNOTATIONS = new Set([
  "$id",
  "$schema",
  "additionalItems", // has no effect beside an `items` that is one schema
  "comment",
  "default", // says what an absent field means
  "definitions",
  "description",
  "javaType",
]);

/** @throws TypeError for a keyword it does not know, and for two types of one name that differ */
export function buildModel(official: readonly OfficialSchema[]): Model {
  const declarations = new Map<string, Declaration>();
  const actions = new Map<string, { request: string; response?: string }>();
  const hasResponse = new Set(official.filter((o) => o.role === "response").map((o) => o.action));

  for (const { action, role, schema } of official) {
    const isSend = !hasResponse.has(action);
    const name = isSend ? action : action + (role === "request" ? "Request" : "Response");
    declare(name, schema, schema.definitions ?? {});
    const payloads = actions.get(action) ?? { request: "" };
    actions.set(action, { ...payloads, [role]: name });
  }
  return { declarations: byName(declarations), actions: byName(actions) };

  function declare(name: string, schema: JsonSchema, definitions: Definitions): void {
    const declaration = read(name, schema, definitions);
    const earlier = declarations.get(name);
    if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(declaration)) {
      throw new TypeError(`Cannot share the type "${name}": it is declared in two ways`);
    }
    declarations.set(name, declaration);
  }

  function read(name: string, schema: JsonSchema, definitions: Definitions): Declaration {
    if (schema.enum !== undefined) {
      // On a string, additionalProperties has no effect.
      expectOnly(schema, name, "type", "enum", "additionalProperties");
      return { kind: "enum", values: schema.enum };
    }
    expectOnly(schema, name, "type", "properties", "required", "additionalProperties");
    const fields = Object.entries(schema.properties ?? {}).map(([property, value]) => ({
      name: property,
      required: schema.required?.includes(property) ?? false,
      node: readNode(`${name}.${property}`, value, definitions),
    }));
    const unknown = schema.required?.find((property) =>
      schema.properties?.[property] === undefined
    );
    if (unknown !== undefined) throw new TypeError(`Cannot require "${unknown}" of "${name}"`);
    return { kind: "object", open: schema.additionalProperties !== false, fields };
  }

  function readNode(place: string, schema: JsonSchema, definitions: Definitions): Node {
    if (schema.$ref !== undefined) {
      expectOnly(schema, place, "$ref");
      return readNamed(schema.$ref.slice("#/definitions/".length), definitions);
    }
    if (schema.enum !== undefined || schema.type === "object") {
      const name = NAMES_16[place];
      if (name === undefined) throw new TypeError(`Cannot name the inline type at "${place}"`);
      declare(name, schema, definitions);
      return { kind: "named", name };
    }
    switch (schema.type) {
      case undefined:
        expectOnly(schema, place);
        return { kind: "any" };
      case "boolean":
        expectOnly(schema, place, "type");
        return { kind: "boolean" };
      case "string":
        return readString(place, schema);
      case "integer":
      case "number": {
        expectOnly(schema, place, "type", "minimum", "maximum", "multipleOf");
        const { type: kind, minimum: min, maximum: max, multipleOf } = schema;
        return { kind, min, max, multipleOf };
      }
      case "array": {
        expectOnly(schema, place, "type", "items", "minItems", "maxItems");
        const of = readNode(place, schema.items ?? {}, definitions);
        return { kind: "array", of, min: schema.minItems, max: schema.maxItems };
      }
    }
  }

  function readNamed(name: string, definitions: Definitions): Node {
    const definition = definitions[name];
    if (definition === undefined) throw new TypeError(`Cannot find the type "${name}"`);
    declare(name, definition, definitions);
    return { kind: "named", name };
  }
}

type Definitions = Readonly<Record<string, JsonSchema>>;

function readString(place: string, schema: JsonSchema): Node {
  if (schema.format === undefined) {
    expectOnly(schema, place, "type", "maxLength");
    return { kind: "string", max: schema.maxLength };
  }
  expectOnly(schema, place, "type", "format");
  if (schema.format === "date-time" || schema.format === "uri") return { kind: schema.format };
  throw new TypeError(`Cannot check the format "${schema.format}" of "${place}"`);
}

/** A keyword that is not understood must not be lost in silence. */
function expectOnly(schema: JsonSchema, place: string, ...keywords: string[]): void {
  for (const keyword of Object.keys(schema)) {
    if (ANNOTATIONS.has(keyword) || keywords.includes(keyword)) continue;
    throw new TypeError(`Cannot translate the keyword "${keyword}" of "${place}"`);
  }
}

function byName<T>(map: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...map].sort(([a], [b]) => a < b ? -1 : 1));
}
