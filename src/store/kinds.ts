/** What the store has to know of a kind of document: nothing but its version. */
export interface Kind {
  /** Of the shape that this program writes, from 1. Add one when the shape changes. */
  readonly version: number;
  /** Brings a value of an older version to this one. What it throws is reported: see `Store.get`. */
  readonly upgrade?: (value: unknown, from: number) => unknown;
}

/** By name. Kinds on disk that are not among them are left alone. */
export type Kinds = Readonly<Record<string, Kind>>;

/** A document as its row says it. */
export interface Row {
  readonly key: string;
  readonly version: number;
  readonly value: string;
}

/**
 * The value of a row in the shape of today.
 *
 * @throws when it is no JSON, when it is older and cannot be upgraded, and when it is newer
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const kind: Kind = { version: 2, upgrade: (value) => ({ id: value }) };
 * const row = { key: "CP001", version: 1, value: '"CP001"' };
 * assert.deepEqual(decodeRow(kind, row), { id: "CP001" });
 * ```
 */
export function decodeRow(kind: Kind, { version, value }: Row): unknown {
  const parsed: unknown = JSON.parse(value);
  if (version === kind.version) return parsed;
  if (version > kind.version || kind.upgrade === undefined) {
    throw new RangeError(`Cannot read version ${version}: this program knows ${kind.version}`);
  }
  return kind.upgrade(parsed, version);
}
