import * as z from "zod";
import type { VersionId } from "../../../src/ocpp/mod.ts";
import { schemas as schemas16 } from "../../../src/ocpp/v16/schemas.ts";
import { schemas as schemas201 } from "../../../src/ocpp/v201/schemas.ts";
import { schemas as schemas21 } from "../../../src/ocpp/v21/schemas.ts";
import type { Chance } from "./chance.ts";

/** What the schemas of OCPP are made of, as JSON Schema. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

type Builders = Readonly<Record<string, { readonly request: () => z.ZodType }>>;

const SCHEMAS: Readonly<Record<VersionId, Builders>> = {
  "1.6": schemas16,
  "2.0.1": schemas201,
  "2.1": schemas21,
};

/** Of a scheme that no station knows: no file is really fetched. */
const NOWHERE = "gopher://files.example/file.bin";

/** Texts that a station may know, and some that nobody does. */
const TEXTS = [
  "ALICE",
  "BOB",
  "EVSE",
  "Power",
  "AvailabilityState",
  "OCPPCommCtrlr",
  "HeartbeatInterval",
  "EUR",
  "1",
  "true",
  "",
  "2026-01-01T01:00:00Z",
  "Ünïcode 🔌",
  NOWHERE,
];

const built = new Map<string, Schema>();

/** Any payload that the schema of a request allows, of values that may well mean something. */
export function anyPayload(
  version: VersionId,
  action: string,
  { chance, now }: { readonly chance: Chance; readonly now: number },
): Record<string, unknown> {
  const key = `${version} ${action}`;
  let schema = built.get(key);
  if (schema === undefined) {
    schema = z.toJSONSchema(SCHEMAS[version][action]!.request()) as Schema;
    built.set(key, schema);
  }
  return anything(schema, chance, now) as Record<string, unknown>;
}

function anything(schema: Schema, chance: Chance, now: number): unknown {
  if (schema.enum !== undefined) return chance.oneOf(schema.enum);
  switch (schema.type) {
    case "object": {
      const { properties = {}, required = [] } = schema;
      const named = Object.entries(properties).filter(([name]) =>
        required.includes(name) || chance.percent(30)
      );
      return Object.fromEntries(named.map(([name, one]) => [name, anything(one, chance, now)]));
    }
    case "array": {
      const { items = {}, minItems = 0, maxItems = 3 } = schema;
      const length = Math.min(maxItems, minItems + chance.between(0, 1));
      return Array.from({ length }, () => anything(items, chance, now));
    }
    case "boolean":
      return chance.percent(50);
    case "integer":
    case "number": {
      const { minimum = -5, maximum = 100_000 } = schema;
      const value = chance.percent(80) ? chance.between(0, 4) : chance.between(-5, 100_000);
      return Math.min(maximum, Math.max(minimum, value));
    }
    case "string": {
      if (schema.format === "date-time") {
        return new Date(now + chance.between(-1, 20) * 60_000).toISOString();
      }
      if (schema.format === "uri") return NOWHERE;
      const { minLength = 0, maxLength = 100 } = schema;
      return chance.oneOf(TEXTS).slice(0, maxLength).padEnd(minLength, "x");
    }
    default:
      return "anything";
  }
}
