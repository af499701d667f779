import assert from "node:assert/strict";
import * as z from "zod";
import type { ActionSchemas } from "../../src/ocpp/define_version.ts";
import { schemas as schemas16 } from "../../src/ocpp/v16/schemas.ts";
import { schemas as schemas201 } from "../../src/ocpp/v201/schemas.ts";
import { schemas as schemas21 } from "../../src/ocpp/v21/schemas.ts";
import type { VersionId } from "../../src/ocpp/version.ts";
import { type JsonSchema, officialSchemas } from "../../tools/schemas/official.ts";

const OURS: Readonly<Record<VersionId, Readonly<Record<string, ActionSchemas>>>> = {
  "1.6": schemas16,
  "2.0.1": schemas201,
  "2.1": schemas21,
};
const COUNTS = {
  "1.6": { schemas: 78, actions: 39 },
  "2.0.1": { schemas: 128, actions: 64 },
  "2.1": { schemas: 181, actions: 91 },
} as const satisfies Record<VersionId, unknown>;

for (const id of ["1.6", "2.0.1", "2.1"] as const) {
  const { schemas, actions } = COUNTS[id];

  Deno.test(`${id}: its ${schemas} schemas say what the official ones say`, async () => {
    const official = await officialSchemas(id);
    assert.equal(official.length, schemas);
    for (const { action, role, schema } of official) {
      // zod's own translation back to JSON Schema, which the generator has no part in.
      const ours = z.toJSONSchema(OURS[id][action]![role]!(), { target: "draft-7" });
      const name = `${action} ${role}`;
      assert.deepEqual(normal(ours as JsonSchema), normal(schema, schema.definitions), name);
    }
  });

  Deno.test(`${id}: its ${actions} actions have the official schemas and no other`, async () => {
    const official = await officialSchemas(id);
    const theirs = official.map(({ action, role }) => `${action} ${role}`).sort();
    const ours = Object.entries(OURS[id]).flatMap(([action, { response }]) =>
      response === null ? [`${action} request`] : [`${action} request`, `${action} response`]
    );
    assert.deepEqual(ours.sort(), theirs);
    assert.equal(Object.keys(OURS[id]).length, actions);
  });
}

Deno.test("every schema of every version compiles to a validator", () => {
  for (const version of Object.values(OURS)) {
    for (const { request, response } of Object.values(version)) {
      z.compile(request(), { strict: true });
      if (response !== null) z.compile(response(), { strict: true });
    }
  }
});

Deno.test("a data type is built once and shared by the payloads that carry it", () => {
  assert.equal(
    schemas201.Authorize.request().shape.idToken,
    schemas201.RequestStartTransaction.request().shape.idToken,
  );
});

/** What decides over validity, in one spelling: references followed, annotations left out. */
function normal(
  schema: JsonSchema,
  definitions: Readonly<Record<string, JsonSchema>> = {},
): Record<string, unknown> {
  if (schema.$ref !== undefined) {
    return normal(definitions[schema.$ref.replace("#/definitions/", "")]!, definitions);
  }
  const { type, enum: values, properties, required, additionalProperties, items } = schema;
  const { minItems, maxItems, maxLength, format, minimum, maximum, multipleOf } = schema;
  const said: Record<string, unknown> = {
    ...{ type, minItems, maxItems, maxLength, format, multipleOf },
    enum: values?.toSorted(),
    // Integers that a number cannot hold exactly are out of our bounds; the official ones have none.
    minimum: minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum,
    maximum: maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum,
  };
  if (type === "array") said.items = normal(items ?? {}, definitions);
  if (type === "object") {
    said.closed = additionalProperties === false;
    said.required = [...required ?? []].sort();
    said.properties = Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, value]) => [name, normal(value, definitions)]),
    );
  }
  return said;
}
