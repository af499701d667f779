import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";
import { FAULT_KINDS_16, FAULT_KINDS_2 } from "../../src/ocpp/errors.ts";
import type { VersionId } from "../../src/ocpp/version.ts";
import { loadVersion } from "../../src/ocpp/versions.ts";
import { officialSchemas } from "../../tools/schemas/official.ts";
import { officialValidators } from "./schema_ajv.ts";
import { breakPayload, validPayload } from "./schema_payloads.ts";

const VALID_PER_SCHEMA = 40;
const BROKEN_PER_SCHEMA = 60;

for (const id of ["1.6", "2.0.1", "2.1"] as const satisfies readonly VersionId[]) {
  Deno.test(`${id}: we and another validator agree on 100 payloads of every schema`, async () => {
    const version = await loadVersion(id);
    const official = await officialSchemas(id);
    const theirs = officialValidators(official);
    const kinds = id === "1.6" ? FAULT_KINDS_16 : FAULT_KINDS_2;

    for (const [index, { action, role, schema }] of official.entries()) {
      const ours = version.actions.get(action)![role];
      const their = theirs(action, role);
      const random = seededRandom(index);
      const payloads = Array.from(
        { length: BROKEN_PER_SCHEMA },
        (_, i) => validPayload(schema, random, [0, 0.5, 1, 3][i % 4]!),
      );

      for (const payload of payloads.slice(0, VALID_PER_SCHEMA)) {
        assert.equal(their(payload), true, say(action, role, payload));
        assert.deepEqual(ours(payload), [], say(action, role, payload));
      }
      for (const payload of payloads) {
        const broken = breakPayload(schema, payload, random);
        const text = say(action, role, broken.payload);
        assert.equal(their(broken.payload), false, `${broken.fault} ${broken.path}: ${text}`);
        const violations = ours(broken.payload);
        const found = violations.map(({ kind, path }) => ({ kind, path }));
        const expected = { kind: kinds[broken.fault], path: broken.path };
        assert.deepEqual(found, [expected], text);
      }
    }
  });
}

function say(action: string, role: string, payload: unknown): string {
  return `${action} ${role}: ${JSON.stringify(payload)?.slice(0, 2_000)}`;
}
