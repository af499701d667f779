import * as z from "zod";
import { Secret } from "../log/mod.ts";
import { isSecret } from "./fields.ts";
import { innermost, isMapping } from "./keys.ts";
import { stationSchema } from "./station_schema.ts";

/** A station as somebody wrote it, in the keys of the API: what is absent is left to the defaults. */
export type StationDocument = Readonly<Record<string, unknown>>;

/** The document with its secrets as {@link Secret}s, which no log line and no answer can show. */
export function hideSecrets(document: StationDocument): StationDocument {
  return mapSecrets(document, (given) => typeof given === "string" ? new Secret(given) : given);
}

/** The document with its secrets in plain text: for the disk alone. */
export function revealSecrets(document: StationDocument): StationDocument {
  return mapSecrets(document, (given) => given instanceof Secret ? given.reveal() : given);
}

/**
 * The document without its secrets.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const auth = { type: "basic", username: "al", password: "hunter2" };
 * assert.deepEqual(dropSecrets({ id: "CP1", auth }), {
 *   id: "CP1",
 *   auth: { type: "basic", username: "al" },
 * });
 * ```
 */
export function dropSecrets(document: StationDocument): StationDocument {
  return mapSecrets(document, () => undefined);
}

/** The secrets of an authentication, as far as a document may leave them out. */
const AUTH_SECRETS = ["password", "authorizationKey", "token"] as const;

/**
 * What a request puts in place of `before`: secrets cannot be read back, so one that is absent is the one
 * there was, and `null` clears it. An absent `auth` is the one there was, too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const before = { auth: { type: "basic", password: "hunter2" } };
 * assert.deepEqual(keepSecrets({ url: "ws://csms" }, before), { url: "ws://csms", ...before });
 * assert.deepEqual(keepSecrets({ auth: { type: "basic" } }, before), before);
 * assert.deepEqual(keepSecrets({ auth: null }, before), { auth: null });
 * ```
 */
export function keepSecrets(next: StationDocument, before: StationDocument): StationDocument {
  const { auth: old } = before;
  if (!isMapping(old)) return next;
  if (next.auth === undefined) return { ...next, auth: old };
  const { auth } = next;
  // Another type has other secrets, and a new one takes the place of the other of its type.
  const isNew = (name: string) => isMapping(auth) && (auth[name] ?? null) !== null;
  if (!isMapping(auth) || auth.type !== old.type || AUTH_SECRETS.some(isNew)) return next;
  const kept = AUTH_SECRETS.filter((name) => auth[name] === undefined && old[name] !== undefined)
    .map((name) => [name, old[name]]);
  return { ...next, auth: { ...auth, ...Object.fromEntries(kept) } };
}

/** How deep a station's keys lie at the most. */
const DEEPEST = 3;

/**
 * The value without the keys that are `null`, which counts as not written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(withoutNulls({ id: "CP1", url: null, tls: { caCert: null } }), {
 *   id: "CP1",
 *   tls: {},
 * });
 * ```
 */
export function withoutNulls(value: unknown, depth = DEEPEST): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth - 1));
  if (!isMapping(value) || value instanceof Secret) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, below]) => below !== null)
      .map(([key, below]) => [key, withoutNulls(below, depth - 1)]),
  );
}

function mapSecrets(
  document: StationDocument,
  change: (given: unknown) => unknown,
): StationDocument {
  return mapBelow(document, stationSchema, change) as StationDocument;
}

/** Lists of a station hold no secrets. */
function mapBelow(
  value: unknown,
  schema: z.ZodType,
  change: (given: unknown) => unknown,
): unknown {
  const inner = innermost(schema);
  if (isSecret(inner)) return change(value);
  if (!(inner instanceof z.ZodObject) || !isMapping(value)) return value;
  const shape: Record<string, z.ZodType | undefined> = inner.shape;
  const entries = Object.entries(value).map(([key, below]) => {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    return [key, known === undefined ? below : mapBelow(below, known, change)] as const;
  });
  return Object.fromEntries(entries.filter(([, below]) => below !== undefined));
}
