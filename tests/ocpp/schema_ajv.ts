import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { OfficialSchema } from "../../tools/schemas/official.ts";

/** The official schemas in the hands of another validator, which is for tests only. */
export function officialValidators(
  official: readonly OfficialSchema[],
): (action: string, role: OfficialSchema["role"]) => (payload: unknown) => boolean {
  // Without a precision, 0.3 would not be a multiple of 0.1.
  const ajv = new Ajv({ strictSchema: false, strictTypes: false, multipleOfPrecision: 6 });
  // The package is CommonJS: to the checker its default export is the module.
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const known = new Map(official.map((o) => [o.action + o.role, o.schema]));
  return (action, role) => ajv.compile<unknown>(known.get(action + role)!);
}
