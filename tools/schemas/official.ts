import type { VersionId } from "../../src/ocpp/version.ts";

/** The part of JSON Schema draft-07 that the official schemas use. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
}

/** A payload's schema with the action it belongs to. */
export interface OfficialSchema {
  readonly action: string;
  readonly role: "request" | "response";
  readonly schema: JsonSchema;
}

const FILES = {
  "1.6": "ocpp1_6.json",
  "2.0.1": "ocpp2_0_1.json",
  "2.1": "ocpp2_1.json",
} as const satisfies Record<VersionId, string>;

/** The official schemas of a version, in the order in which the package lists them. */
export async function officialSchemas(version: VersionId): Promise<readonly OfficialSchema[]> {
  // Not a literal: the checker would infer a type from a megabyte of JSON.
  const specifier = `ocpp-rpc/lib/schemas/${FILES[version]}`;
  const file = await import(specifier, { with: { type: "json" } });
  return (file.default as JsonSchema[]).map((schema) => ({ ...actionOf(schema), schema }));
}

/** `urn:Reset.req`, `urn:ResetResponse`; a SEND has no suffix: `urn:NotifyPeriodicEventStream`. */
function actionOf({ $id }: JsonSchema): Pick<OfficialSchema, "action" | "role"> {
  const parts = /^urn:(\w+?)(\.req|Request|\.conf|Response)?$/.exec($id ?? "");
  if (parts === null) throw new TypeError(`Cannot read the schema id: "${$id}"`);
  const isResponse = parts[2] === ".conf" || parts[2] === "Response";
  return { action: parts[1]!, role: isResponse ? "response" : "request" };
}
